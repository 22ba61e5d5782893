//! Wires the order, promotion and payment crates: carts, orders, promotions, delivery methods,
//! wallets and the expiry of unpaid orders.

use std::sync::Arc;
use std::time::Duration;

use stampede_catalog::DbStock;
use stampede_http::services::Services;
use stampede_kernel::Clock;
use stampede_order::{
    CartService, DbCarts, DbDeliveryMethods, DbOrders, DeliveryService, Dependencies, Expiry,
    OrderService, OrderSettings,
};
use stampede_payment::{DbPayments, DbPins, DbWallet, PaymentService};
use stampede_persistence::Database;
use stampede_promotion::{DbPromotions, DbRedemptions, PromotionService};
use stampede_seckill::SaleStockLedger;
use stampede_settings::Settings;
use stampede_user::DbAddresses;
use tokio::task::JoinSet;

use crate::supervise::supervise;

/// Carts, orders, promotions, delivery methods and payments.
#[derive(Clone)]
pub struct OrderServices {
    /// The users' carts.
    pub carts: Arc<DbCarts>,
    /// The users' orders.
    pub orders: Arc<DbOrders>,
    /// Promotions.
    pub promotions: Arc<DbPromotions>,
    /// Delivery methods.
    pub delivery: Arc<DbDeliveryMethods>,
    /// Wallets and their transfers.
    pub payments: Arc<DbPayments>,
}

/// Dependencies on other domains.
pub(crate) struct OrderDeps {
    pub(crate) stock: Arc<DbStock>,
    pub(crate) wallet: DbWallet,
    pub(crate) addresses: Arc<DbAddresses>,
}

impl OrderServices {
    /// Wires the services.
    pub(crate) fn open(
        db: &Database,
        clock: &Arc<dyn Clock>,
        settings: &Settings,
        deps: OrderDeps,
    ) -> Self {
        let OrderDeps {
            stock,
            wallet,
            addresses,
        } = deps;
        let db = || db.clone();
        let clock = || Arc::clone(clock);
        let failures = settings.auth.pin_failures;
        let pins = Arc::new(DbPins::new(db(), clock(), wallet.clone(), failures));
        let dependencies = Dependencies {
            stock: stock.clone(),
            offers: stock.clone(),
            promotions: Arc::new(DbRedemptions),
            sales: Arc::new(SaleStockLedger::new(stock.clone())),
            wallet: Arc::new(wallet),
            pins: pins.clone(),
            addresses,
        };
        Self {
            carts: Arc::new(DbCarts::new(db(), clock(), stock)),
            orders: Arc::new(DbOrders::new(
                db(),
                clock(),
                dependencies,
                order_settings(settings),
            )),
            promotions: Arc::new(DbPromotions::new(db(), clock())),
            delivery: Arc::new(DbDeliveryMethods::new(db(), clock())),
            payments: Arc::new(DbPayments::new(db(), clock(), pins)),
        }
    }

    /// Registers the services with the HTTP application.
    pub(crate) fn register(&self, services: Services) -> Services {
        services
            .with::<dyn CartService>(self.carts.clone())
            .with::<dyn OrderService>(self.orders.clone())
            .with::<dyn PromotionService>(self.promotions.clone())
            .with::<dyn DeliveryService>(self.delivery.clone())
            .with::<dyn PaymentService>(self.payments.clone())
    }

    /// Starts the task that cancels overdue orders.
    pub(crate) fn background(&self, tasks: &mut JoinSet<()>) {
        let orders = Arc::clone(&self.orders);
        supervise(tasks, "orders.expiry", move || {
            Expiry::new(DbOrders::clone(&orders)).run()
        });
    }
}

fn order_settings(settings: &Settings) -> OrderSettings {
    OrderSettings {
        pay_within: Duration::from_secs(settings.order.pay_within_secs),
        open_per_user: settings.order.open_per_user.into(),
        tax_rate: settings.shop.tax_rate_bp,
        country: settings.shop.country,
    }
}
