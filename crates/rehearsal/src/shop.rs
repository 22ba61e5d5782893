//! The inputs of a rehearsal: the shop's services, its gateways, and the result of its audit.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use stampede_catalog::{CategoryService, ProductService, StockService};
use stampede_kernel::Clock;
use stampede_order::DbOrders;
use stampede_persistence::Database;
use stampede_seckill::SaleService;
use stampede_user::Users;

use crate::Gateway;

/// The services of the shop in which the sale takes place.
pub struct Shop {
    /// The shop's database.
    pub db: Database,
    /// The clock that opens the sale.
    pub clock: Arc<dyn Clock>,
    /// Creates the users and signs their tokens.
    pub users: Users,
    /// Creates a category, if there is none.
    pub categories: Arc<dyn CategoryService>,
    /// Creates the product.
    pub products: Arc<dyn ProductService>,
    /// Removes the units that are left.
    pub stock: Arc<dyn StockService>,
    /// Creates and cancels the sale.
    pub sales: Arc<dyn SaleService>,
    /// Cancels unpaid orders.
    pub orders: Arc<DbOrders>,
}

/// The gateways under load.
#[derive(Debug, Clone)]
pub struct Target {
    /// The gateways of the shop; claims are spread round-robin.
    pub gateways: Arc<[Gateway]>,
    /// Where gateways of the shop serve `/metrics`; none when that is off or not known.
    pub metrics: Vec<Gateway>,
    /// Whether the shop exists for the rehearsal only.
    pub is_ephemeral: bool,
    /// Lifetime of access tokens.
    pub token_lifetime: Duration,
}

/// The result of `stampede audit`.
#[derive(Debug, Clone)]
pub struct AuditResult {
    /// Number of breaches.
    pub breaches: u64,
    /// The object that `stampede audit --json` prints.
    pub report: Value,
}
