//! A batch on its way: who in it was admitted, and who has been told what.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::Timestamp;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::claims::{Reply, Turned, Waiting};
use crate::commit::{Intent, Outcome};
use crate::gate::{Claim, End, Entry, Fate, Refusal, Taken, TicketId, Verdict};

/// Where somebody of the batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not admitted, as far as is known.
    Outside,
    /// The gate is asked just now.
    Asked,
    /// To be committed.
    Admitted,
    /// Nothing is left to do.
    Over,
}

#[derive(Debug)]
struct Seat {
    intent: Intent,
    until: Instant,
    stage: Stage,
    reply: Option<oneshot::Sender<Reply>>,
}

impl Seat {
    fn tell(&mut self, reply: Reply) {
        if let Some(sender) = self.reply.take() {
            // Whoever went away needs no reply.
            let _ = sender.send(reply);
        }
    }

    fn admit(&mut self, at: Timestamp) {
        self.intent.admitted_at = at;
        self.stage = Stage::Admitted;
    }

    fn end(&mut self, reply: Reply) {
        self.stage = Stage::Over;
        self.tell(reply);
    }
}

/// A batch that is served. Each of its claims gets one reply; an admitted one
/// is committed also after its reply.
#[derive(Debug)]
pub(crate) struct Flight(Mutex<Vec<Seat>>);

impl Flight {
    pub(crate) fn of(batch: Vec<Waiting>) -> Self {
        let seat = |waiting: Waiting| Seat {
            intent: waiting.intent,
            until: waiting.until,
            stage: Stage::Outside,
            reply: Some(waiting.reply),
        };
        Self(Mutex::new(batch.into_iter().map(seat).collect()))
    }

    /// Those who are to be judged, in their order; from here on they are asked about.
    pub(crate) fn ask(&self) -> Vec<Claim> {
        let mut seats = self.seats();
        let open = seats.iter_mut().filter(|seat| seat.stage != Stage::Over);
        open.map(|seat| {
            seat.stage = Stage::Asked;
            Claim::from(&seat.intent)
        })
        .collect()
    }

    /// No answer: whether somebody was admitted is not known.
    pub(crate) fn unanswered(&self) {
        for seat in self.seats().iter_mut() {
            if seat.stage == Stage::Asked {
                seat.stage = Stage::Outside;
            }
        }
    }

    /// The gate's answer to [`Flight::ask`]; gives those who are to be committed,
    /// each ticket once. From `closes_at` on nobody commits any more, and only a row
    /// says what became of a ticket.
    pub(crate) fn judged(&self, taken: &Taken, closes_at: Timestamp) -> Vec<Intent> {
        let mut seats = self.seats();
        let asked = seats.iter_mut().filter(|seat| seat.stage == Stage::Asked);
        for (seat, verdict) in asked.zip(&taken.verdicts) {
            match verdict {
                Verdict::Admitted => seat.admit(taken.now),
                Verdict::Known(entry) => know(seat, entry, taken.now, closes_at),
                Verdict::NotStarted => seat.end(Reply::Turned(Turned::NotStarted)),
                Verdict::Ended => seat.end(Reply::Turned(Turned::Ended)),
                Verdict::Paused => seat.end(Reply::Turned(Turned::Paused)),
                Verdict::OverLimit => seat.end(Reply::Turned(Turned::OverLimit)),
                Verdict::SoldOut => seat.end(Reply::Turned(Turned::SoldOut)),
            }
        }
        let mut tickets = HashSet::new();
        let admitted = seats.iter().filter(|seat| seat.stage == Stage::Admitted);
        admitted
            .filter(|seat| tickets.insert(seat.intent.ticket))
            .map(|seat| seat.intent.clone())
            .collect()
    }

    /// Tells those who have an outcome; a ticket's first claim hears that it was
    /// booked, another one of the same batch that it is known.
    pub(crate) fn committed(&self, mut outcomes: HashMap<TicketId, Outcome>) {
        for seat in self.seats().iter_mut() {
            if seat.stage != Stage::Admitted {
                continue;
            }
            let Some(outcome) = outcomes.get_mut(&seat.intent.ticket) else {
                continue;
            };
            let known = outcome.order().map(Outcome::Ordered);
            match std::mem::replace(outcome, known.unwrap_or_else(|| outcome.clone())) {
                Outcome::Booked(order) => seat.end(Reply::Booked(order)),
                Outcome::Reused => seat.end(Reply::Turned(Turned::Reused)),
                other => seat.end(Reply::Known(other)),
            }
        }
    }

    /// Tickets that stay pending at the gate: the sweep goes on with them, so that no
    /// later batch waits.
    pub(crate) fn leave(&self, tickets: &[TicketId]) {
        for seat in self.seats().iter_mut() {
            if seat.stage == Stage::Admitted && tickets.contains(&seat.intent.ticket) {
                seat.end(Reply::Pending);
            }
        }
    }

    /// The sale will admit nobody any more.
    pub(crate) fn close(&self) {
        for seat in self.seats().iter_mut() {
            if seat.stage != Stage::Over {
                seat.end(Reply::Turned(Turned::Ended));
            }
        }
    }

    /// Tells those who have waited for long enough where they stand; of whom the
    /// gate is just asked, that is not known.
    pub(crate) fn lapse(&self, now: Instant) {
        let mut seats = self.seats();
        for seat in seats.iter_mut().filter(|seat| seat.until <= now) {
            match seat.stage {
                Stage::Outside => seat.end(Reply::Turned(Turned::Busy)),
                Stage::Admitted => seat.tell(Reply::Pending),
                Stage::Asked | Stage::Over => {}
            }
        }
    }

    /// When the first of those without a reply is to have it.
    pub(crate) fn until(&self) -> Option<Instant> {
        let seats = self.seats();
        let waiting = seats
            .iter()
            .filter(|seat| seat.reply.is_some() && seat.stage != Stage::Asked);
        waiting.map(|seat| seat.until).min()
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_over(&self) -> bool {
        self.seats().iter().all(|seat| seat.stage == Stage::Over)
    }

    fn seats(&self) -> MutexGuard<'_, Vec<Seat>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ticket exists: its outcome is the answer, and whoever finds it pending
/// commits it. A lost ticket is a tombstone that does not know what was claimed:
/// its fingerprint is 0, so it is not compared.
fn know(seat: &mut Seat, entry: &Entry, now: Timestamp, closes_at: Timestamp) {
    let lost = entry.fate == Fate::Over(End::Refused(Refusal::Lost));
    if !lost && entry.fingerprint != seat.intent.fingerprint {
        return seat.end(Reply::Turned(Turned::Reused));
    }
    match entry.fate {
        Fate::Pending { .. } if now < closes_at => seat.admit(now),
        Fate::Ordered(order) => seat.end(Reply::Known(Outcome::Ordered(order))),
        Fate::Over(End::Refused(refusal)) => seat.end(Reply::Known(Outcome::Refused(refusal))),
        Fate::Pending { .. } | Fate::Over(End::Released(_)) => seat.end(Reply::Recorded),
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
