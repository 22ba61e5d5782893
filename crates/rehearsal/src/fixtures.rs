//! Fixtures of a rehearsal: a product that no list shows, users with tokens, and a sale.

use std::time::Duration;

use hyper::header::HeaderValue;
use sea_orm::EntityTrait;
use secrecy::ExposeSecret;
use stampede_catalog::{NewCategory, NewProduct, NewSku, StockMove};
use stampede_kernel::{CategoryId, Money, SaleId, SessionId, SkuId, Timestamp, UserId};
use stampede_persistence::entity::sku;
use stampede_seckill::NewSale;
use stampede_user::{Caller, Role};

use crate::{Options, RehearsalError, Shop};

/// The actor in the audit log: no user has this id.
const REHEARSAL: UserId = UserId(0);
/// Price of one unit, in minor units; no order is paid.
const PRICE: i64 = 100;
/// Time between the creation of the sale and its opening, within which every gateway loads it.
const NOTICE: Duration = Duration::from_secs(3);
/// Time that the sale stays open after the last claim, for claims that are asked again.
const GRACE: Duration = Duration::from_mins(10);

/// The fixtures created so far; absent ones need no removal.
#[derive(Debug)]
pub(crate) struct Fixtures {
    /// The run id, which is part of the name of every fixture.
    pub(crate) run: String,
    /// The users.
    pub(crate) shoppers: Vec<UserId>,
    /// The sale.
    pub(crate) sale: Option<SaleId>,
    sku: Option<SkuId>,
}

impl Fixtures {
    /// No fixtures, with a random run id.
    pub(crate) fn new() -> Self {
        let (random, ..) = uuid::Uuid::new_v4().as_fields();
        Self {
            run: format!("{random:08x}"),
            shoppers: Vec::new(),
            sale: None,
            sku: None,
        }
    }

    /// The id of the sale.
    ///
    /// # Errors
    ///
    /// [`RehearsalError::Other`] before it is created.
    pub(crate) fn sale_id(&self) -> Result<SaleId, RehearsalError> {
        let none = || RehearsalError::Other("no sale was announced".to_owned());
        self.sale.ok_or_else(none)
    }

    /// Creates the product and the users.
    ///
    /// # Errors
    ///
    /// [`RehearsalError`]; the fixtures created until then are recorded and can be removed.
    pub(crate) async fn create(
        &mut self,
        shop: &Shop,
        options: &Options,
    ) -> Result<(), RehearsalError> {
        self.sku = Some(create_product(shop, &self.run, options.stock.into()).await?);
        let accounts = &shop.users.accounts;
        self.shoppers = accounts
            .create_rehearsal_users(&self.run, options.users.into())
            .await?;
        Ok(())
    }

    /// The `Authorization` header of each user, in their order.
    ///
    /// # Errors
    ///
    /// When the operating system has no random numbers.
    pub(crate) fn tokens(&self, shop: &Shop) -> Result<Vec<HeaderValue>, RehearsalError> {
        let issued = shop.clock.now();
        let sign = |user: &UserId| {
            let caller = Caller {
                user: *user,
                session: SessionId::new(),
                role: Role::Customer,
                rehearsal: true,
            };
            let token = shop.users.tokens.sign(&caller, issued)?;
            let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
                .map_err(|error| RehearsalError::Other(error.to_string()))?;
            bearer.set_sensitive(true);
            Ok(bearer)
        };
        self.shoppers.iter().map(sign).collect()
    }

    /// Creates the sale and returns its start.
    ///
    /// # Errors
    ///
    /// [`RehearsalError::Sale`].
    pub(crate) async fn create_sale(
        &mut self,
        shop: &Shop,
        options: &Options,
        lasts: Duration,
    ) -> Result<Timestamp, RehearsalError> {
        let starts_at = shop.clock.now().plus(NOTICE);
        let sale = NewSale {
            sku: self.sku.unwrap_or(SkuId(0)),
            title: format!("Rehearsal {}", self.run),
            price: Money::new(PRICE).unwrap_or_default(),
            total: options.stock.into(),
            per_user_limit: options.limit.into(),
            starts_at,
            ends_at: starts_at.plus(lasts + GRACE),
            rehearsal: true,
        };
        let sale = shop.sales.create(REHEARSAL, sale).await?;
        self.sale = Some(sale.id);
        Ok(sale.starts_at)
    }

    /// Cancels the sale and its unpaid orders, removes the stock and bans the users. Returns
    /// the number of cancelled orders.
    ///
    /// # Errors
    ///
    /// [`RehearsalError`]; unpaid orders then expire by themselves, and no one can log in as
    /// one of the users.
    pub(crate) async fn remove(&self, shop: &Shop) -> Result<u64, RehearsalError> {
        let mut cancelled = 0;
        if let Some(sale) = self.sale {
            // First: what comes back afterwards is the SKU's, and is sold to nobody.
            shop.sales.cancel(REHEARSAL, sale).await?;
            cancelled = shop.orders.cancel_sale_orders(sale).await?;
        }
        if let Some(sku) = self.sku {
            remove_stock(shop, sku).await?;
        }
        shop.users
            .accounts
            .ban_rehearsal_users(&self.shoppers)
            .await?;
        Ok(cancelled)
    }
}

/// Creates a product that is not on sale, so that no list and no search shows it.
async fn create_product(shop: &Shop, run: &str, units: i64) -> Result<SkuId, RehearsalError> {
    let product = NewProduct {
        name: format!("Rehearsal {run}"),
        title: String::new(),
        info: String::new(),
        translations: std::collections::BTreeMap::new(),
        category_id: any_category(shop).await?,
        on_sale: false,
        skus: vec![NewSku {
            tax_rate: None,
            options: std::collections::BTreeMap::new(),
            price: Money::new(PRICE).unwrap_or_default(),
            discount_price: None,
            num: units,
        }],
        images: Vec::new(),
    };
    let made = shop.products.create(REHEARSAL, product).await?;
    let sku = made.product.skus.first().map(|sku| sku.id);
    sku.ok_or_else(|| RehearsalError::Other("the product has no SKU".to_owned()))
}

/// Any category; created if there is none.
async fn any_category(shop: &Shop) -> Result<CategoryId, RehearsalError> {
    let categories = &shop.categories;
    if let Some(first) = categories.categories().await?.first() {
        return Ok(first.id);
    }
    let category = NewCategory {
        name: "Rehearsals".to_owned(),
        translations: None,
        parent_id: None,
        image: None,
    };
    Ok(categories.create(REHEARSAL, category).await?.id)
}

async fn remove_stock(shop: &Shop, sku: SkuId) -> Result<(), RehearsalError> {
    let row = sku::Entity::find_by_id(sku).one(shop.db.reader()).await?;
    let left = row.map_or(0, |row| row.num);
    if left > 0 {
        let movement = StockMove {
            sku,
            delta: -left,
            reason: "rehearsal over".to_owned(),
        };
        let stock = &shop.stock;
        stock.move_stock(REHEARSAL, movement, None).await?;
    }
    Ok(())
}
