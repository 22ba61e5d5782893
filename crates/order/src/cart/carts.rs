//! The cart service on the database.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use stampede_catalog::{Offer, Offers};
use stampede_kernel::{Clock, FieldError, Money, SkuId, UserId};
use stampede_persistence::account::lock_active;
use stampede_persistence::entity::cart_item;
use stampede_persistence::{Database, retrying};

use super::{Cart, CartError, CartItem, CartService, store};

/// The largest number of lines of a cart.
const MAX_LINES: u64 = 100;
/// The largest number of units of a line.
const MAX_NUM: i64 = 99;

/// The carts of the database.
#[derive(Clone)]
pub struct DbCarts {
    db: Database,
    clock: Arc<dyn Clock>,
    offers: Arc<dyn Offers>,
}

impl DbCarts {
    /// Carts of this database, priced by `offers`.
    pub fn new(db: Database, clock: Arc<dyn Clock>, offers: Arc<dyn Offers>) -> Self {
        Self { db, clock, offers }
    }

    /// Sets the units of a line. The owner's row is locked, so that two
    /// requests cannot both pass the limit of lines, and an order of the whole
    /// cart misses no line.
    ///
    /// The units of a line that is off sale can only be lowered.
    async fn put_once(
        &self,
        owner: UserId,
        sku: SkuId,
        num: i64,
        on_sale: bool,
    ) -> Result<(), CartError> {
        let tx = self.db.begin_write().await?;
        if !lock_active(&tx, owner).await? {
            return Err(CartError::Banned);
        }
        if num == 0 {
            store::remove(&tx, owner, sku).await?;
        } else if !on_sale {
            if !store::lower(&tx, owner, sku, num).await? {
                return Err(CartError::NotFound);
            }
        } else if !store::set(&tx, owner, sku, num).await? {
            if store::count(&tx, owner).await? >= MAX_LINES {
                return Err(CartError::TooManyLines);
            }
            store::insert(&tx, owner, sku, num, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn clear_once(&self, owner: UserId) -> Result<(), CartError> {
        let tx = self.db.begin_write().await?;
        if !lock_active(&tx, owner).await? {
            return Err(CartError::Banned);
        }
        store::clear(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn is_on_sale(&self, sku: SkuId) -> Result<bool, CartError> {
        let offers = self.offers.offers(&[sku]).await?;
        Ok(offers.first().is_some_and(|offer| offer.on_sale))
    }
}

#[async_trait]
impl CartService for DbCarts {
    async fn cart(&self, owner: UserId) -> Result<Cart, CartError> {
        let lines = store::lines(self.db.reader(), owner).await?;
        let skus: Vec<_> = lines.iter().map(|line| line.sku_id).collect();
        let offers = match skus.as_slice() {
            [] => Vec::new(),
            skus => self.offers.offers(skus).await?,
        };
        price(&lines, offers)
    }

    async fn put(&self, owner: UserId, sku: SkuId, num: i64) -> Result<Cart, CartError> {
        if !(0..=MAX_NUM).contains(&num) {
            let detail = format!("must be between 0 and {MAX_NUM}");
            return Err(FieldError::new("num", "out_of_range", detail).into());
        }
        let on_sale = num > 0 && self.is_on_sale(sku).await?;
        retrying(|| self.put_once(owner, sku, num, on_sale)).await?;
        self.cart(owner).await
    }

    async fn clear(&self, owner: UserId) -> Result<(), CartError> {
        retrying(|| self.clear_once(owner)).await
    }
}

/// Prices the lines with the current offers.
fn price(lines: &[cart_item::Model], offers: Vec<Offer>) -> Result<Cart, CartError> {
    let mut offers: HashMap<_, _> = offers
        .into_iter()
        .map(|offer| (offer.sku.id, offer))
        .collect();
    let items: Vec<_> = lines
        .iter()
        .filter_map(|line| Some(item(line.num, offers.remove(&line.sku_id)?)))
        .collect();
    let total = items
        .iter()
        .filter(|item| item.available)
        .try_fold(Money::ZERO, |sum, item| {
            sum.plus(item.sku.pay_price().times(item.num)?)
        })?;
    Ok(Cart { items, total })
}

fn item(num: i64, offer: Offer) -> CartItem {
    CartItem {
        available: offer.on_sale && offer.sku.num >= num,
        product: offer.sku.product_id,
        sku: offer.sku,
        name: offer.product_name,
        names: offer.names,
        cover: offer.cover,
        num,
    }
}

impl std::fmt::Debug for DbCarts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbCarts").finish_non_exhaustive()
    }
}
