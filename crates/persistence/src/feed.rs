//! News for every process.
//!
//! A row is written in the transaction of its change and never claimed. Ids
//! become visible out of order, so a tail reads a window behind its cursor
//! again and leaves out what it has seen.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use stampede_kernel::{Clock, Timestamp};

use crate::Database;
use crate::entity::feed;
use crate::hub::{Change, Topic};

/// How often a tail looks.
const POLL: Duration = Duration::from_millis(250);
/// How far behind its cursor a tail looks for late ids.
const LATE_IDS: i64 = 1_000;
/// How late an id may become visible: the longest transaction.
const LATE_TIME: Duration = Duration::from_secs(30);
/// How long news is kept; a tail that was away for longer starts over.
pub const KEPT: Duration = Duration::from_mins(10);

/// Writes one row per key; it becomes news if and only if `tx` commits.
pub async fn tell(
    tx: &impl ConnectionTrait,
    topic: Topic,
    keys: &[i64],
    at: Timestamp,
) -> Result<(), DbErr> {
    let rows = keys.iter().map(|key| feed::ActiveModel {
        topic: Set(topic.as_str().to_owned()),
        key: Set(key.to_string()),
        at: Set(at),
        ..Default::default()
    });
    feed::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// One process's reader of the feed.
pub struct Tail {
    db: Database,
    clock: Arc<dyn Clock>,
    cursor: i64,
    seen: HashSet<i64>,
    last_poll: Timestamp,
}

impl Tail {
    /// A tail that starts at the newest news. To be opened before the caches it
    /// feeds are filled, or a change in between would be missed.
    pub async fn open(db: Database, clock: Arc<dyn Clock>) -> Result<Self, DbErr> {
        let newest = feed::Entity::find()
            .order_by_desc(feed::Column::Id)
            .one(db.reader())
            .await?
            .map_or(0, |row| row.id);
        let last_poll = clock.now();
        let mut tail = Self {
            db,
            clock,
            cursor: newest,
            seen: HashSet::new(),
            last_poll,
        };
        tail.seen = tail.window().await?.iter().map(|row| row.id).collect();
        Ok(tail)
    }

    /// Publishes what has come since the last poll and says how many changes that were.
    ///
    /// # Errors
    ///
    /// When the database cannot be read; the next poll catches up.
    pub async fn poll(&mut self) -> Result<usize, DbErr> {
        let now = self.clock.now();
        if now.since(self.last_poll) > KEPT {
            self.start_over().await?;
            return Ok(1);
        }
        let rows = self.window().await?;
        let window: HashSet<i64> = rows.iter().map(|row| row.id).collect();
        let fresh: Vec<_> = rows
            .into_iter()
            .filter(|row| !self.seen.contains(&row.id))
            .collect();
        for row in &fresh {
            self.publish(row);
            self.cursor = self.cursor.max(row.id);
        }
        self.seen = window;
        self.last_poll = now;
        Ok(fresh.len())
    }

    /// Polls for ever; failures are logged and the next poll catches up.
    pub async fn run(mut self) {
        loop {
            tokio::time::sleep(POLL).await;
            if let Err(error) = self.poll().await {
                tracing::warn!(%error, "the feed could not be read");
            }
        }
    }

    /// What is new, and what may have become visible late.
    async fn window(&self) -> Result<Vec<feed::Model>, DbErr> {
        feed::Entity::find()
            .filter(feed::Column::Id.gt(self.cursor.saturating_sub(LATE_IDS)))
            .filter(feed::Column::At.gt(self.last_poll.minus(LATE_TIME)))
            .order_by_asc(feed::Column::Id)
            .all(self.db.reader())
            .await
    }

    fn publish(&self, row: &feed::Model) {
        if let (Some(topic), Ok(key)) = (Topic::parse(&row.topic), row.key.parse()) {
            self.db.news().publish(&Change::Row(topic, key));
        }
    }

    async fn start_over(&mut self) -> Result<(), DbErr> {
        let fresh = Self::open(self.db.clone(), Arc::clone(&self.clock)).await?;
        *self = fresh;
        self.db.news().publish(&Change::Everything);
        Ok(())
    }
}
