//! Following: from news to the index.

use std::sync::{Arc, PoisonError};

use stampede_kernel::{CategoryId, ProductId};

use super::fill::{blocking, fill};
use super::pending::News;
use super::store::{self, SLICE, Tree};
use super::{Search, SearchError};

impl Search {
    pub(super) async fn take_in(&self) -> Result<(), SearchError> {
        let news = self.pending.take();
        let outcome = self.read_again(&news).await;
        if outcome.is_err() {
            self.pending.put_back(news);
        }
        outcome
    }

    async fn read_again(&self, news: &News) -> Result<(), SearchError> {
        if news.everything {
            return self.rebuild().await;
        }
        let mut products: Vec<_> = news.products.iter().copied().collect();
        products.extend(self.crossed_zero(news).await?);
        self.refresh(&products).await?;
        if news.categories.is_empty() {
            return Ok(());
        }
        let tree = Tree::read(self.db.reader()).await?;
        for category in &news.categories {
            self.read_category_again(&tree.below(*category)).await?;
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

    async fn read_category_again(&self, categories: &[CategoryId]) -> Result<(), SearchError> {
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

    /// Products whose stock is news and which sold out or came back.
    async fn crossed_zero(&self, news: &News) -> Result<Vec<ProductId>, SearchError> {
        let moved: Vec<_> = news.stocks.difference(&news.products).copied().collect();
        let index = self.current();
        let shown = index.shown();
        let mut crossed = Vec::new();
        for ids in moved.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let in_stock = store::in_stock(self.db.reader(), ids).await?;
            for id in ids {
                let listed = index.in_stock(&shown, *id)?;
                if listed.is_some_and(|listed| listed != in_stock.contains(id)) {
                    crossed.push(*id);
                }
            }
        }
        Ok(crossed)
    }

    /// Takes over views from the database, and what merging has freed.
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
                let shown = index.shown();
                for (id, views) in views {
                    if let Some(slot) = index.slot(&shown, id)? {
                        index.views.set(slot, views);
                    }
                }
                Ok(())
            })
            .await?;
        }
        blocking(move || index.show()).await?;
        self.changed();
        Ok(())
    }
}
