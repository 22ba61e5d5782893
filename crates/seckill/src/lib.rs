//! The flash sale: a crowd is admitted exactly, and whoever is told "won" has an
//! order in the database.
//!
//! The database is the only authority; the gate before it is disposable. Claims
//! queue at a counter, one per sale and process; its batcher asks the gate about
//! all who wait by one call and commits those admitted by one transaction.
//! docs/SALE.md has the protocol.

mod audit;
mod claim;
mod claim_stats;
pub mod codes;
mod commit;
mod config;
mod context;
mod gate;
mod gate_clock;
mod load;
mod queue;
mod repair;
mod return_units;
mod sale;
mod sales;
mod seller_lock;
mod single_flight;
mod ticket;
mod watch;

pub use audit::{AUDIT, GateFindings, audit, audit_gate};
pub use claim::{ClaimService, Claimed, NewClaim, Ticket, TicketStanding};
pub use claim_stats::{Ending, Latency};
pub use codes::ERROR_CODES;
pub use context::{Partners, SaleSettings};
pub use gate::{
    Batch, BatchId, Books, Claim, Door, End, Entry, Epoch, Fate, Fingerprint, Flip, Flipped, Gate,
    GateError, Given, MemoryGate, NoRedis, Part, RedisGate, Refusal, Released, RunId, Settled,
    Taken, Terms, TicketId, Verdict,
};
pub use repair::repair;
pub use return_units::{Give, Giver};
pub use sale::{
    EventStock, NewSale, OpenSales, Sale, SaleChange, SaleError, SaleService, SaleStanding,
};
pub use sales::Sales;
pub use seller_lock::Owner;
pub use ticket::TicketIds;
pub use watch::{Live, Sound};
