//! The four steps of the gate, each whole or not at all.

use crate::rules::{Rule, World};
use crate::state::{Epoch, Fate, Image, Keys, Load, Open, State, Ticket, Units};

/// What `give` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Now, or before.
    Given,
    Unknown,
}

impl World {
    /// What the gate judges by, at its own epoch; nothing when it has lost a key or
    /// lives another life.
    pub(crate) fn warm(self, state: &State) -> Option<(Epoch, Image)> {
        let open = state.gate.open?;
        if self.keeps(Rule::LifeInTake) && open.run != state.run {
            return None;
        }
        let image = self.keys(state, open.epoch).whole()?;
        Some((open.epoch, image))
    }

    pub(crate) fn keys(self, state: &State, epoch: Epoch) -> Keys {
        state.gate.keys[self.place(epoch)]
    }

    fn set_keys(self, state: &mut State, epoch: Epoch, keys: Keys) {
        state.gate.keys[self.place(epoch)] = keys;
    }

    /// Admits a ticket and notes it, in one step; nothing when it is known or refused.
    pub(crate) fn take(self, state: &State, ticket: Ticket) -> Option<State> {
        let (epoch, mut image) = self.warm(state)?;
        let claim = self.claim(ticket);
        let has = image.buyers[claim.user] + claim.units;
        let known = image.tickets[ticket] != Fate::Absent;
        if state.ended || known || has > self.scenario.limit || claim.units > image.left {
            return None;
        }
        image.left -= claim.units;
        image.buyers[claim.user] = has;
        image.tickets[ticket] = Fate::Pending;
        let mut next = *state;
        self.set_keys(&mut next, epoch, image.into());
        Some(next)
    }

    /// Notes that a pending ticket has its order.
    pub(crate) fn done(self, state: &mut State, ticket: Ticket, epoch: Epoch) {
        let mut keys = self.keys(state, epoch);
        if let (true, Some(tickets)) = (state.at() == Some(epoch), &mut keys.tickets)
            && tickets[ticket] == Fate::Pending
        {
            tickets[ticket] = Fate::Ordered;
            self.set_keys(state, epoch, keys);
        }
    }

    /// Gives a ticket's units back at the gate's own epoch.
    pub(crate) fn give(self, state: &mut State, ticket: Ticket, end: Fate) -> Given {
        let Some(epoch) = state.at() else {
            return Given::Unknown;
        };
        let Some(mut image) = self.keys(state, epoch).whole() else {
            return Given::Unknown;
        };
        let given = matches!(image.tickets[ticket], Fate::Refused | Fate::Released);
        if image.tickets[ticket] == Fate::Absent {
            return Given::Unknown;
        }
        if given && self.keeps(Rule::GiveOnce) {
            return Given::Given;
        }
        let claim = self.claim(ticket);
        image.left += claim.units;
        image.buyers[claim.user] -= claim.units;
        image.tickets[ticket] = end;
        self.set_keys(state, epoch, image.into());
        Given::Given
    }

    /// Loads the next of the three keys. The gates refuse parts of an epoch that is
    /// open or past; this one takes them, and nothing comes of it.
    pub(crate) fn load(self, state: &State, load: Load) -> State {
        let mut next = *state;
        let mut keys = self.keys(state, load.epoch);
        match load.step {
            0 => keys.left = load.image.map(|image| image.left),
            1 => keys.buyers = load.image.map(|image| image.buyers),
            _ => keys.tickets = load.image.map(|image| image.tickets),
        }
        self.set_keys(&mut next, load.epoch, keys);
        next.end_load(load);
        let step = load.step + 1;
        next.begin_load(Load { step, ..load });
        next
    }

    /// A whole rebuild that nothing disturbs.
    pub(crate) fn rebuild(self, state: &mut State) {
        let load = self.bump(state);
        let (epoch, run) = (load.epoch, load.run);
        state.loads = Default::default();
        let image = self.read(state, load).and_then(|load| load.image);
        self.set_keys(state, epoch, image.expect("nothing overtakes it").into());
        state.gate.open = Some(Open { epoch, run });
    }

    /// Opens a loaded epoch in place of an earlier one.
    pub(crate) fn flip(self, state: &State, load: Load) -> State {
        let mut next = *state;
        next.end_load(load);
        let overtaken = state.at().is_some_and(|at| at >= load.epoch);
        if overtaken && self.keeps(Rule::FlipForward) {
            return next;
        }
        let keys = self.keys(state, load.epoch);
        if self.keeps(Rule::FlipWhole) {
            if load.run != state.run || keys.whole().is_none() {
                return next;
            }
        } else {
            self.set_keys(&mut next, load.epoch, patched(keys));
        }
        let epoch = load.epoch;
        let run = state.run;
        next.gate.open = Some(Open { epoch, run });
        next
    }
}

/// Keys that are missing read as nothing.
fn patched(keys: Keys) -> Keys {
    Keys {
        left: keys.left.or(Some(Units::default())),
        buyers: keys.buyers.or(Some(Default::default())),
        tickets: keys.tickets.or(Some(Default::default())),
    }
}
