//! Keeps the index up to date with the change feed.

use std::sync::{Arc, PoisonError};

use stampede_kernel::{CategoryId, ProductId};

use super::fill::{blocking, fill};
use super::pending::PendingChanges;
use super::store::{self, CategoryIndex, SLICE};
use super::{Search, SearchError};

impl Search {
    pub(super) async fn apply_pending(&self) -> Result<(), SearchError> {
        let changes = self.pending.take();
        let outcome = self.refresh_changed(&changes).await;
        if outcome.is_err() {
            self.pending.put_back(changes);
        }
        outcome
    }

    async fn refresh_changed(&self, changes: &PendingChanges) -> Result<(), SearchError> {
        if changes.everything {
            return self.rebuild().await;
        }
        let mut products: Vec<_> = changes.products.iter().copied().collect();
        products.extend(self.crossed_zero(changes).await?);
        self.refresh(&products).await?;
        if changes.categories.is_empty() {
            return Ok(());
        }
        let tree = CategoryIndex::read(self.db.reader()).await?;
        for category in &changes.categories {
            self.refresh_categories(&tree.below(*category)).await?;
        }
        Ok(())
    }

    async fn rebuild(&self) -> Result<(), SearchError> {
        let _writing = self.writing.lock().await;
        let new = fill(&self.db, self.settings.language).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        self.changed();
        Ok(())
    }

    async fn refresh_categories(&self, categories: &[CategoryId]) -> Result<(), SearchError> {
        let mut after = ProductId(0);
        loop {
            let ids = store::in_categories(self.db.reader(), categories, after).await?;
            let Some(last) = ids.last() else {
                return Ok(());
            };
            after = *last;
            self.refresh(&ids).await?;
        }
    }

    /// Returns the products with a stock change that sold out or came back.
    async fn crossed_zero(&self, changes: &PendingChanges) -> Result<Vec<ProductId>, SearchError> {
        let moved: Vec<_> = changes
            .stocks
            .difference(&changes.products)
            .copied()
            .collect();
        let index = self.current();
        let snapshot = index.snapshot();
        let mut crossed = Vec::new();
        for ids in moved.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let in_stock = store::in_stock(self.db.reader(), ids).await?;
            for id in ids {
                let listed = index.in_stock(&snapshot, *id)?;
                if listed.is_some_and(|listed| listed != in_stock.contains(id)) {
                    crossed.push(*id);
                }
            }
        }
        Ok(crossed)
    }

    /// Reads view counts from the database, and commits so that merged segments are
    /// freed.
    pub(super) async fn read_views(&self) -> Result<(), SearchError> {
        let _writing = self.writing.lock().await;
        let index = self.current();
        let mut after = ProductId(0);
        loop {
            let views = store::views(self.db.reader(), after).await?;
            let Some((last, _)) = views.last() else {
                break;
            };
            after = *last;
            let index = Arc::clone(&index);
            blocking(move || {
                let snapshot = index.snapshot();
                for (id, views) in views {
                    if let Some(slot) = index.slot(&snapshot, id)? {
                        index.views.set(slot, views);
                    }
                }
                Ok(())
            })
            .await?;
        }
        blocking(move || index.commit()).await?;
        self.changed();
        Ok(())
    }
}
