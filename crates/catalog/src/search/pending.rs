//! News that the index has not taken in yet.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::{CategoryId, ProductId};
use stampede_persistence::{Change, Topic};
use tokio::sync::Notify;

/// What is to be read again. A row named often is read once.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) everything: bool,
    pub(super) products: HashSet<ProductId>,
    /// Only their stock moved.
    pub(super) stocks: HashSet<ProductId>,
    /// With what is below them.
    pub(super) categories: HashSet<CategoryId>,
}

/// News gathered between two looks.
#[derive(Debug, Default)]
pub(super) struct Pending {
    news: Mutex<News>,
    come: Notify,
}

impl Pending {
    /// Notes a change; quick, since publishers wait.
    pub(super) fn note(&self, change: &Change) {
        {
            let mut news = self.lock();
            match *change {
                Change::Everything => news.everything = true,
                Change::Row(Topic::Product, id) => {
                    news.products.insert(ProductId(id));
                }
                Change::Row(Topic::Stock, id) => {
                    news.stocks.insert(ProductId(id));
                }
                Change::Row(Topic::Category, id) => {
                    news.categories.insert(CategoryId(id));
                }
                Change::Row(Topic::Carousel | Topic::User | Topic::Sale, _) => return,
            }
        }
        self.come.notify_one();
    }

    /// Resolves when there is news.
    pub(super) async fn some(&self) {
        self.come.notified().await;
    }

    /// Takes it all.
    pub(super) fn take(&self) -> News {
        std::mem::take(&mut *self.lock())
    }

    /// Puts back what could not be taken in.
    pub(super) fn put_back(&self, failed: News) {
        let mut news = self.lock();
        news.everything |= failed.everything;
        news.products.extend(failed.products);
        news.stocks.extend(failed.stocks);
        news.categories.extend(failed.categories);
        drop(news);
        self.come.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
