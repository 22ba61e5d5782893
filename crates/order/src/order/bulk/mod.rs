//! Many orders at once, in every status, for rehearsals and measurements.

mod draft;
mod store;

use std::time::Duration;

use stampede_catalog::bulk::{SeedSku, skus_on_sale};
use stampede_kernel::{MoneyOutOfRange, Timestamp, UserId};
use stampede_payment::{WalletError, bulk::payers};
use stampede_persistence::{Conflict, Database, retrying};

/// Orders per transaction: long enough to be fast, short enough that a shop
/// that is open meanwhile does not notice.
const SLICE: u64 = 2_000;
/// Buyers and products that the orders are spread over, at most.
const MOST: u64 = 20_000;

/// Why orders could not be made in bulk.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// Nobody can buy.
    #[error("orders need users")]
    NoBuyers,
    /// Nothing can be bought.
    #[error("orders need products on sale")]
    NoWares,
    /// A sum is beyond what money can be.
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

/// Who buys what.
struct Market {
    buyers: Vec<UserId>,
    wares: Vec<SeedSku>,
    /// Now.
    at: Timestamp,
    pay_within: Duration,
}

/// Makes `count` orders of the shop's users for the shop's products, spread over
/// the year before `at`; the youngest hundredth is unpaid. Stock and wallets are
/// left with what they had: each slice begins with the deliveries and top-ups
/// that its orders need. No mails are sent.
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
