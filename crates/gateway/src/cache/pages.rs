//! The cache itself: bounded by bytes, one load per page at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::Expiry;
use moka::future::Cache;
use stampede_persistence::News;

use super::generation::Generations;
use super::{Key, Page};

/// All pages together, in bytes.
const CAPACITY: u64 = 32 * 1024 * 1024;

/// A key at one generation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Edition {
    key: Key,
    generation: u64,
}

/// The ready pages of one process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pages {
    cache: Cache<Edition, Arc<Page>>,
    generations: Arc<Generations>,
}

impl Pages {
    /// An empty cache that drops what `news` says has changed.
    pub(crate) fn new(news: &News) -> Self {
        let generations = Arc::new(Generations::new());
        let heard = Arc::clone(&generations);
        news.subscribe(move |change| heard.note(change));
        let cache = Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|_, page: &Arc<Page>| page.weight())
            .expire_after(Lifetime)
            .build();
        Self { cache, generations }
    }

    /// The page, if it is ready.
    pub(crate) async fn ready(&self, key: Key) -> Option<Arc<Page>> {
        self.cache.get(&self.edition(key)).await
    }

    /// The page, loaded by the first of all that wait for it. A failure is
    /// everybody's and is not kept.
    pub(crate) async fn page<E>(
        &self,
        key: Key,
        load: impl Future<Output = Result<Page, E>>,
    ) -> Result<Arc<Page>, E>
    where
        E: Clone + Send + Sync + 'static,
    {
        let edition = self.edition(key);
        let load = async { load.await.map(Arc::new) };
        let page = self.cache.try_get_with(edition, load).await;
        page.map_err(|error| E::clone(&error))
    }

    fn edition(&self, key: Key) -> Edition {
        let generation = self.generations.of(&key.subject);
        Edition { key, generation }
    }
}

/// Each page lives as long as its subject allows.
struct Lifetime;

impl Expiry<Edition, Arc<Page>> for Lifetime {
    fn expire_after_create(
        &self,
        edition: &Edition,
        _: &Arc<Page>,
        _: Instant,
    ) -> Option<Duration> {
        Some(edition.key.subject.lives())
    }
}
