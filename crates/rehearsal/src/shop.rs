//! What a rehearsal is given: the shop, where it listens, and what its audit says.

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

/// One process's services of the shop in which the sale is played.
pub struct Shop {
    /// The shop's database.
    pub db: Database,
    /// The clock by which the sale opens.
    pub clock: Arc<dyn Clock>,
    /// Where the shoppers are registered and their tokens signed.
    pub users: Users,
    /// Where the product is put.
    pub categories: Arc<dyn CategoryService>,
    /// Where the product is made.
    pub products: Arc<dyn ProductService>,
    /// Where units that are left are taken out again.
    pub stock: Arc<dyn StockService>,
    /// Where the sale is made and ended.
    pub sales: Arc<dyn SaleService>,
    /// Where unpaid orders are cancelled.
    pub orders: Arc<DbOrders>,
}

/// Where the shoppers go.
#[derive(Debug, Clone)]
pub struct Target {
    /// The gateways of the shop; claims take turns.
    pub gateways: Arc<[Gateway]>,
    /// Whether the shop is only there for the rehearsal.
    pub is_ephemeral: bool,
    /// How long access tokens of the shop live.
    pub token_lifetime: Duration,
}

/// What `stampede audit` says.
#[derive(Debug, Clone)]
pub struct AuditResult {
    /// How many breaches it found.
    pub breaches: u64,
    /// The object that `stampede audit --json` prints.
    pub report: Value,
}
