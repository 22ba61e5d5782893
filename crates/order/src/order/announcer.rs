//! The worker that announces the orders of a sale: a mail for each buyer who can get mail,
//! and an event for each order if somebody listens.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DbErr;
use stampede_kernel::{Clock, OrderId};
use stampede_persistence::account::reachable;
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::job::{
    self, BookedOrders, JobError, OrderEvent, OrderMail, Payload, Policy, Worker, has_receivers,
};
use stampede_persistence::{Database, retrying};

use super::store::{OrderRecord, buyers, load_ids};
use super::{Order, OrderError, jobs};

/// Announces the orders that a sale has booked. A batch that is announced twice, as after
/// a crash, is mailed twice; its events are delivered once.
pub struct OrderAnnouncer {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl OrderAnnouncer {
    /// Creates the worker.
    pub fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Reads what there is to announce of a batch.
    async fn announcements(&self, batch: &BookedOrders) -> Result<Announcements, JobError> {
        let db = self.db.reader();
        let buyers = buyers(db, &batch.orders).await?;
        let users = buyers.iter().map(|(_, buyer)| *buyer).collect();
        let (reachable, heard) = (reachable(db, users).await?, has_receivers(db).await?);
        let wanted: Vec<OrderId> = (buyers.into_iter())
            .filter(|(_, buyer)| heard || reachable.contains(buyer))
            .map(|(order, _)| order)
            .collect();
        let mut found = Announcements::default();
        for record in load_ids(db, &wanted).await?.into_iter().map(as_placed) {
            if reachable.contains(&record.order.buyer) {
                let mail = jobs::mail(&record, None);
                found.mails.push(mail.map_err(|error| unreadable(&error))?);
            }
            if heard {
                found.events.push(jobs::event(&record.order, batch.at));
            }
        }
        Ok(found)
    }

    async fn push(&self, found: &Announcements) -> Result<(), DbErr> {
        let (tx, now) = (self.db.begin_background().await?, self.clock.now());
        job::push_all(&tx, &found.mails, now).await?;
        job::push_all(&tx, &found.events, now).await?;
        tx.commit().await
    }
}

/// The jobs that a batch leads to.
#[derive(Default)]
struct Announcements {
    mails: Vec<OrderMail>,
    events: Vec<OrderEvent<Order>>,
}

/// An order whose lines cannot be summed stays so: another attempt is of no use.
fn unreadable(error: &OrderError) -> JobError {
    JobError::Permanent(error.to_string())
}

/// The order as it was when it was placed, whatever has become of it since.
fn as_placed(record: OrderRecord) -> OrderRecord {
    let OrderRecord { order, language } = record;
    let order = Order {
        status: OrderStatus::Unpaid,
        tracking: None,
        paid_at: None,
        shipped_at: None,
        completed_at: None,
        cancelled_at: None,
        cancel_reason: None,
        ..order
    };
    OrderRecord { order, language }
}

#[async_trait]
impl Worker for OrderAnnouncer {
    fn kind(&self) -> &'static str {
        BookedOrders::KIND
    }

    /// It needs nothing but the database, which comes back.
    fn policy(&self) -> Policy {
        Policy::FOR_EVER
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let batch: BookedOrders = job::payload(payload)?;
        let found = self.announcements(&batch).await?;
        if !found.mails.is_empty() || !found.events.is_empty() {
            retrying(|| self.push(&found)).await?;
            self.db.wake_workers();
        }
        Ok(())
    }
}
