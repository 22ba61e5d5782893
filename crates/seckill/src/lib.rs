//! Flash sales (seckill). A sale never sells more units than it has, and every
//! claim that is answered "won" has an order in the database.
//!
//! The database is the only authority; the gate before it (an admission counter in
//! memory or Redis) is disposable. Claims wait in a queue, one per sale and
//! process. Its batcher asks the gate about all waiting claims in one call, and
//! commits the admitted ones in one transaction. The protocol is in docs/SALE.md.

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
    NewSale, OpenSales, Sale, SaleChange, SaleConversion, SaleError, SaleService, SaleStatus,
    SaleStockLedger,
};
pub use sales::Sales;
pub use seller_lock::SellerLock;
pub use ticket::TicketIds;
pub use watch::{Consistency, SaleSnapshot};
