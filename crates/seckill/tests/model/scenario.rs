//! The small worlds that are searched whole: who comes, and what may go wrong how often.

use crate::state::{Ticket, Units, User};

/// What somebody wants under one key.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) user: User,
    pub(crate) units: Units,
    /// Whether there is where to send it to.
    pub(crate) address: bool,
}

/// A world: a sale, its claims, and the most that may happen to it.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) stock: Units,
    /// Units that one user may have.
    pub(crate) limit: Units,
    pub(crate) claims: &'static [Claim],
    /// Processes that die.
    pub(crate) crashes: u8,
    /// Times that the gate forgets, or remembers something older.
    pub(crate) losses: u8,
    /// Times that somebody rebuilds it, for whatever reason.
    pub(crate) rebuilds: u8,
    /// Times that an admin moves a unit between the shelf and the sale.
    pub(crate) edits: u8,
    /// Orders that end without their units.
    pub(crate) releases: u8,
    /// Whether the window is over some time.
    pub(crate) ends: bool,
}

impl Scenario {
    pub(crate) fn tickets(&self) -> std::ops::Range<Ticket> {
        0..self.claims.len()
    }
}

const fn claim(user: User) -> Claim {
    Claim {
        user,
        units: 1,
        address: true,
    }
}

/// Two keys of one user and one of another, for one unit; everything goes wrong.
pub(crate) const ONE: Scenario = Scenario {
    name: "one",
    stock: 1,
    limit: 1,
    claims: &[claim(0), claim(0), claim(1)],
    crashes: 1,
    losses: 1,
    rebuilds: 2,
    edits: 0,
    releases: 1,
    ends: false,
};

/// Two rebuilds, of which one may sleep and wake up, while a unit comes back.
pub(crate) const REBUILD: Scenario = Scenario {
    name: "rebuild",
    claims: &[claim(0), claim(1)],
    crashes: 0,
    losses: 0,
    ..ONE
};

/// The same crowd for two units.
pub(crate) const TWO: Scenario = Scenario {
    name: "two",
    stock: 2,
    crashes: 0,
    ..ONE
};

/// One user with two keys, and a gate that forgets.
pub(crate) const USER: Scenario = Scenario {
    name: "user",
    stock: 2,
    claims: &[claim(0), claim(0)],
    crashes: 0,
    rebuilds: 1,
    releases: 0,
    ..ONE
};

/// A limit of two, three keys, and somebody without an address.
pub(crate) const LIMIT: Scenario = Scenario {
    name: "limit",
    stock: 3,
    limit: 2,
    claims: &[
        claim(0),
        claim(0),
        claim(0),
        Claim {
            user: 1,
            units: 2,
            address: false,
        },
    ],
    crashes: 0,
    rebuilds: 1,
    ..ONE
};

/// A sale that ends, and orders that end after it.
pub(crate) const CLOSE: Scenario = Scenario {
    name: "close",
    stock: 2,
    claims: &[claim(0), claim(1)],
    rebuilds: 1,
    releases: 2,
    ends: true,
    ..ONE
};

/// Edits while it runs, at a gate that forgets.
pub(crate) const EDIT: Scenario = Scenario {
    name: "edit",
    claims: &[claim(0), claim(1)],
    crashes: 0,
    rebuilds: 0,
    edits: 2,
    ..ONE
};
