//! Bulk creation of orders in every status, for rehearsals and measurements.

mod draft;
mod store;

use std::time::Duration;

use stampede_catalog::bulk::{SeedSku, skus_on_sale};
use stampede_kernel::{MoneyOutOfRange, Timestamp, UserId};
use stampede_payment::{WalletError, bulk::payers};
use stampede_persistence::{Conflict, Database, retrying};

/// Orders per transaction: enough to be fast, few enough not to disturb a running
/// shop.
const SLICE: u64 = 2_000;
/// The largest number of buyers and products that the orders use.
const MOST: u64 = 20_000;

/// The error of a bulk creation.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// There are no users.
    #[error("orders need users")]
    NoBuyers,
    /// There are no products on sale.
    #[error("orders need products on sale")]
    NoWares,
    /// An amount is out of the range of money.
    #[error(transparent)]
    Money(#[from] MoneyOutOfRange),
    /// The payments could not be written.
    #[error(transparent)]
    Wallet(#[from] WalletError),
    /// The database failed; what earlier slices wrote stays.
    #[error("the orders could not be written")]
    Database(#[from] sea_orm::DbErr),
}

impl Conflict for BulkError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Wallet(error) => error.is_conflict(),
            Self::Database(error) => error.is_conflict(),
            Self::NoBuyers | Self::NoWares | Self::Money(_) => false,
        }
    }
}

/// Users and products that orders are made of.
struct Market {
    buyers: Vec<UserId>,
    wares: Vec<SeedSku>,
    /// The time of the newest orders.
    at: Timestamp,
    pay_within: Duration,
}

/// Creates `count` orders of the shop's users and products, spread over the year
/// before `at`; the newest hundredth is unpaid. Stock and balances do not change:
/// each slice begins with the deliveries and top-ups that its orders need. No mails
/// are sent.
///
/// # Errors
///
/// [`BulkError::NoBuyers`], [`BulkError::NoWares`].
pub async fn orders(
    db: &Database,
    count: u64,
    at: Timestamp,
    pay_within: Duration,
) -> Result<(), BulkError> {
    let market = Market {
        buyers: payers(db, MOST).await?,
        wares: skus_on_sale(db, MOST).await?,
        at,
        pay_within,
    };
    if market.buyers.is_empty() {
        return Err(BulkError::NoBuyers);
    }
    if market.wares.is_empty() {
        return Err(BulkError::NoWares);
    }
    let mut done = 0;
    while done < count {
        let slice = done..count.min(done + SLICE);
        let drafts = market.drafts(slice.clone(), count)?;
        retrying(|| store::write(db, &drafts, at)).await?;
        done = slice.end;
    }
    Ok(())
}
