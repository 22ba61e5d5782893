//! The gate: an exact and fast admission counter before the database, which can be
//! lost.
//!
//! The database alone decides which claims win. The gate admits no more claims than
//! there are units, so that an admitted claim does not fail in the database. Its
//! state is loaded from the database under an *epoch*. When the state is lost, the
//! next epoch is loaded, and every call with an older epoch is rejected (a fencing
//! token; Kleppmann, *Designing Data-Intensive Applications*, ch. 8).

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

/// The error of a gate call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// The gate is at another epoch, 0 when it is empty, or has lost data.
    /// Nothing was changed.
    #[error("the gate is at epoch {at}")]
    Fenced {
        /// The gate's own epoch.
        at: Epoch,
    },
    /// The gate cannot be reached, or its answer was lost: the call was
    /// executed completely or not at all.
    #[error("the gate cannot be reached: {0}")]
    Unreachable(String),
}

/// The admission counter of sales. Each call is atomic. Every call may fail with
/// [`GateError::Unreachable`].
#[async_trait]
pub trait Gate: Send + Sync {
    /// Judges the claims of a batch in order, and stores the admitted ones with
    /// their whole intent. A ticket that exists is answered with its entry,
    /// also outside the sale's window. Then admission state and window, the
    /// buyer's limit, and the units left are checked, in this order. A claim of
    /// 0 units changes nothing.
    ///
    /// A batch id is used once: after a lost answer the same claims are sent
    /// again with a new id.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: no claim was judged.
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError>;

    /// Acknowledges a batch: its tickets have these orders, or `None` for an
    /// order that is not known yet. Tickets that are not pending are ignored.
    /// The batch is removed when none of its tickets is pending.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: nothing to do, since a rebuild reads the rows.
    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError>;

    /// Gives the units of tickets back, once per ticket. The tickets stay as
    /// ended entries. The generation is incremented, so that sold-out caches
    /// are dropped.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`]: a gate at a later epoch has counted the units;
    /// one at an earlier epoch must be called again.
    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError>;

    /// Returns all users with a ticket, also an ended one: their claims are
    /// answered with the ticket even when the sale is sold out.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError>;

    /// Returns the batches that are not acknowledged, each with its admitted
    /// tickets. A process that died leaves such batches.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError>;

    /// Returns the whole state of a sale, for an audit.
    ///
    /// # Errors
    ///
    /// [`GateError::Fenced`].
    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError>;

    /// Returns the gate's time, which decides when sales start and end. In a
    /// Redis Cluster it is the time of the node that has `sale`. The sale need
    /// not be loaded.
    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError>;

    /// Returns the run id of the gate, which changes when it restarts. It is
    /// read before a load and compared by the flip.
    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError>;

    /// Loads a chunk of an epoch that is not open yet. A chunk of an open or
    /// past epoch is ignored, so that a slow loader does no harm.
    async fn load(&self, sale: SaleId, epoch: Epoch, chunk: Chunk<'_>) -> Result<(), GateError>;

    /// Returns the number of buyers and tickets of an epoch that are loaded;
    /// `None` before its units are. A process that waits for another process's
    /// load sees its progress.
    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError>;

    /// Drops a closed sale from this process's memory. Keys in Redis expire by
    /// themselves.
    fn forget(&self, sale: SaleId);

    /// Atomically opens a loaded epoch in place of the one before it.
    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError>;
}
