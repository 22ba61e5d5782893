//! Every next step, faults included.

use crate::rules::{Rule, World};
use crate::state::{Fate, Faults, GATEWAYS, Held, Memory, State, Ticket};

/// What happened, and to which ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step(pub(crate) &'static str, pub(crate) Option<Ticket>);

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            Some(ticket) => write!(f, "{} {}", self.0, ["a", "b", "c", "d"][ticket]),
            None => f.write_str(self.0),
        }
    }
}

/// The steps out of one state.
struct Moves<'a> {
    world: World,
    from: &'a State,
    next: Vec<(Step, State)>,
}

impl World {
    /// All states that may follow this one.
    pub(crate) fn moves(self, from: &State) -> Vec<(Step, State)> {
        let mut moves = Moves {
            world: self,
            from,
            next: Vec::with_capacity(32),
        };
        moves.claims();
        moves.adoptions();
        moves.commits();
        moves.crashes();
        moves.losses();
        moves.rebuilds();
        moves.edits();
        moves.releases();
        moves.gives();
        moves.ending();
        moves.polls();
        moves.next
    }

    /// Tickets that the gate has as pending.
    pub(crate) fn pending(self, state: &State) -> Vec<Ticket> {
        let at = state.at();
        let tickets = at.and_then(|epoch| self.keys(state, epoch).tickets);
        let pending =
            |ticket: &Ticket| tickets.is_some_and(|known| known[*ticket] == Fate::Pending);
        self.scenario.tickets().filter(pending).collect()
    }
}

impl Moves<'_> {
    fn to(&mut self, what: &'static str, ticket: impl Into<Option<Ticket>>, state: State) {
        self.next.push((Step(what, ticket.into()), state));
    }

    /// Somebody claims, at either gateway; or the gate's answer is lost.
    fn claims(&mut self) {
        for ticket in self.world.scenario.tickets() {
            let Some(taken) = self.world.take(self.from, ticket) else {
                continue;
            };
            self.to("take, answer lost", ticket, taken);
            for gateway in 0..GATEWAYS {
                let mut state = taken;
                state.told_pending[ticket] = true;
                if let Some(epoch) = taken.at() {
                    state.hold(gateway, ticket, epoch);
                }
                self.to("take", ticket, state);
            }
        }
    }

    /// A gateway commits what it finds pending: the sweep, a poll, or the same key again.
    fn adoptions(&mut self) {
        let Some(epoch) = self.from.at() else {
            return;
        };
        for ticket in self.world.pending(self.from) {
            for gateway in 0..GATEWAYS {
                let mut state = *self.from;
                state.hold(gateway, ticket, epoch);
                self.to("adopt", ticket, state);
            }
        }
    }

    /// A gateway commits; it tells client and gate, or only the client, or nobody.
    fn commits(&mut self) {
        for (gateway, ticket, epoch) in self.from.admitted() {
            let mut state = *self.from;
            let ended = self.world.commit(&mut state, gateway, ticket, epoch);
            self.to("commit, then die", ticket, state);
            if let Some(fate) = ended {
                state.told_won[ticket] |= fate == Fate::Ordered;
                self.to("commit and answer", ticket, state);
                self.world.report(&mut state, ticket, epoch, fate);
                self.to("commit, answer, done", ticket, state);
            }
        }
    }

    fn crashes(&mut self) {
        if self.from.faults.crashes == self.world.scenario.crashes {
            return;
        }
        for gateway in 0..GATEWAYS {
            let mut state = *self.from;
            state.held[gateway] = Held::default();
            state.held.sort_unstable();
            state.faults.crashes += 1;
            if state.held != self.from.held {
                self.to("crash", None, state);
            }
        }
    }

    /// The gate restarts empty, is flushed in the same life, or comes back as it
    /// was some time ago.
    fn losses(&mut self) {
        let faults = self.from.faults;
        if faults.losses == self.world.scenario.losses {
            return;
        }
        if self.from.copy.is_none() && self.from.gate.open.is_some() {
            let copy = Some(self.from.gate);
            self.to("copy", None, State { copy, ..*self.from });
        }
        let lost = State {
            copy: None,
            gate: Memory::default(),
            faults: Faults {
                losses: faults.losses + 1,
                ..faults
            },
            ..*self.from
        };
        let run = self.from.run + 1;
        if self.from.gate != Memory::default() {
            self.to("wipe", None, State { run, ..lost });
            self.to("flush", None, lost);
        }
        if let Some(gate) = self.from.copy {
            self.to("roll back", None, State { run, gate, ..lost });
        }
    }

    /// Begins a rebuild, if one more may begin.
    fn bump(&self, state: &mut State) -> bool {
        if state.faults.rebuilds == self.world.scenario.rebuilds || state.db.closed {
            return false;
        }
        state.faults.rebuilds += 1;
        let load = self.world.bump(state);
        state.begin_load(load);
        true
    }

    /// An admin moves a unit between the shelf and the sale.
    fn edits(&mut self) {
        if self.from.faults.edits == self.world.scenario.edits {
            return;
        }
        for (what, more) in [("lower", -1), ("raise", 1)] {
            let mut state = *self.from;
            if !state.db.resize(more) {
                continue;
            }
            state.faults.edits += 1;
            if self.world.keeps(Rule::EpochOfEdit) {
                let load = self.world.bump(&mut state);
                state.begin_load(load);
            }
            self.to(what, None, state);
        }
    }

    /// Somebody rebuilds, for whatever reason; whoever is under way goes on.
    fn rebuilds(&mut self) {
        let mut state = *self.from;
        if self.bump(&mut state) {
            self.to("bump", None, state);
        }
        for load in self.from.loads.into_iter().flatten() {
            if load.image.is_none() {
                let mut state = *self.from;
                state.end_load(load);
                if let Some(load) = self.world.read(self.from, load) {
                    state.begin_load(load);
                }
                self.to("read", None, state);
            } else if let Some(part) =
                ["load left", "load buyers", "load tickets"].get(usize::from(load.step))
            {
                self.to(part, None, self.world.load(self.from, load));
            } else {
                self.to("flip", None, self.world.flip(self.from, load));
            }
        }
    }

    /// An order ends without its units.
    fn releases(&mut self) {
        if self.from.faults.releases < self.world.scenario.releases {
            for ticket in self.world.scenario.tickets() {
                let mut state = *self.from;
                if state.db.tickets[ticket] == Fate::Ordered {
                    self.world.release(&mut state, ticket);
                    state.faults.releases += 1;
                    self.to("release", ticket, state);
                }
            }
        }
    }

    /// A job gives units back to the gate; it may die before its mark, or hear no answer.
    fn gives(&mut self) {
        for (ticket, epoch) in self.from.gives() {
            let mut state = *self.from;
            if self.world.run_give(&mut state, ticket, epoch) {
                self.to("give", ticket, state);
                state.db.gives[ticket] = Some(epoch);
                if state != *self.from {
                    self.to("give, mark lost", ticket, state);
                }
            }
            self.silence(ticket);
        }
    }

    /// A gate that does not answer is asked again; it may have given the units.
    fn silence(&mut self, ticket: Ticket) {
        if !self.world.keeps(Rule::SilenceKeepsGive) {
            let mut state = *self.from;
            state.db.gives[ticket] = None;
            self.to("give, no answer", ticket, state);
        }
    }

    fn ending(&mut self) {
        let mut state = *self.from;
        if self.world.scenario.ends && !state.ended {
            state.ended = true;
            self.to("end", None, state);
        } else if state.ended && !state.db.closed {
            self.world.close(&mut state);
            self.to("close", None, state);
        }
    }

    /// Whoever was told "pending" asks. Of a ticket that nobody knows a tombstone is
    /// written a moment later, under its primary key, so that it cannot be won
    /// afterwards.
    fn polls(&mut self) {
        for ticket in self.world.scenario.tickets() {
            let mut state = *self.from;
            if state.unknown[ticket] {
                state.unknown[ticket] = false;
                let free = state.db.tickets[ticket] == Fate::Absent;
                if free || !self.world.keeps(Rule::TombstoneYields) {
                    state.db.tickets[ticket] = Fate::Refused;
                }
                self.to("tombstone", ticket, state);
            } else if self.world.is_lost(self.from, ticket) {
                state.unknown[ticket] = true;
                self.to("ask in vain", ticket, state);
            }
        }
    }
}
