//! A batch on its way: who in it was admitted, and who has been told what.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::Timestamp;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::claims::{Rejection, Reply, WaitingClaim};
use crate::commit::{Intent, Outcome};
use crate::gate::{Claim, Entry, EntryState, Taken, TicketEnd, TicketId, TicketRefusal, Verdict};

/// Where somebody of the batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotState {
    /// Not admitted, as far as is known.
    NotAdmitted,
    /// The gate is asked just now.
    Asked,
    /// To be committed.
    Admitted,
    /// Nothing is left to do.
    Over,
}

#[derive(Debug)]
struct Slot {
    intent: Intent,
    deadline: Instant,
    state: SlotState,
    reply: Option<oneshot::Sender<Reply>>,
}

impl Slot {
    fn tell(&mut self, reply: Reply) {
        if let Some(sender) = self.reply.take() {
            // Whoever went away needs no reply.
            let _ = sender.send(reply);
        }
    }

    fn admit(&mut self, at: Timestamp) {
        self.intent.admitted_at = at;
        self.state = SlotState::Admitted;
    }

    fn end(&mut self, reply: Reply) {
        self.state = SlotState::Over;
        self.tell(reply);
    }
}

/// A batch that is served. Each of its claims gets one reply; an admitted one
/// is committed also after its reply.
#[derive(Debug)]
pub(crate) struct InFlightBatch(Mutex<Vec<Slot>>);

impl InFlightBatch {
    pub(crate) fn of(batch: Vec<WaitingClaim>) -> Self {
        let slot = |waiting: WaitingClaim| Slot {
            intent: waiting.intent,
            deadline: waiting.deadline,
            state: SlotState::NotAdmitted,
            reply: Some(waiting.reply),
        };
        Self(Mutex::new(batch.into_iter().map(slot).collect()))
    }

    /// Those who are to be judged, in their order; from here on they are asked about.
    pub(crate) fn ask(&self) -> Vec<Claim> {
        let mut slots = self.slots();
        let open = slots
            .iter_mut()
            .filter(|slot| slot.state != SlotState::Over);
        open.map(|slot| {
            slot.state = SlotState::Asked;
            Claim::from(&slot.intent)
        })
        .collect()
    }

    /// No answer: whether somebody was admitted is not known.
    pub(crate) fn unanswered(&self) {
        for slot in self.slots().iter_mut() {
            if slot.state == SlotState::Asked {
                slot.state = SlotState::NotAdmitted;
            }
        }
    }

    /// The gate's answer to [`InFlightBatch::ask`]; gives those who are to be committed,
    /// each ticket once. From `closes_at` on nobody commits any more, and only a row
    /// says what became of a ticket.
    pub(crate) fn judged(&self, taken: &Taken, closes_at: Timestamp) -> Vec<Intent> {
        let mut slots = self.slots();
        let asked = slots
            .iter_mut()
            .filter(|slot| slot.state == SlotState::Asked);
        for (slot, verdict) in asked.zip(&taken.verdicts) {
            match verdict {
                Verdict::Admitted => slot.admit(taken.now),
                Verdict::Known(entry) => know(slot, entry, taken.now, closes_at),
                Verdict::NotStarted => slot.end(Reply::Rejected(Rejection::NotStarted)),
                Verdict::Ended => slot.end(Reply::Rejected(Rejection::Ended)),
                Verdict::Paused => slot.end(Reply::Rejected(Rejection::Paused)),
                Verdict::OverLimit => slot.end(Reply::Rejected(Rejection::OverLimit)),
                Verdict::SoldOut => slot.end(Reply::Rejected(Rejection::SoldOut)),
            }
        }
        let mut tickets = HashSet::new();
        let admitted = slots
            .iter()
            .filter(|slot| slot.state == SlotState::Admitted);
        admitted
            .filter(|slot| tickets.insert(slot.intent.ticket))
            .map(|slot| slot.intent.clone())
            .collect()
    }

    /// Tells those who have an outcome; a ticket's first claim hears that it was
    /// booked, another one of the same batch that it is known.
    pub(crate) fn committed(&self, mut outcomes: HashMap<TicketId, Outcome>) {
        for slot in self.slots().iter_mut() {
            if slot.state != SlotState::Admitted {
                continue;
            }
            let Some(outcome) = outcomes.get_mut(&slot.intent.ticket) else {
                continue;
            };
            let known = outcome.order().map(Outcome::Ordered);
            match std::mem::replace(outcome, known.unwrap_or_else(|| outcome.clone())) {
                Outcome::Booked(order) => slot.end(Reply::Booked(order)),
                Outcome::Reused => slot.end(Reply::Rejected(Rejection::Reused)),
                other => slot.end(Reply::Known(other)),
            }
        }
    }

    /// Tickets that stay pending at the gate: the sweep goes on with them, so that no
    /// later batch waits.
    pub(crate) fn leave(&self, tickets: &[TicketId]) {
        for slot in self.slots().iter_mut() {
            if slot.state == SlotState::Admitted && tickets.contains(&slot.intent.ticket) {
                slot.end(Reply::Pending);
            }
        }
    }

    /// The sale will admit nobody any more.
    pub(crate) fn close(&self) {
        for slot in self.slots().iter_mut() {
            if slot.state != SlotState::Over {
                slot.end(Reply::Rejected(Rejection::Ended));
            }
        }
    }

    /// Tells those who have waited for long enough where they stand; of whom the
    /// gate is just asked, that is not known.
    pub(crate) fn expire(&self, now: Instant) {
        let mut slots = self.slots();
        for slot in slots.iter_mut().filter(|slot| slot.deadline <= now) {
            match slot.state {
                SlotState::NotAdmitted => slot.end(Reply::Rejected(Rejection::Busy)),
                SlotState::Admitted => slot.tell(Reply::Pending),
                SlotState::Asked | SlotState::Over => {}
            }
        }
    }

    /// When the first of those without a reply is to have it.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let slots = self.slots();
        let waiting = slots
            .iter()
            .filter(|slot| slot.reply.is_some() && slot.state != SlotState::Asked);
        waiting.map(|slot| slot.deadline).min()
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_over(&self) -> bool {
        self.slots()
            .iter()
            .all(|slot| slot.state == SlotState::Over)
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ticket exists: its outcome is the answer, and whoever finds it pending
/// commits it. A lost ticket is a tombstone that does not know what was claimed:
/// its fingerprint is 0, so it is not compared.
fn know(slot: &mut Slot, entry: &Entry, now: Timestamp, closes_at: Timestamp) {
    let lost = entry.state == EntryState::Ended(TicketEnd::Refused(TicketRefusal::Lost));
    if !lost && entry.fingerprint != slot.intent.fingerprint {
        return slot.end(Reply::Rejected(Rejection::Reused));
    }
    match entry.state {
        EntryState::Pending { .. } if now < closes_at => slot.admit(now),
        EntryState::Ordered(order) => slot.end(Reply::Known(Outcome::Ordered(order))),
        EntryState::Ended(TicketEnd::Refused(refusal)) => {
            slot.end(Reply::Known(Outcome::Refused(refusal)))
        }
        EntryState::Pending { .. } | EntryState::Ended(TicketEnd::Released(_)) => {
            slot.end(Reply::Recorded)
        }
    }
}

impl From<&Intent> for Claim {
    fn from(intent: &Intent) -> Self {
        Self {
            ticket: intent.ticket,
            user: intent.user,
            units: intent.units,
            fingerprint: intent.fingerprint,
            address: intent.address,
            config_version: intent.config_version,
        }
    }
}
