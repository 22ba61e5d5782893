//! Garbage collection: a picture that no row has referred to for a day is deleted, row
//! first, then its files.
//!
//! A transaction that is about to refer to a picture locks its row by [`lock_images`],
//! and the one that deletes the row looks for references after it has locked it:
//! whichever comes first, no row refers to a deleted picture.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use stampede_kernel::{ImageId, Timestamp};
use stampede_persistence::entity::image;
use stampede_persistence::{Database, retrying};

/// How long an unreferenced picture is kept, for its product may come back.
const KEPT: Duration = Duration::from_hours(24);
/// Pictures per query.
const SLICE: usize = 500;
/// Maximum number of pictures that one sweep removes; each is a transaction.
const REMOVED_AT_ONCE: u64 = 5_000;
/// `unshown_since` of a picture that an order refers to.
const FOR_EVER: Timestamp = Timestamp(i64::MAX);

/// A domain whose rows refer to pictures.
#[async_trait]
pub trait ImageReferences: Send + Sync {
    /// Returns whether the referring rows are never deleted, as the lines of orders.
    /// Such a domain is asked only about product pictures that nothing else refers to,
    /// because the query may read a whole table.
    fn are_permanent(&self) -> bool {
        false
    }

    /// Returns those of `images` that rows of the domain refer to, as `tx` sees them.
    async fn referenced(
        &self,
        tx: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr>;
}

/// Locks the rows of pictures that `tx` is about to refer to and returns whether all of
/// them exist.
///
/// # Errors
///
/// When the database fails.
pub async fn lock_images(tx: &impl ConnectionTrait, images: &[ImageId]) -> Result<bool, DbErr> {
    let wanted: HashSet<_> = images.iter().copied().collect();
    if wanted.is_empty() {
        return Ok(true);
    }
    let expected = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
    let held = image::Entity::update_many()
        .col_expr(image::Column::UnshownSince, Expr::value(None::<Timestamp>))
        .filter(image::Column::Id.is_in(wanted))
        .exec(tx)
        .await?;
    Ok(held.rows_affected == expected)
}

/// One sweep over the rows of pictures.
pub(crate) struct Sweep<'a> {
    pub(crate) db: &'a Database,
    pub(crate) domains: &'a [Arc<dyn ImageReferences>],
    pub(crate) now: Timestamp,
}

impl Sweep<'_> {
    /// Removes pictures that were unreferenced for a day, then marks those that are
    /// unreferenced now. Returns the number of deleted rows.
    pub(crate) async fn run(&self) -> Result<u64, DbErr> {
        let gone = self.remove().await?;
        self.note().await?;
        Ok(gone)
    }

    async fn note(&self) -> Result<(), DbErr> {
        let mut last = ImageId(0);
        loop {
            let slice: Vec<ImageId> = image::Entity::find()
                .select_only()
                .column(image::Column::Id)
                .filter(image::Column::Id.gt(last))
                .filter(image::Column::UnshownSince.is_null())
                .order_by_asc(image::Column::Id)
                .limit(u64::try_from(SLICE).unwrap_or(u64::MAX))
                .into_tuple()
                .all(self.db.reader())
                .await?;
            let Some(end) = slice.last() else {
                return Ok(());
            };
            last = *end;
            let snapshot = self.db.snapshot().await?;
            let shown = self.referenced(&snapshot, &slice).await?;
            snapshot.rollback().await?;
            let unshown = slice.into_iter().filter(|id| !shown.contains(id));
            self.stamp(&unshown.collect::<Vec<_>>(), Some(self.now))
                .await?;
        }
    }

    async fn remove(&self) -> Result<u64, DbErr> {
        let due: Vec<(ImageId, bool)> = image::Entity::find()
            .select_only()
            .columns([image::Column::Id, image::Column::Goods])
            .filter(image::Column::UnshownSince.lte(self.now.minus(KEPT)))
            .order_by_asc(image::Column::UnshownSince)
            .limit(REMOVED_AT_ONCE)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let goods = due.iter().filter(|(_, goods)| *goods).map(|(id, _)| *id);
        let ordered = self.ordered(&goods.collect::<Vec<_>>()).await?;
        let mut gone = 0;
        for (id, _) in due.iter().filter(|(id, _)| !ordered.contains(id)) {
            gone += u64::from(retrying(|| self.remove_one(*id)).await?);
        }
        Ok(gone)
    }

    /// Returns those that orders refer to; they are not checked again.
    async fn ordered(&self, goods: &[ImageId]) -> Result<HashSet<ImageId>, DbErr> {
        let mut ordered = HashSet::new();
        if goods.is_empty() {
            return Ok(ordered);
        }
        let snapshot = self.db.snapshot().await?;
        for domain in self.domains.iter().filter(|domain| domain.are_permanent()) {
            ordered.extend(domain.referenced(&snapshot, goods).await?);
        }
        snapshot.rollback().await?;
        self.stamp(&ordered.iter().copied().collect::<Vec<_>>(), Some(FOR_EVER))
            .await?;
        Ok(ordered)
    }

    async fn remove_one(&self, id: ImageId) -> Result<bool, DbErr> {
        let tx = self.db.begin_write().await?;
        let deleted = image::Entity::delete_many()
            .filter(image::Column::Id.eq(id))
            .filter(image::Column::UnshownSince.lte(self.now.minus(KEPT)))
            .exec(&tx)
            .await?;
        if deleted.rows_affected == 0 {
            return Ok(false);
        }
        let shown_again = !self.referenced(&tx, &[id]).await?.is_empty();
        if shown_again {
            tx.rollback().await?;
            self.stamp(&[id], None).await?;
        } else {
            tx.commit().await?;
        }
        Ok(!shown_again)
    }

    /// Returns those of `images` that rows refer to which may change.
    async fn referenced(
        &self,
        tx: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        let mut shown = HashSet::new();
        for domain in self.domains.iter().filter(|domain| !domain.are_permanent()) {
            shown.extend(domain.referenced(tx, images).await?);
        }
        Ok(shown)
    }

    async fn stamp(&self, images: &[ImageId], since: Option<Timestamp>) -> Result<(), DbErr> {
        for slice in images.chunks(SLICE) {
            retrying(|| async {
                let tx = self.db.begin_write().await?;
                image::Entity::update_many()
                    .col_expr(image::Column::UnshownSince, Expr::value(since))
                    .filter(image::Column::Id.is_in(slice.iter().copied()))
                    .exec(&tx)
                    .await?;
                tx.commit().await
            })
            .await?;
        }
        Ok(())
    }
}
