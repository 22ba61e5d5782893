//! The index of one process and its verbs.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::{Language, ProductId};
use stampede_persistence::Database;

use super::{Filter, Find, Found, SearchError};

/// How the index behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchSettings {
    /// How long news is gathered before the rows it names are read again.
    pub gather: Duration,
    /// How often the ranking by views is read again.
    pub hot_every: Duration,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self {
            gather: Duration::from_millis(100),
            hot_every: Duration::from_mins(2),
        }
    }
}

/// The products on sale, found by words, filters and order.
pub struct Search {
    db: Database,
    settings: SearchSettings,
}

impl Search {
    /// Reads what is on sale into a new index.
    pub async fn open(db: Database, settings: SearchSettings) -> Result<Arc<Self>, SearchError> {
        std::future::ready(()).await;
        Ok(Arc::new(Self { db, settings }))
    }

    /// Reads these products again; the next question sees them as they are now.
    pub async fn refresh(&self, products: &[ProductId]) -> Result<(), SearchError> {
        std::future::ready(()).await;
        let _ = (&self.db, products);
        Ok(())
    }

    /// A page of matches, how many there are and, with words, how they spread.
    ///
    /// Runs in the caller's thread.
    pub fn find(&self, find: &Find) -> Result<Found, SearchError> {
        let _ = find;
        Ok(Found::default())
    }

    /// How many products on sale pass the filter. Runs in the caller's thread.
    pub fn count(&self, filter: &Filter) -> Result<u64, SearchError> {
        let _ = filter;
        Ok(0)
    }

    /// At most ten names that begin with what was typed or have a word that does,
    /// the most looked at first. Runs in the caller's thread.
    pub fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, SearchError> {
        let _ = (q, language);
        Ok(Vec::new())
    }

    /// Keeps the index fresh for as long as the future is polled. What is published
    /// from this call on is not missed.
    pub fn follow(self: Arc<Self>) -> impl Future<Output = ()> + Send + 'static {
        async move {
            tokio::time::sleep(self.settings.gather).await;
            std::future::pending().await
        }
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}
