//! The batch in flight: the state of each of its claims, and their replies.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::Timestamp;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::claims::{Rejection, Reply, WaitingClaim};
use crate::commit::{Intent, Outcome};
use crate::gate::{Claim, Entry, EntryState, Taken, TicketEnd, TicketId, TicketRefusal, Verdict};

/// The state of a claim in the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotState {
    /// Not known to be admitted.
    NotAdmitted,
    /// A gate call is running.
    Asked,
    /// Admitted by the gate, to be committed.
    Admitted,
    /// Finished.
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
            // Fails when the client has disconnected, which is no fault.
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

/// A batch that is being served. Each claim gets one reply; an admitted claim is
/// committed even if its reply was sent earlier.
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

    /// Returns the unfinished claims for a gate call, in order, and marks them
    /// as asked.
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

    /// Handles a gate call without an answer: it is not known which claims were
    /// admitted.
    pub(crate) fn unanswered(&self) {
        for slot in self.slots().iter_mut() {
            if slot.state == SlotState::Asked {
                slot.state = SlotState::NotAdmitted;
            }
        }
    }

    /// Applies the gate's answer to [`InFlightBatch::ask`]. Returns the intents
    /// to commit, each ticket once. From `closes_at` on nothing is committed,
    /// and only the database has the outcome of a ticket.
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

    /// Answers the claims that have an outcome. If a ticket is in the batch
    /// twice, the first claim gets the new order and the second one a replay.
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
                Outcome::Reused => slot.end(Reply::Rejected(Rejection::Reused)),
                other => slot.end(Reply::Decided(other)),
            }
        }
    }

    /// Answers "pending" for tickets that stay pending at the gate. The sweep
    /// retries them, so that no later batch waits.
    pub(crate) fn leave(&self, tickets: &[TicketId]) {
        for slot in self.slots().iter_mut() {
            if slot.state == SlotState::Admitted && tickets.contains(&slot.intent.ticket) {
                slot.end(Reply::Pending);
            }
        }
    }

    /// Rejects all unfinished claims, because the sale has closed.
    pub(crate) fn close(&self) {
        for slot in self.slots().iter_mut() {
            if slot.state != SlotState::Over {
                slot.end(Reply::Rejected(Rejection::Ended));
            }
        }
    }

    /// Answers the claims whose deadline has passed. Claims of a running gate
    /// call are left out, since it is not known whether they are admitted.
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

    /// The earliest deadline of a claim without a reply.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let slots = self.slots();
        let waiting = slots
            .iter()
            .filter(|slot| slot.reply.is_some() && slot.state != SlotState::Asked);
        waiting.map(|slot| slot.deadline).min()
    }

    /// Whether all claims are finished.
    pub(crate) fn is_over(&self) -> bool {
        self.slots()
            .iter()
            .all(|slot| slot.state == SlotState::Over)
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Handles a ticket that the gate already has: its outcome is the reply, and a
/// pending ticket is committed. A lost ticket is a tombstone without a fingerprint,
/// so that is not compared.
fn know(slot: &mut Slot, entry: &Entry, now: Timestamp, closes_at: Timestamp) {
    let lost = entry.state == EntryState::Ended(TicketEnd::Refused(TicketRefusal::Lost));
    if !lost && entry.fingerprint != slot.intent.fingerprint {
        return slot.end(Reply::Rejected(Rejection::Reused));
    }
    match entry.state {
        EntryState::Pending { .. } if now < closes_at => slot.admit(now),
        EntryState::Ordered(order) => slot.end(Reply::Decided(Outcome::Ordered(order))),
        EntryState::Ended(TicketEnd::Refused(refusal)) => {
            slot.end(Reply::Decided(Outcome::Refused(refusal)));
        }
        EntryState::Pending { .. } | EntryState::Ended(TicketEnd::Released(_)) => {
            slot.end(Reply::Recorded);
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
            delivery: intent.delivery,
            config_version: intent.config_version,
        }
    }
}
