//! The change feed: a table through which every process learns of the changes of all
//! others.
//!
//! A row is written in the transaction of its change and never claimed. Ids become
//! visible out of order, so a tail remembers the ids below its cursor that it has not
//! seen, and asks for them again until no transaction can last that long.

mod gaps;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use stampede_kernel::{Clock, Timestamp};

use self::gaps::Gaps;
use crate::Database;
use crate::change_bus::{Change, Topic};
use crate::entity::feed;

/// How often a tail polls.
const POLL: Duration = Duration::from_millis(250);
/// How late an id may become visible: the duration of the longest transaction.
const LATE: Duration = Duration::from_mins(2);
/// Rows that one statement reads.
const PAGE: u64 = 5_000;
/// How long rows are kept; a tail that was away for longer starts over.
pub const RETENTION: Duration = Duration::from_mins(10);

/// Appends one row per key; other processes see it if and only if `tx` commits.
pub async fn append(
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

/// The feed's reader in one process.
pub struct Tail {
    db: Database,
    clock: Arc<dyn Clock>,
    cursor: i64,
    gaps: Gaps,
    last_poll: Timestamp,
}

impl Tail {
    /// Opens a tail at the end of the feed. Open it before the caches that it feeds are
    /// filled, or a change in between would be missed.
    pub async fn open(db: Database, clock: Arc<dyn Clock>) -> Result<Self, DbErr> {
        let now = clock.now();
        let newest = first(&db, feed::Entity::find().order_by_desc(feed::Column::Id)).await?;
        let mut gaps = Gaps::default();
        let recent: Vec<i64> = feed::Entity::find()
            .select_only()
            .column(feed::Column::Id)
            .filter(feed::Column::At.gt(now.minus(LATE)))
            .order_by_asc(feed::Column::Id)
            .into_tuple()
            .all(db.reader())
            .await?;
        if let Some(oldest) = recent.first() {
            let before = feed::Entity::find()
                .filter(feed::Column::Id.lt(*oldest))
                .order_by_desc(feed::Column::Id);
            let mut behind = first(&db, before).await?.unwrap_or(0);
            for id in recent {
                gaps.open(behind + 1, id - 1, now);
                behind = id;
            }
        }
        Ok(Self {
            db,
            clock,
            cursor: newest.unwrap_or(0),
            gaps,
            last_poll: now,
        })
    }

    /// Publishes the rows that are new since the last poll and returns their number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read; the next poll catches up.
    pub async fn poll(&mut self) -> Result<usize, DbErr> {
        let now = self.clock.now();
        if now.since(self.last_poll) > RETENTION {
            self.start_over().await?;
            return Ok(1);
        }
        let mut fresh = self.late().await?;
        fresh.extend(self.newer().await?);
        for row in &fresh {
            if row.id > self.cursor {
                self.gaps.open(self.cursor + 1, row.id - 1, now);
                self.cursor = row.id;
            } else {
                self.gaps.close(row.id);
            }
        }
        self.gaps.forget(now.minus(LATE));
        self.last_poll = now;
        // Last, and one by one: a subscriber that panics takes no other news along.
        for row in &fresh {
            self.publish(row);
        }
        Ok(fresh.len())
    }

    /// Polls for ever; failures are logged and the next poll catches up.
    pub async fn run(&mut self) {
        loop {
            tokio::time::sleep(POLL).await;
            if let Err(error) = self.poll().await {
                tracing::warn!(%error, "the feed could not be read");
            }
        }
    }

    /// Reads rows below the cursor that have become visible late.
    async fn late(&self) -> Result<Vec<feed::Model>, DbErr> {
        let windows = self.gaps.windows();
        if windows.is_empty() {
            return Ok(Vec::new());
        }
        let within = windows.into_iter().fold(Condition::any(), |any, window| {
            any.add(feed::Column::Id.between(*window.start(), *window.end()))
        });
        let rows = feed::Entity::find()
            .filter(within)
            .order_by_asc(feed::Column::Id)
            .all(self.db.reader())
            .await?;
        let late = rows.into_iter().filter(|row| self.gaps.contains(row.id));
        Ok(late.collect())
    }

    /// Reads rows above the cursor.
    async fn newer(&self) -> Result<Vec<feed::Model>, DbErr> {
        let mut newer: Vec<feed::Model> = Vec::new();
        loop {
            let above = newer.last().map_or(self.cursor, |row| row.id);
            let page = feed::Entity::find()
                .filter(feed::Column::Id.gt(above))
                .order_by_asc(feed::Column::Id)
                .limit(PAGE)
                .all(self.db.reader())
                .await?;
            let full = u64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
            newer.extend(page);
            if !full {
                return Ok(newer);
            }
        }
    }

    fn publish(&self, row: &feed::Model) {
        let (Some(topic), Ok(key)) = (Topic::parse(&row.topic), row.key.parse()) else {
            return;
        };
        let publish = AssertUnwindSafe(|| self.db.changes().publish(&Change::Row(topic, key)));
        if std::panic::catch_unwind(publish).is_err() {
            tracing::error!(topic = row.topic, key, "a subscriber of news panicked");
        }
    }

    async fn start_over(&mut self) -> Result<(), DbErr> {
        let fresh = Self::open(self.db.clone(), Arc::clone(&self.clock)).await?;
        *self = fresh;
        self.db.changes().publish(&Change::Everything);
        Ok(())
    }
}

/// The id of the first row that `query` finds.
async fn first(db: &Database, query: sea_orm::Select<feed::Entity>) -> Result<Option<i64>, DbErr> {
    let row = query.limit(1).one(db.reader()).await?;
    Ok(row.map(|row| row.id))
}
