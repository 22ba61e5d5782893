//! Requests to a gate and its answers.

use serde::{Deserialize, Serialize};
use stampede_kernel::{AddressId, DeliveryMethodId, OrderId, Timestamp, UserId};

/// The fencing epoch of a sale's state at the gate; counted by the database, from
/// 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Epoch(pub i64);

impl std::fmt::Display for Epoch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The run id of a gate: it changes when the gate loses its memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId(pub String);

/// The id of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketId(pub [u8; 16]);

/// The id of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub [u8; 16]);

/// A prefix of the hash of a claim's content, which tells two claims with the same
/// idempotency key apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 8]);

/// A claim with all the data of an intent, so that any process can commit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The ticket.
    pub ticket: TicketId,
    /// The buyer.
    pub user: UserId,
    /// Units; a claim of 0 units only reads the ticket.
    pub units: i64,
    /// The fingerprint of the claim.
    pub fingerprint: Fingerprint,
    /// The delivery address; the buyer's default address when absent.
    pub address: Option<AddressId>,
    /// The delivery method that was asked for.
    pub delivery: Option<DeliveryMethodId>,
    /// The version of the sale's terms that were in force.
    pub config_version: i64,
}

/// A batch of claims for one call.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// The batch id, used once.
    pub id: BatchId,
    /// The claims, in the order in which they are judged.
    pub claims: &'a [Claim],
}

/// The gate's entry of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The buyer.
    pub user: UserId,
    /// Units.
    pub units: i64,
    /// The fingerprint of the claim.
    pub fingerprint: Fingerprint,
    /// The state of the ticket.
    pub state: EntryState,
}

/// The state of a ticket at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Admitted, not known to be committed.
    Pending {
        /// The delivery address; the buyer's default address when absent.
        address: Option<AddressId>,
        /// The delivery method that was asked for.
        delivery: Option<DeliveryMethodId>,
        /// The version of the sale's terms that were in force.
        config_version: i64,
    },
    /// The ticket has an order.
    Ordered(OrderId),
    /// The ticket holds no units any more, for good.
    Ended(TicketEnd),
}

/// The reason for which a ticket holds no units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketEnd {
    /// The ticket was refused, and the refusal is recorded.
    Refused(TicketRefusal),
    /// The order was cancelled or refunded, and its units were released.
    Released(TicketRelease),
}

/// The recorded reason of a refused ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRefusal {
    /// The address does not exist or is another user's.
    AddressNotFound,
    /// The claim named no address, and the buyer has no default address.
    AddressRequired,
    /// The ticket was lost: the gate that admitted it lost its memory, or its
    /// process died.
    Lost,
    /// The database had no unit left, or the buyer's limit was reached.
    Guard,
}

/// The reason for which the units of an order were released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketRelease {
    /// The order was not paid in time.
    Unpaid,
    /// The buyer or an admin cancelled the order.
    Cancelled,
    /// The order was refunded with its units.
    Refunded,
}

/// The gate's verdict on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The claim is admitted and its units are taken; it must be committed.
    Admitted,
    /// The ticket exists. The caller compares the fingerprint.
    Known(Entry),
    /// The sale has not started.
    NotStarted,
    /// The sale has ended.
    Ended,
    /// The sale is paused.
    Paused,
    /// The claim exceeds the limit per buyer.
    OverLimit,
    /// Fewer units are left than were claimed.
    SoldOut,
}

/// The gate's answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The gate's time, which decides when the sale starts and ends.
    pub now: Timestamp,
    /// Incremented whenever units are given back.
    pub generation: u64,
    /// Units left.
    pub left: i64,
    /// One verdict per claim, in the same order.
    pub verdicts: Vec<Verdict>,
}

/// The result of [`done`](super::Gate::done).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledged {
    /// Tickets that were pending and have their order now.
    pub tickets: usize,
    /// Whether the batch was removed.
    pub closed: bool,
}

/// The result of [`give`](super::Gate::give) for one ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The units were given back now.
    Now,
    /// The units were given back before.
    Before,
    /// The gate does not have the ticket and must be rebuilt.
    Unknown,
}

/// Whether the gate admits claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Claims are admitted within the sale's window.
    Open,
    /// The sale is paused: no claim is admitted.
    Paused,
}

/// The terms of a sale at one epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Whether claims are admitted.
    pub admission: Admission,
    /// The start of the window, inclusive.
    pub starts_at: Timestamp,
    /// The end of the window, exclusive.
    pub ends_at: Timestamp,
    /// Units per buyer.
    pub limit: i64,
}

/// A chunk of a sale's state, on the way from the database to the gate.
#[derive(Debug, Clone, Copy)]
pub enum Chunk<'a> {
    /// Units left.
    Left(i64),
    /// Some or all buyers with the units that they have, also 0.
    Buyers(&'a [(UserId, i64)]),
    /// Some or all tickets with their state.
    Tickets(&'a [(TicketId, Entry)]),
}

/// The whole state of a sale at the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateDump {
    /// Units left.
    pub left: i64,
    /// All users with a ticket, with the units that they have.
    pub buyers: Vec<(UserId, i64)>,
    /// All tickets.
    pub tickets: Vec<(TicketId, Entry)>,
}

/// The last step of a load: what to open, and what must have been loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The epoch to open.
    pub epoch: Epoch,
    /// The gate's run id, read before the first chunk was loaded.
    pub run_id: RunId,
    /// The number of buyers that were loaded.
    pub buyers: usize,
    /// The number of tickets that were loaded.
    pub tickets: usize,
    /// The terms of the sale.
    pub terms: Terms,
}

/// The result of a flip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flipped {
    /// The epoch is open. Contains the epoch before it, 0 for none.
    Done(Epoch),
    /// This epoch or a later one was open already. Contains the open epoch.
    Overtaken(Epoch),
    /// The gate restarted during the load: the next epoch must be loaded.
    Restarted,
    /// Some of the loaded data is missing: the next epoch must be loaded.
    Short,
}
