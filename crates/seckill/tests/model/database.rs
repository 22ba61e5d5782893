//! The transactions of the database, and what those who made them tell the gate.

use crate::gate::Given;
use crate::rules::{Rule, World};
use crate::state::{Database, Epoch, Fate, Image, Load, State, TICKETS, Ticket, USERS, Units};

impl World {
    /// Units of the tickets that hold some, by user.
    pub(crate) fn by_user(self, state: &State) -> [Units; USERS] {
        let mut users = [0; USERS];
        for ticket in self.scenario.tickets() {
            if state.db.tickets[ticket] == Fate::Ordered {
                let claim = self.claim(ticket);
                users[claim.user] += claim.units;
            }
        }
        users
    }

    /// The transaction of a batch, here of one ticket: gives what became of it, and
    /// nothing when it was fenced and is to be taken again.
    pub(crate) fn commit(
        self,
        state: &mut State,
        gateway: usize,
        ticket: Ticket,
        epoch: Epoch,
    ) -> Option<Fate> {
        state.let_go(gateway, ticket, epoch);
        // The primary key: somebody was faster, or gave the ticket up.
        if state.db.tickets[ticket] != Fate::Absent && self.keeps(Rule::OneRow) {
            return Some(state.db.tickets[ticket]);
        }
        let past = epoch != state.db.epoch && self.keeps(Rule::EpochInCommit);
        if past || (state.db.closed && self.keeps(Rule::OpenInCommit)) {
            return None;
        }
        let claim = self.claim(ticket);
        let fate = if claim.address && self.room(state, ticket) {
            state.db.taken += claim.units;
            Fate::Ordered
        } else {
            Fate::Refused
        };
        state.db.tickets[ticket] = fate;
        Some(fate)
    }

    /// Whether the transaction finds units for a ticket, and its user below the limit.
    pub(crate) fn room(self, state: &State, ticket: Ticket) -> bool {
        let claim = self.claim(ticket);
        let has = self.by_user(state)[claim.user] + claim.units;
        let over_limit = has > self.scenario.limit && self.keeps(Rule::BuyerCount);
        let short = state.db.taken + claim.units > state.db.total && self.keeps(Rule::Guard);
        !over_limit && !short
    }

    /// Tells the gate what became of a ticket. One that was released meanwhile has
    /// an order too; its job gives the units back.
    pub(crate) fn report(self, state: &mut State, ticket: Ticket, epoch: Epoch, fate: Fate) {
        if fate != Fate::Refused {
            self.done(state, ticket, epoch);
        } else if state.at() == Some(epoch) {
            self.give(state, ticket, fate);
        }
    }

    /// An order ends without its units. While the sale runs, a job is to tell the
    /// gate; afterwards they are the shelf's.
    pub(crate) fn release(self, state: &mut State, ticket: Ticket) {
        let units = self.claim(ticket).units;
        state.db.tickets[ticket] = Fate::Released;
        state.db.taken -= units;
        if !state.db.closed {
            state.db.gives[ticket] = Some(state.db.epoch);
            return;
        }
        state.db.shelf += units;
        if self.keeps(Rule::LateReleaseShrinks) {
            state.db.total -= units;
        }
    }

    /// The job of a release; whether it is done. An epoch that began after the release
    /// has read it.
    pub(crate) fn run_give(self, state: &mut State, ticket: Ticket, epoch: Epoch) -> bool {
        let done = state.db.closed
            || state.db.epoch > epoch
            || match state.at() {
                None => !self.keeps(Rule::GiveWaits),
                Some(at) if at == epoch || !self.keeps(Rule::EpochInGive) => {
                    let given = self.give(state, ticket, Fate::Released);
                    given == Given::Given || !self.keeps(Rule::UnknownRebuilds)
                }
                // A gate that is ahead was loaded after the release.
                Some(at) => at > epoch || !self.keeps(Rule::GiveWaits),
            };
        if done {
            state.db.gives[ticket] = None;
        }
        done
    }

    /// Begins an epoch; what it is to be loaded with is read afterwards.
    pub(crate) fn bump(self, state: &mut State) -> Load {
        if self.keeps(Rule::EpochOfRebuild) {
            state.db.epoch += 1;
        }
        Load {
            epoch: state.db.epoch,
            run: state.run,
            step: 0,
            image: None,
        }
    }

    /// Reads what an epoch is to be loaded with, in one snapshot; nothing when the
    /// database is past that epoch.
    pub(crate) fn read(self, state: &State, load: Load) -> Option<Load> {
        let past = state.db.epoch != load.epoch || state.db.closed;
        if past && self.keeps(Rule::ReadAtOwnEpoch) {
            return None;
        }
        let mut tickets = state.db.tickets;
        if !self.keeps(Rule::DeadTicketsLoaded) {
            for fate in tickets.iter_mut().filter(|fate| **fate != Fate::Ordered) {
                *fate = Fate::Absent;
            }
        }
        let image = Image {
            left: state.db.total - state.db.taken,
            buyers: self.by_user(state),
            tickets,
        };
        let image = Some(image);
        Some(Load { image, ..load })
    }

    /// Ends the sale: fences everybody, and what is not taken is the shelf's.
    pub(crate) fn close(self, state: &mut State) {
        if self.keeps(Rule::EpochOfEnd) {
            state.db.epoch += 1;
        }
        state.db.closed = true;
        state.db.shelf += state.db.total - state.db.taken;
        state.db.total = state.db.taken;
    }

    /// Whether nobody knows a ticket when whoever was told that it is pending asks:
    /// it has no row, and the gate that says so is at the database's epoch.
    pub(crate) fn is_lost(self, state: &State, ticket: Ticket) -> bool {
        let warm = self.warm(state);
        let at_gate = warm.is_some_and(|(_, image)| image.tickets[ticket] != Fate::Absent);
        let known = at_gate || state.db.tickets[ticket] != Fate::Absent;
        let current = warm.is_some_and(|(epoch, _)| epoch == state.db.epoch);
        let sure = current || state.db.closed || !self.keeps(Rule::AskBeforeTombstone);
        state.told_pending[ticket] && !known && sure
    }
}

impl Database {
    /// Moves units from the shelf to the sale, or back; not those that are taken.
    pub(crate) fn resize(&mut self, more: Units) -> bool {
        self.total += more;
        self.shelf -= more;
        !self.closed && self.shelf >= 0 && self.total >= self.taken
    }
}

impl State {
    /// Jobs that are to give units back, with the epochs of their releases.
    pub(crate) fn gives(&self) -> impl Iterator<Item = (Ticket, Epoch)> {
        let gives = self.db.gives;
        (0..TICKETS).filter_map(move |ticket| Some((ticket, gives[ticket]?)))
    }
}
