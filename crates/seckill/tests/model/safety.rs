//! What must hold of every state, and after recovery from it.

use crate::rules::World;
use crate::state::{Fate, SHELF, State};

/// Steps in which every recovery ends.
const REST: usize = 80;

/// What must never be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Violation {
    /// More is sold than there is.
    Oversold,
    /// What is taken is not what is sold.
    Miscounted,
    /// Units are neither in the sale nor on the shelf.
    UnitsLost,
    /// A sale is over and has units left.
    UnsoldKept,
    /// Somebody has more than one may have.
    OverLimit,
    /// Somebody was told "won" and has no order.
    WonWithoutOrder,
    /// The gate admitted somebody for whom there was nothing.
    AdmittedAndRefused,
    /// A ticket was given up that could still be won.
    GivenUpTooEarly,
    /// After recovery: a unit that nobody has is not sold.
    Undersold,
    /// After recovery: the gate would admit more than there is.
    OverAdmission,
    /// After recovery: the gate counts a user's units differently.
    BuyersDiffer,
    /// Recovery does not end.
    NeverAtRest,
}

impl World {
    /// What must hold at every instant, whatever has gone wrong.
    pub(crate) fn safe(self, state: &State) -> Result<(), Violation> {
        let users = self.by_user(state);
        let sold = users.iter().sum();
        let db = &state.db;
        let won_in_vain = |ticket: usize| {
            state.told_won[ticket] && !matches!(db.tickets[ticket], Fate::Ordered | Fate::Released)
        };
        let checks = [
            (db.total < sold, Violation::Oversold),
            (db.taken != sold, Violation::Miscounted),
            (
                db.shelf + db.total != self.scenario.stock + SHELF,
                Violation::UnitsLost,
            ),
            (db.closed && db.total != db.taken, Violation::UnsoldKept),
            (
                users.iter().any(|has| *has > self.scenario.limit),
                Violation::OverLimit,
            ),
            (
                self.scenario.tickets().any(won_in_vain),
                Violation::WonWithoutOrder,
            ),
        ];
        checks
            .into_iter()
            .find(|(broken, _)| *broken)
            .map_or(Ok(()), |(_, violation)| Err(violation))
    }

    /// No more faults, no more buyers: what runs beside the requests alone must
    /// bring exact books.
    pub(crate) fn exact(self, state: &State) -> Result<(), Violation> {
        self.kept_word(state)?;
        let mut state = *state;
        let mut steps = 0;
        while self.recover(&mut state) {
            steps += 1;
            if steps > REST {
                return Err(Violation::NeverAtRest);
            }
        }
        self.safe(&state)?;
        if state.db.closed {
            return Ok(());
        }
        let (_, image) = self.warm(&state).ok_or(Violation::Undersold)?;
        match (image.left + state.db.taken).cmp(&state.db.total) {
            std::cmp::Ordering::Less => Err(Violation::Undersold),
            std::cmp::Ordering::Greater => Err(Violation::OverAdmission),
            std::cmp::Ordering::Equal if image.buyers != self.by_user(&state) => {
                Err(Violation::BuyersDiffer)
            }
            std::cmp::Ordering::Equal => Ok(()),
        }
    }

    /// For everybody whom the gate has admitted at the current epoch there is room,
    /// and nobody gives them up.
    fn kept_word(self, state: &State) -> Result<(), Violation> {
        if state.db.closed {
            return Ok(());
        }
        for (_, ticket, epoch) in state.admitted() {
            if epoch != state.db.epoch || state.db.tickets[ticket] != Fate::Absent {
                continue;
            }
            if self.claim(ticket).address && !self.room(state, ticket) {
                return Err(Violation::AdmittedAndRefused);
            }
            if self.is_lost(state, ticket) {
                return Err(Violation::GivenUpTooEarly);
            }
        }
        Ok(())
    }

    /// One step of recovery; false when nothing is left to do.
    fn recover(self, state: &mut State) -> bool {
        let open = !state.db.closed;
        let aligned = self
            .warm(state)
            .is_some_and(|(epoch, _)| epoch == state.db.epoch);
        if open && !aligned {
            self.rebuild(state);
            return true;
        }
        let next = state.admitted().next();
        if let Some((gateway, ticket, epoch)) = next {
            if let Some(fate) = self.commit(state, gateway, ticket, epoch) {
                self.report(state, ticket, epoch, fate);
            }
            return true;
        }
        if let (true, Some(at), Some(ticket)) = (open, state.at(), self.pending(state).first()) {
            state.hold(0, *ticket, at);
            return true;
        }
        let next = state.gives().next();
        if let Some((ticket, epoch)) = next {
            if !self.run_give(state, ticket, epoch) {
                self.rebuild(state);
            }
            return true;
        }
        false
    }
}
