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
pub use claim::{ClaimService, Claimed, NewClaim, Ticket, TicketStatus};
pub use claim_stats::{ClaimResult, Latency};
pub use codes::ERROR_CODES;
pub use context::{Dependencies, SaleSettings};
pub use gate::{
    Acknowledged, Admission, Batch, BatchId, Chunk, Claim, Entry, EntryState, Epoch, Fingerprint,
    Flip, Flipped, Gate, GateDump, GateError, Given, InvalidRedisUrl, MemoryGate, RedisGate, RunId,
    Taken, Terms, TicketEnd, TicketId, TicketRefusal, TicketRelease, Verdict,
};
pub use repair::repair;
pub use return_units::{ReturnUnits, ReturnUnitsWorker};
pub use sale::{
    NewSale, OpenSales, Sale, SaleChange, SaleError, SaleService, SaleStatus, SaleStockLedger,
};
pub use sales::Sales;
pub use seller_lock::SellerLock;
pub use ticket::TicketIds;
pub use watch::{Consistency, SaleSnapshot};
