//! What is said to a gate and by it.

use serde::{Deserialize, Serialize};
use stampede_kernel::{AddressId, OrderId, Timestamp, UserId};

/// A generation of what a gate knows of a sale; counted by the database, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Epoch(pub i64);

impl std::fmt::Display for Epoch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Names one life of a gate's memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId(pub String);

/// A ticket: a claim as its key names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketId(pub [u8; 16]);

/// Claims that were judged by one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub [u8; 16]);

/// Tells two claims under one key apart: the beginning of a hash of the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 8]);

/// What somebody wants: the whole intent, so that any gateway can commit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Its ticket.
    pub ticket: TicketId,
    /// Who.
    pub user: UserId,
    /// How many units; 0 only asks.
    pub units: i64,
    /// Of the claim.
    pub fingerprint: Fingerprint,
    /// Where to; the default address when absent.
    pub address: Option<AddressId>,
    /// Of the sale's terms that were in force.
    pub config_version: i64,
}

/// Claims for one call.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Used once.
    pub id: BatchId,
    /// In the order in which they are judged.
    pub claims: &'a [Claim],
}

/// A ticket as the gate remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub user: UserId,
    /// Of how many units.
    pub units: i64,
    /// Of the claim.
    pub fingerprint: Fingerprint,
    /// What became of it.
    pub state: EntryState,
}

/// What became of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Admitted; not known to be committed.
    Pending {
        /// Where to; the default address when absent.
        address: Option<AddressId>,
        /// Of the sale's terms that were in force.
        config_version: i64,
    },
    /// There is an order.
    Ordered(OrderId),
    /// It has no units any more, and never will.
    Ended(TicketEnd),
}

/// Why a ticket has no units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketEnd {
    /// It was refused, and that is recorded.
    Refused(TicketRefusal),
    /// Its order ended, and its units are back.
    Released(TicketRelease),
}

/// Why a ticket was refused for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRefusal {
    /// The address is absent or somebody else's.
    AddressNotFound,
    /// None was named, and there is no default.
    AddressRequired,
    /// It was admitted by a gate that is gone, and nobody can win with it any more.
    Lost,
    /// The database had no unit or no room within the limit for it.
    Guard,
}

/// Why an order gave its units back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketRelease {
    /// Nobody paid.
    Unpaid,
    /// Somebody cancelled.
    Cancelled,
    /// The money went back, and the units with it.
    Refunded,
}

/// What a gate says to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The units are taken; commit it.
    Admitted,
    /// The ticket exists. The caller compares the fingerprint.
    Known(Entry),
    /// Too early.
    NotStarted,
    /// Too late.
    Ended,
    /// The sale rests.
    Paused,
    /// More than the buyer may have.
    OverLimit,
    /// Fewer units are left than were asked for.
    SoldOut,
}

/// The answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The gate's clock, the sale's only one.
    pub now: Timestamp,
    /// Rises whenever units come back.
    pub generation: u64,
    /// Units that nobody has.
    pub left: i64,
    /// One for each claim.
    pub verdicts: Vec<Verdict>,
}

/// What [`done`](super::Gate::done) changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledged {
    /// Tickets that were pending and have their order now.
    pub tickets: usize,
    /// Whether the batch is forgotten.
    pub closed: bool,
}

/// What [`give`](super::Gate::give) did with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Its units are back.
    Now,
    /// They were.
    Before,
    /// The gate has never heard of it: it wants a rebuild.
    Unknown,
}

/// Whether the sale is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Within its window.
    Open,
    /// Nobody is admitted.
    Paused,
}

/// The rules of a sale, as one epoch has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Whether it is on.
    pub admission: Admission,
    /// The first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Units a buyer may have.
    pub limit: i64,
}

/// A part of an epoch on its way from the database into the gate.
#[derive(Debug, Clone, Copy)]
pub enum Chunk<'a> {
    /// Units that nobody has.
    Left(i64),
    /// Buyers with the units that they have, also 0; some of them or all.
    Buyers(&'a [(UserId, i64)]),
    /// Tickets with what became of them; some of them or all.
    Tickets(&'a [(TicketId, Entry)]),
}

/// All that a gate knows of an epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateDump {
    /// Units that nobody has.
    pub left: i64,
    /// Everybody who has a ticket, with the units that they have.
    pub buyers: Vec<(UserId, i64)>,
    /// Every ticket.
    pub tickets: Vec<(TicketId, Entry)>,
}

/// The last step of a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Which epoch is to open.
    pub epoch: Epoch,
    /// Read before the first part was loaded.
    pub run_id: RunId,
    /// How many buyers were loaded.
    pub buyers: usize,
    /// How many tickets were loaded.
    pub tickets: usize,
    /// The rules.
    pub terms: Terms,
}

/// How a flip ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flipped {
    /// The epoch is open; which one was before it, 0 for none.
    Done(Epoch),
    /// This one or a newer one is open.
    Overtaken(Epoch),
    /// The gate began a new life while it was loaded: load the next epoch.
    Restarted,
    /// Something that was loaded is not there: load the next epoch.
    Short,
}
