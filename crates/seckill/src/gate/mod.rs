//! The doorman of a sale: exact, fast, and disposable.
//!
//! The database alone decides who bought. The gate stands before it and admits
//! no more than there are units, so that nobody whom it admits is refused. What
//! it knows is loaded from the database under an *epoch*; when it is lost, the
//! next epoch is loaded, and everything that still speaks of an older one is
//! turned away (a fencing token; Kleppmann, *Designing Data-Intensive
//! Applications*, ch. 8).

mod memory;
mod model;
mod redis;

use async_trait::async_trait;
use stampede_kernel::{OrderId, SaleId, Timestamp, UserId};

pub use memory::MemoryGate;
pub use model::{
    Acknowledged, Admission, Batch, BatchId, Chunk, Claim, Entry, EntryState, Epoch, Fingerprint,
    Flip, Flipped, GateDump, Given, RunId, Taken, Terms, TicketEnd, TicketId, TicketRefusal,
    TicketRelease, Verdict,
};
pub use redis::{InvalidRedisUrl, RedisGate};

/// Why a gate gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// It is at another epoch, 0 when it is empty, or it has lost something. It
    /// did nothing.
    #[error("the gate is at epoch {at}")]
    Fenced {
        /// The gate's own epoch.
        at: Epoch,
    },
    /// It cannot be reached, or its answer was lost: it may have done all of what
    /// it was asked, or nothing.
    #[error("the gate cannot be reached: {0}")]
    Unreachable(String),
}

/// What keeps the crowd of a sale in order. Each call is one step: all of it is
/// done or nothing. Every one of them may be [`GateError::Unreachable`].
#[async_trait]
pub trait Gate: Send + Sync {
    /// Judges the claims of a batch, one after the other, and notes those whom it
    /// admits with their whole intent. A ticket that exists is answered with its
    /// entry, whatever the hour; then the door, the buyer's limit, and the units
    /// that are left are looked at, in this order. 0 units ask and change nothing.
    ///
    /// A batch id is used once: after a lost answer the same claims come again
    /// under a new one.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: nobody was judged.
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError>;

    /// Tickets of a batch have their orders; `None` for one whose order is not
    /// known yet. What is not pending any more is passed over. The batch is
    /// forgotten when none of its tickets is pending.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: nothing to do, the rebuild reads the rows.
    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError>;

    /// Tickets lose their units, each once; their keys stay dead and their buyers
    /// known. Whoever was told that all is sold out is wrong from here on: the
    /// generation rises.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: a gate ahead has counted it, one behind will be asked again.
    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError>;

    /// Everybody who has a ticket, also a dead one: they must hear of it even
    /// when all is sold out.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError>;

    /// Batches that are not done, each with its admitted tickets: what a gateway
    /// that died left behind.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError>;

    /// All that it knows at this instant, for an audit.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError>;

    /// The gate's clock, which alone judges the windows of sales; in a Cluster that of
    /// the node that keeps `sale`. It is told of a sale that is not loaded, too.
    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError>;

    /// Names this life of the gate; read before a load, and compared by the flip.
    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError>;

    /// Loads a part of an epoch that is not open yet. Parts of one that is open
    /// or past go nowhere: a loader that slept wakes up and harms nobody.
    async fn load(&self, sale: SaleId, epoch: Epoch, chunk: Chunk<'_>) -> Result<(), GateError>;

    /// How many buyers and tickets of an epoch have been loaded, from its units on;
    /// `None` when nothing has. Whoever waits for another process's load sees by it
    /// whether there is one, and whether it goes on.
    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError>;

    /// A sale is over for good: what this process keeps of it in its own memory is
    /// dropped. What a server keeps expires there.
    fn forget(&self, sale: SaleId);

    /// Opens a loaded epoch in place of the one before it.
    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError>;
}
