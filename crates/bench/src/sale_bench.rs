//! A benchmark of one sale in this process, from claim to order, without HTTP.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use stampede_kernel::{Clock, Language, Money, SaleId, SystemClock, UserId};
use stampede_seckill::{
    ClaimService, Claimed, Dependencies, MemoryGate, NewClaim, NewSale, SaleService, SaleSettings,
    Sales, SellerLock, TicketIds,
};
use tokio::task::JoinHandle;

use crate::Failure;
use crate::record::{self, Batch};
use crate::shop::{ADMIN, Shop};

/// A running sale with its buyers.
pub struct SaleBench {
    shop: Shop,
    sales: Sales,
    sale: SaleId,
    crowd: std::vec::IntoIter<UserId>,
    serving: JoinHandle<()>,
}

impl SaleBench {
    /// Creates a shop in the empty database at `url`, and a sale with a unit
    /// for each of `size` buyers.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open(url: &str, size: usize) -> Result<Self, Failure> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let (shop, _) = Shop::open(url, Arc::clone(&clock), 0).await?;
        let crowd = shop
            .accounts
            .create_rehearsal_users("crowd", size.try_into()?)
            .await?;
        shop.db.analyze().await?;
        let sales = sales(&shop, &clock);
        let serving = tokio::spawn(sales.clone().run());
        let made = sales.create(ADMIN, new_sale(&shop, size, &clock)?).await?;
        sales.maintain().await;
        Ok(Self {
            shop,
            sales,
            sale: made.id,
            crowd: crowd.into_iter(),
            serving,
        })
    }

    /// The next `count` buyers claim a unit each, at once. Returns the time
    /// until all have their orders.
    ///
    /// # Errors
    ///
    /// When a buyer gets no order.
    pub async fn claim(&mut self, count: usize) -> Result<Duration, Failure> {
        let started = Instant::now();
        let claims = self.crowd.by_ref().take(count);
        let claims = claims.map(|buyer| {
            self.sales.claim(NewClaim {
                buyer,
                sale: self.sale,
                units: 1,
                address: None,
                delivery: None,
                key: None,
                language: Language::EN,
            })
        });
        let claimed = try_join_all(claims.collect::<Vec<_>>()).await?;
        let took = started.elapsed();
        let won = |claimed: &Claimed| matches!(claimed, Claimed::Won { .. });
        if claimed.len() == count && claimed.iter().all(won) {
            Ok(took)
        } else {
            Err("not everybody has an order".into())
        }
    }

    /// Like [`SaleBench::claim`], and returns the statements of the batch.
    ///
    /// # Errors
    ///
    /// When a buyer gets no order, or the claims were not one batch, which they
    /// are on one thread.
    pub async fn record(&mut self, count: usize) -> Result<Batch, Failure> {
        let (claimed, sent) = record::record_all(self.claim(count)).await;
        claimed?;
        Batch::of(sent).ok_or_else(|| "it was not one batch".into())
    }

    /// Returns the number of broken invariants.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn breaches(&self) -> Result<usize, Failure> {
        self.shop.breaches().await
    }
}

impl Drop for SaleBench {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn sales(shop: &Shop, clock: &Arc<dyn Clock>) -> Sales {
    let orders = Arc::new(shop.orders.clone());
    let dependencies = Dependencies {
        gate: Arc::new(MemoryGate::new(Arc::clone(clock))),
        sale_orders: orders.clone(),
        orders,
        stock: shop.stock.clone(),
        offers: shop.stock.clone(),
        addresses: shop.addresses.clone(),
    };
    let tickets = TicketIds::new(&"0123456789abcdef0123456789abcdef".into());
    // Long enough that no claim is answered "pending".
    let settings = SaleSettings {
        ack_within: Duration::from_mins(1),
        ..SaleSettings::default()
    };
    let (db, clock) = (shop.db.clone(), Arc::clone(clock));
    Sales::new(
        db,
        clock,
        dependencies,
        tickets,
        SellerLock::shared(),
        settings,
    )
}

fn new_sale(shop: &Shop, units: usize, clock: &Arc<dyn Clock>) -> Result<NewSale, Failure> {
    let now = clock.now();
    Ok(NewSale {
        sku: shop.skus[0],
        title: "First flush".into(),
        price: Money::new(999)?,
        total: units.try_into()?,
        per_user_limit: 1,
        starts_at: now,
        ends_at: now.plus(Duration::from_hours(1)),
        rehearsal: false,
    })
}
