//! What everything here stands on.

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

/// What sales are told at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaleSettings {
    /// How long a claim waits for its commit before it is told "pending".
    pub ack_within: Duration,
    /// How long a gate that is behind may be under way before somebody loads it
    /// anew. Nothing where nobody else loads it.
    pub load_within: Duration,
    /// How old what everybody sees of a sale may be before the gate is asked again.
    pub look_within: Duration,
    /// Of mails about orders whose buyers are not there any more.
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

/// Whom a sale asks.
#[derive(Clone)]
pub struct Dependencies {
    /// Who admits.
    pub gate: Arc<dyn Gate>,
    /// Who books.
    pub sale_orders: Arc<dyn SaleOrders>,
    /// Who knows the orders that were booked.
    pub orders: Arc<dyn OrderService>,
    /// Where units come from and go back to.
    pub stock: Arc<dyn StockLedger>,
    /// Who knows what is sold.
    pub offers: Arc<dyn Offers>,
    /// Who knows the addresses.
    pub addresses: Arc<dyn AddressBook>,
}

/// What the services and tasks of one process share.
pub(crate) struct Context {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) dependencies: Dependencies,
    pub(crate) tickets: TicketIds,
    pub(crate) settings: SaleSettings,
    pub(crate) gate_clock: GateClock,
}

impl Context {
    /// What time it is for sales, as far as is known without asking the gate.
    pub(crate) fn recent_time(&self) -> Timestamp {
        let gate_time = self.gate_clock.now();
        gate_time.unwrap_or_else(|| self.clock.now())
    }

    /// What time it is for a sale: the gate's clock judges windows. This process's
    /// own where the gate does not answer.
    pub(crate) async fn time_of(&self, sale: SaleId) -> Timestamp {
        let now = self.dependencies.gate.now(sale).await;
        now.unwrap_or_else(|_| self.clock.now())
    }
}
