//! The flash sales of the demo shop: one is always running or scheduled.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::RelationDef;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use stampede_gateway::Shop;
use stampede_kernel::{Clock, Money, UserId};
use stampede_persistence::Database;
use stampede_persistence::entity::user::Role;
use stampede_persistence::entity::{product, sku, user};
use stampede_seckill::{NewSale, Sale, SaleError, SaleService, SaleStatus, Sales};

/// Time between creation and start of a sale: enough to open a second terminal.
const NOTICE: Duration = Duration::from_mins(2);
const LASTS: Duration = Duration::from_mins(5);
/// How often the task looks whether the next sale is due.
const EVERY: Duration = Duration::from_secs(2);
/// Units of each sale.
const UNITS: i64 = 20;

/// The task that creates the next sale when the last one is over.
#[derive(Clone)]
pub(crate) struct DemoSales {
    sales: Arc<Sales>,
    db: Database,
    clock: Arc<dyn Clock>,
}

impl DemoSales {
    /// The demo sales of `shop`.
    pub(crate) fn of(shop: &Shop) -> Self {
        Self {
            sales: Arc::clone(&shop.seckill.sales),
            db: shop.db.clone(),
            clock: Arc::clone(&shop.clock),
        }
    }

    /// Runs for ever.
    pub(crate) async fn run(self) {
        let Self { sales, db, clock } = self;
        loop {
            if sales.sells()
                && let Err(error) = next(&sales, &db, clock.as_ref()).await
            {
                tracing::debug!(%error, "the demo's next sale could not be made");
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

/// The running or next sale of the demo shop, created if there is none, for the greeting;
/// `None` in a shop that is no demo.
pub(crate) async fn announced(shop: &Shop) -> Option<Sale> {
    if !shop.settings.demo {
        return None;
    }
    let sales = &shop.seckill.sales;
    sales.maintain().await;
    if sales.sells()
        && let Err(error) = next(sales, &shop.db, shop.clock.as_ref()).await
    {
        tracing::warn!(%error, "the demo's first sale could not be made");
    }
    coming(sales).await.ok().flatten()
}

async fn coming(sales: &Sales) -> Result<Option<Sale>, SaleError> {
    let over = |status| matches!(status, SaleStatus::Ended | SaleStatus::Cancelled);
    let mut all = sales.sales().await?.into_iter();
    Ok(all.find(|sale| !over(sale.status)))
}

async fn next(sales: &Sales, db: &Database, clock: &dyn Clock) -> Result<(), SaleError> {
    if coming(sales).await?.is_some() {
        return Ok(());
    }
    let (Some(admin), Some(goods)) = (admin(db).await?, goods(db).await?) else {
        return Ok(());
    };
    let price = goods.discount_price.unwrap_or(goods.price).minor() / 2;
    let starts_at = clock.now().plus(NOTICE);
    let sale = NewSale {
        sku: goods.id,
        title: "Half price, while they last".to_owned(),
        price: Money::new(price.max(1)).unwrap_or(goods.price),
        total: UNITS,
        per_user_limit: 1,
        starts_at,
        ends_at: starts_at.plus(LASTS),
        rehearsal: false,
    };
    let sale = sales.create(admin, sale).await?;
    tracing::info!(sale = sale.id.0, starts_at = %starts_at.to_rfc3339(), "the demo's next sale");
    Ok(())
}

async fn admin(db: &Database) -> Result<Option<UserId>, DbErr> {
    let admin = user::Entity::find()
        .filter(user::Column::Role.eq(Role::Admin))
        .order_by_asc(user::Column::Id)
        .one(db.reader())
        .await?;
    Ok(admin.map(|row| row.id))
}

/// The SKU with the largest stock.
async fn goods(db: &Database) -> Result<Option<sku::Model>, DbErr> {
    let of_product: RelationDef = sku::Entity::belongs_to(product::Entity)
        .from(sku::Column::ProductId)
        .to(product::Column::Id)
        .into();
    sku::Entity::find()
        .join(JoinType::InnerJoin, of_product)
        .filter(product::Column::OnSale.eq(true))
        .filter(sku::Column::Num.gte(UNITS))
        .order_by_desc(sku::Column::Num)
        .order_by_asc(sku::Column::Id)
        .one(db.reader())
        .await
}
