//! Dependencies and settings that the services of this crate share.

use std::sync::Arc;
use std::time::Duration;

use stampede_catalog::{Offers, StockLedger};
use stampede_kernel::{Clock, Language, SaleId, Timestamp};
use stampede_order::{OrderService, SaleOrders};
use stampede_persistence::Database;
use stampede_user::AddressBook;

use crate::gate::Gate;
use crate::gate_clock::GateClock;
use crate::ticket::TicketIds;

/// Settings of sales, fixed at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaleSettings {
    /// How long a claim waits for its commit before it is answered "pending".
    pub ack_within: Duration,
    /// How long a process waits for another process to load a gate that is
    /// behind, before it loads the gate itself. Zero where no other process can
    /// load it.
    pub load_within: Duration,
    /// The maximum age of a cached answer of the gate, for requests that only
    /// show a sale.
    pub look_within: Duration,
    /// The language of mails about orders whose buyer has no language on
    /// record.
    pub language: Language,
}

impl Default for SaleSettings {
    fn default() -> Self {
        Self {
            ack_within: Duration::from_millis(800),
            load_within: Duration::ZERO,
            look_within: Duration::ZERO,
            language: Language::EN,
        }
    }
}

/// The services that sales depend on.
#[derive(Clone)]
pub struct Dependencies {
    /// Admits claims.
    pub gate: Arc<dyn Gate>,
    /// Inserts the orders of admitted claims.
    pub sale_orders: Arc<dyn SaleOrders>,
    /// Reads orders that were inserted.
    pub orders: Arc<dyn OrderService>,
    /// The stock of the SKUs, which units are taken from and returned to.
    pub stock: Arc<dyn StockLedger>,
    /// Reads the product data of SKUs.
    pub offers: Arc<dyn Offers>,
    /// Reads the addresses of users.
    pub addresses: Arc<dyn AddressBook>,
}

/// The context that the services and tasks of one process share.
pub(crate) struct Context {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) dependencies: Dependencies,
    pub(crate) tickets: TicketIds,
    pub(crate) settings: SaleSettings,
    pub(crate) gate_clock: GateClock,
}

impl Context {
    /// The gate's time as it was last estimated, without a call; the process's
    /// own time before the gate's first answer.
    pub(crate) fn recent_time(&self) -> Timestamp {
        let gate_time = self.gate_clock.now();
        gate_time.unwrap_or_else(|| self.clock.now())
    }

    /// Asks the gate for its time, which decides when a sale starts and ends.
    /// The process's own time when the gate does not answer.
    pub(crate) async fn time_of(&self, sale: SaleId) -> Timestamp {
        let now = self.dependencies.gate.now(sale).await;
        now.unwrap_or_else(|_| self.clock.now())
    }
}
