//! The ledger of redemptions: uses a promotion inside the transaction of an order, and
//! gives it back.

use std::collections::BTreeMap;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{OrderId, Timestamp, UserId};

use crate::evaluate::AppliedPromotion;
use crate::{RedemptionError, store};

/// Uses promotions inside the caller's transaction.
///
/// Implementations write through `tx` only, so a rollback gives everything back. The
/// counters of buyers are changed first and those of promotions last, each in ascending
/// order, so that two orders cannot deadlock.
#[async_trait]
pub trait Redemptions: Send + Sync {
    /// Uses each of the promotions once, for one order of a buyer. Call it last: every
    /// order with the same promotion waits for this one to commit.
    ///
    /// # Errors
    ///
    /// [`RedemptionError::Changed`] when one is used up, or its terms are others by now.
    async fn redeem(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        buyer: UserId,
        promotions: &[AppliedPromotion],
        now: Timestamp,
    ) -> Result<(), RedemptionError>;

    /// Gives back what these orders used, each once; orders without promotions are passed
    /// over. The caller has locked the orders.
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        orders: &[OrderId],
        now: Timestamp,
    ) -> Result<(), RedemptionError>;
}

/// The redemptions of the database.
#[derive(Debug, Clone, Copy, Default)]
pub struct DbRedemptions;

#[async_trait]
impl Redemptions for DbRedemptions {
    async fn redeem(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        buyer: UserId,
        promotions: &[AppliedPromotion],
        now: Timestamp,
    ) -> Result<(), RedemptionError> {
        if promotions.is_empty() {
            return Ok(());
        }
        let mut promotions: Vec<_> = promotions.iter().collect();
        promotions.sort_by_key(|promotion| promotion.id);
        let ids: Vec<_> = promotions.iter().map(|promotion| promotion.id).collect();
        store::record(tx, order, buyer, &ids, now).await?;
        for promotion in &promotions {
            let limit = promotion.per_user_limit;
            if !store::take_unit(tx, promotion.id, buyer, limit).await? {
                return Err(RedemptionError::Changed);
            }
        }
        for promotion in &promotions {
            if !store::take_use(tx, promotion.id, promotion.version).await? {
                return Err(RedemptionError::Changed);
            }
        }
        fail_point!("promotion.redeemed");
        Ok(())
    }

    async fn release(
        &self,
        tx: &DatabaseTransaction,
        orders: &[OrderId],
        now: Timestamp,
    ) -> Result<(), RedemptionError> {
        if orders.is_empty() {
            return Ok(());
        }
        let mut buyers = BTreeMap::new();
        let mut promotions = BTreeMap::new();
        for (promotion, buyer) in store::mark_released(tx, orders, now).await? {
            *buyers.entry((promotion, buyer)).or_insert(0_i64) += 1;
            *promotions.entry(promotion).or_insert(0_i64) += 1;
        }
        for ((promotion, buyer), units) in buyers {
            store::give_units(tx, promotion, buyer, units).await?;
        }
        for (promotion, uses) in promotions {
            store::give_uses(tx, promotion, uses).await?;
        }
        fail_point!("promotion.released");
        Ok(())
    }
}
