//! The sale service: administration and public views of sales.

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::DatabaseTransaction;
use serde_json::{Value, json};
use stampede_catalog::{StockCause, StockLine};
use stampede_kernel::{
    Cursor, FieldError, Money, Page, PageSize, ProductId, SaleId, SkuId, Timestamp, UserId,
};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::sale;
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::{Change, Topic, feed, retrying};

use super::model::{check_list_price, check_sum, check_window};
use super::release::{RETURNED, reference};
use super::{NewSale, Sale, SaleChange, SaleConversion, SaleError, SaleStatus, store};
use crate::config::Config;
use crate::gate::{Epoch, Taken};
use crate::sales::{GRACE, PREHEAT, Sales};
use crate::watch::SaleSnapshot;

/// Closed sales in the public list.
const PAST: u64 = 20;
/// The reason in the stock journal for units that go into a sale.
const GIVEN: &str = "sale";

/// Sales: public views, and changes by admins.
#[async_trait]
pub trait SaleService: Send + Sync {
    /// Lists running and scheduled sales by their start, then the most recently
    /// closed ones.
    async fn sales(&self) -> Result<Vec<Sale>, SaleError>;

    /// Lists all sales, newest first, those that are long over too.
    async fn all(&self, size: PageSize, cursor: Option<Cursor>) -> Result<Page<Sale>, SaleError>;

    /// Reads the last `limit` sales whose window overlaps the time from `since` on, with
    /// the units of their claims.
    async fn conversions(
        &self,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<SaleConversion>, SaleError>;

    /// Reads a sale, with the units left at the gate.
    async fn sale(&self, id: SaleId) -> Result<Sale, SaleError>;

    /// Returns the live view: statistics of this process's claims, and whether
    /// gate and database agree.
    async fn live(&self, id: SaleId) -> Result<SaleSnapshot, SaleError>;

    /// Creates a sale, and takes its units from the SKU's stock at once.
    async fn create(&self, admin: UserId, new: NewSale) -> Result<Sale, SaleError>;

    /// Changes a sale, also while it runs: claims that are not committed yet
    /// are judged again by the new terms.
    async fn change(
        &self,
        admin: UserId,
        id: SaleId,
        change: SaleChange,
    ) -> Result<Sale, SaleError>;

    /// Pauses a sale until it is resumed. Idempotent.
    async fn pause(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError>;

    /// Resumes a paused sale. Idempotent.
    async fn resume(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError>;

    /// Cancels a sale for good. Units that are not taken return to the SKU, and
    /// existing orders stay.
    async fn cancel(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError>;
}

#[async_trait]
impl SaleService for Sales {
    async fn sales(&self) -> Result<Vec<Sale>, SaleError> {
        let within = self.context.settings.look_within;
        let read = || async {
            let rows = store::list(self.context.db.reader(), PAST).await?;
            Ok::<_, SaleError>(Arc::new(self.context.configs(rows).await?))
        };
        let configs = self.listed.get(within, |_| true, read).await?;
        let sales = configs.iter().map(|config| self.shown(config));
        futures::future::try_join_all(sales).await
    }

    async fn all(&self, size: PageSize, cursor: Option<Cursor>) -> Result<Page<Sale>, SaleError> {
        self.page(size, cursor.as_ref()).await
    }

    async fn conversions(
        &self,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<SaleConversion>, SaleError> {
        self.conversions_since(since, limit).await
    }

    async fn sale(&self, id: SaleId) -> Result<Sale, SaleError> {
        let queue = self.queue(id).await?;
        let config = queue.config().await?;
        self.shown(&config).await
    }

    async fn live(&self, id: SaleId) -> Result<SaleSnapshot, SaleError> {
        let queue = self.queue(id).await?;
        let config = queue.config().await?;
        queue.snapshot(&config).await
    }

    async fn create(&self, admin: UserId, new: NewSale) -> Result<Sale, SaleError> {
        new.check(self.context.time_of(SaleId(0)).await)?;
        self.check_list_price(new.sku, new.price).await?;
        let id = retrying(|| self.create_once(admin, &new)).await?;
        self.edited(id, Some(store::FIRST)).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: SaleId,
        change: SaleChange,
    ) -> Result<Sale, SaleError> {
        change.check()?;
        if let Some(price) = change.price {
            let row = store::sale(self.context.db.reader(), id).await?;
            let (row, _) = row.ok_or(SaleError::NotFound)?;
            self.check_list_price(row.sku_id, price).await?;
        }
        let at = self.context.time_of(id).await;
        let epoch = retrying(|| self.change_once(admin, id, &change, at)).await?;
        self.edited(id, epoch).await
    }

    async fn pause(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError> {
        let epoch = retrying(|| self.rest_once(admin, id, SaleState::Paused)).await?;
        self.edited(id, epoch).await
    }

    async fn resume(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError> {
        let epoch = retrying(|| self.rest_once(admin, id, SaleState::Open)).await?;
        self.edited(id, epoch).await
    }

    async fn cancel(&self, admin: UserId, id: SaleId) -> Result<Sale, SaleError> {
        let at = self.context.time_of(id).await;
        retrying(|| self.end_once(id, Some(admin), at)).await?;
        self.made(id).await
    }
}

impl Sales {
    /// Closes a sale that has ended at `at`, a time of the gate's clock.
    /// Idempotent.
    pub(crate) async fn close(&self, id: SaleId, at: Timestamp) -> Result<(), SaleError> {
        retrying(|| self.end_once(id, None, at)).await?;
        self.context.changed(id);
        self.stock_moved(id).await
    }

    /// Checks the price against the list price, since a higher price is a
    /// typing error. The list price may fall below it afterwards.
    async fn check_list_price(&self, sku: SkuId, price: Money) -> Result<(), SaleError> {
        let offers = self.context.dependencies.offers.offers(&[sku]).await?;
        let offer = offers.first().ok_or(SaleError::SkuNotFound)?;
        Ok(check_list_price(price, offer.sku.price)?)
    }

    async fn create_once(&self, admin: UserId, new: &NewSale) -> Result<SaleId, SaleError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let id = store::insert(&tx, new, now).await?;
        let line = StockLine {
            sku: new.sku,
            units: new.total,
        };
        self.take_stock(&tx, id, line, new.rehearsal, now).await?;
        let detail = json!(new);
        self.record(tx, admin, "sale.create", id, detail, now)
            .await?;
        Ok(id)
    }

    async fn change_once(
        &self,
        admin: UserId,
        id: SaleId,
        change: &SaleChange,
        at: Timestamp,
    ) -> Result<Option<Epoch>, SaleError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let (mut row, epoch) = fenced(&tx, id).await?;
        apply(&mut row, change, at)?;
        if store::most_units(&tx, id).await? > row.per_user_limit {
            return Err(SaleError::BelowTaken);
        }
        store::update(&tx, &row).await?;
        if let Some(total) = change.total {
            self.resize(&tx, &row, total, now).await?;
        }
        self.record(tx, admin, "sale.change", id, json!(change), now)
            .await?;
        Ok(Some(epoch))
    }

    async fn rest_once(
        &self,
        admin: UserId,
        id: SaleId,
        state: SaleState,
    ) -> Result<Option<Epoch>, SaleError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let (mut row, epoch) = fenced(&tx, id).await?;
        if row.state == state {
            tx.rollback().await?;
            return Ok(None);
        }
        row.state = state;
        row.config_version += 1;
        store::update(&tx, &row).await?;
        let action = match state {
            SaleState::Paused => "sale.pause",
            SaleState::Open | SaleState::Cancelled => "sale.resume",
        };
        self.record(tx, admin, action, id, json!({}), now).await?;
        Ok(Some(epoch))
    }

    /// Closes a sale: begins an epoch, so that nothing commits any more, and
    /// returns the units that are not taken to the SKU. With `admin` the sale
    /// is cancelled, else it has ended. Idempotent. `at` is a time of the
    /// gate's clock, since a process whose clock is ahead must not end the
    /// sale.
    async fn end_once(
        &self,
        id: SaleId,
        admin: Option<UserId>,
        at: Timestamp,
    ) -> Result<(), SaleError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let mut row = match fenced(&tx, id).await {
            Ok((row, _)) => row,
            Err(SaleError::Over) => {
                let state = store::sale(&tx, id).await?.map(|(row, _)| row.state);
                tx.rollback().await?;
                return match state {
                    Some(SaleState::Cancelled) => Ok(()),
                    Some(_) if admin.is_none() => Ok(()),
                    _ => Err(SaleError::Over),
                };
            }
            Err(error) => return Err(error),
        };
        if admin.is_none() && at < row.ends_at.plus(GRACE) {
            // An edit has postponed the end, and this process had not
            // read it.
            tx.rollback().await?;
            return Ok(());
        }
        let stock = store::stock(&tx, id).await?.ok_or(SaleError::NotFound)?;
        store::close(&tx, id, at).await?;
        let unsold = stock.total - stock.taken;
        self.return_stock(&tx, id, row.sku_id, unsold, now).await?;
        fail_point!("sale.closing");
        let Some(admin) = admin else {
            feed::append(&tx, Topic::Sale, &[id.0], now).await?;
            return Ok(tx.commit().await?);
        };
        row.state = SaleState::Cancelled;
        store::update(&tx, &row).await?;
        let detail = json!({ "unsold": unsold });
        self.record(tx, admin, "sale.cancel", id, detail, now).await
    }

    /// Changes the total units; the difference is taken from the SKU's stock or
    /// returned to it.
    async fn resize(
        &self,
        tx: &DatabaseTransaction,
        row: &sale::Model,
        total: i64,
        now: Timestamp,
    ) -> Result<(), SaleError> {
        let stock = store::stock(tx, row.id).await?.ok_or(SaleError::NotFound)?;
        if !store::set_total(tx, row.id, total).await? {
            return Err(SaleError::BelowTaken);
        }
        let more = total - stock.total;
        if more > 0 {
            let line = StockLine {
                sku: row.sku_id,
                units: more,
            };
            self.take_stock(tx, row.id, line, row.rehearsal, now).await
        } else {
            self.return_stock(tx, row.id, row.sku_id, -more, now).await
        }
    }

    /// Takes the units from the SKU's stock. The product of a rehearsal need
    /// not be on sale.
    async fn take_stock(
        &self,
        tx: &DatabaseTransaction,
        sale: SaleId,
        line: StockLine,
        rehearsal: bool,
        at: Timestamp,
    ) -> Result<(), SaleError> {
        let reference = reference(sale);
        let cause = StockCause {
            reason: GIVEN,
            reference: &reference,
            at,
        };
        let stock = &self.context.dependencies.stock;
        if rehearsal {
            stock.withdraw(tx, line, cause).await?;
        } else {
            stock.reserve(tx, &[line], cause).await?;
        }
        Ok(())
    }

    async fn return_stock(
        &self,
        tx: &DatabaseTransaction,
        sale: SaleId,
        sku: SkuId,
        units: i64,
        at: Timestamp,
    ) -> Result<(), SaleError> {
        if units == 0 {
            return Ok(());
        }
        let reference = reference(sale);
        let cause = StockCause {
            reason: RETURNED,
            reference: &reference,
            at,
        };
        let line = StockLine { sku, units };
        self.context
            .dependencies
            .stock
            .release(tx, &[line], cause)
            .await?;
        Ok(())
    }

    /// Ends the transaction of an admin: audit log, change event, commit.
    async fn record(
        &self,
        tx: DatabaseTransaction,
        admin: UserId,
        action: &'static str,
        sale: SaleId,
        detail: Value,
        at: Timestamp,
    ) -> Result<(), SaleError> {
        let act = AuditEntry {
            actor: Some(admin),
            action,
            target: reference(sale),
            detail: detail.to_string(),
        };
        audit_log::write(&tx, act, at).await?;
        feed::append(&tx, Topic::Sale, &[sale.0], at).await?;
        Ok(tx.commit().await?)
    }

    /// Loads the epoch that a create or an edit has begun, so that the next
    /// claim need not wait for it. A process that does not sell leaves that to
    /// the seller.
    async fn edited(&self, id: SaleId, epoch: Option<Epoch>) -> Result<Sale, SaleError> {
        if let Some(epoch) = epoch
            && self.seller_lock.sells()
        {
            self.context.load(id, epoch).await;
        }
        self.made(id).await
    }

    async fn made(&self, id: SaleId) -> Result<Sale, SaleError> {
        self.context.changed(id);
        self.stock_moved(id).await?;
        let queue = self.queue(id).await?;
        let config = queue.config().await?;
        self.shown(&config).await
    }

    /// Publishes a change of the SKU's stock in this process, so that its
    /// caches are refreshed.
    async fn stock_moved(&self, id: SaleId) -> Result<(), SaleError> {
        let config = self.queue(id).await?.config().await?;
        let ProductId(product) = config.line.product;
        let change = Change::Row(Topic::Stock, product);
        self.context.db.changes().publish(&change);
        Ok(())
    }

    pub(super) async fn shown(&self, config: &Config) -> Result<Sale, SaleError> {
        let (mut taken, mut left) = (None, config.total - config.taken);
        let loaded = config.starts_at <= self.context.recent_time().plus(PREHEAT);
        if config.closed_at.is_none() && loaded {
            let queue = self.queue(config.id).await?;
            taken = queue.cached_answer(config.epoch).await;
            if taken.is_none() {
                left = queue.cached_left().await?;
            }
        }
        let now = self.context.clock.now();
        Ok(sale(config, taken.as_ref(), left, now))
    }
}

/// Begins the next epoch of a sale that is not closed, and returns its row.
async fn fenced(tx: &DatabaseTransaction, id: SaleId) -> Result<(sale::Model, Epoch), SaleError> {
    let fenced = store::fence(tx, id).await?;
    let (row, stock) = store::sale(tx, id).await?.ok_or(SaleError::NotFound)?;
    if fenced {
        Ok((row, Epoch(stock.epoch)))
    } else {
        Err(SaleError::Over)
    }
}

fn apply(row: &mut sale::Model, change: &SaleChange, now: Timestamp) -> Result<(), SaleError> {
    let begun = row.starts_at <= now;
    if begun && change.starts_at.is_some_and(|at| at != row.starts_at) {
        let detail = "the sale has begun";
        return Err(FieldError::new("starts_at", "begun", detail).into());
    }
    row.title = change.title.clone().unwrap_or_else(|| row.title.clone());
    row.price = change.price.unwrap_or(row.price);
    row.per_user_limit = change.per_user_limit.unwrap_or(row.per_user_limit);
    row.starts_at = change.starts_at.unwrap_or(row.starts_at);
    if let Some(ends_at) = change.ends_at {
        row.ends_at = ends_at;
    }
    row.config_version += 1;
    if change.price.is_some() || change.per_user_limit.is_some() {
        check_sum(row.price, row.per_user_limit)?;
    }
    if change.starts_at.is_some() || change.ends_at.is_some() {
        check_window(row.starts_at, row.ends_at, now)?;
    }
    Ok(())
}

/// Builds the public view of a sale. `left` is the database's number, used when the
/// gate did not answer.
fn sale(config: &Config, taken: Option<&Taken>, left: i64, now: Timestamp) -> Sale {
    let now = taken.map_or(now, |taken| taken.now);
    let left = match (config.closed_at, taken) {
        (Some(_), _) => 0,
        (None, Some(taken)) => taken.left,
        (None, None) => left,
    };
    Sale {
        id: config.id,
        sku: config.sku(),
        product: config.line.product,
        title: config.title.clone(),
        price: config.line.unit_price,
        list_price: config.list_price,
        total: config.total,
        left,
        per_user_limit: config.limit,
        starts_at: config.starts_at,
        ends_at: config.ends_at,
        status: status(config, left, now),
        now,
    }
}

fn status(config: &Config, left: i64, now: Timestamp) -> SaleStatus {
    match config.state {
        SaleState::Cancelled => SaleStatus::Cancelled,
        _ if config.closed_at.is_some() || now >= config.ends_at => SaleStatus::Ended,
        SaleState::Paused => SaleStatus::Paused,
        SaleState::Open if now < config.starts_at => SaleStatus::Scheduled,
        SaleState::Open if left <= 0 => SaleStatus::SoldOut,
        SaleState::Open => SaleStatus::Live,
    }
}
