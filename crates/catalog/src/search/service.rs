//! The search service: the index of one process, kept up to date.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::available_parallelism;
use std::time::Duration;

use stampede_kernel::{Language, ProductId};
use stampede_persistence::Database;
use tantivy::TantivyError;
use tokio::sync::{Mutex, Semaphore};

use super::answer::Matches;
use super::fill::{blocking, fill, load_products};
use super::filter_query::filter_query;
use super::index::SearchIndex;
use super::pending::ChangeQueue;
use super::query_cache::QueryCache;
use super::store::{self, CategoryIndex, SLICE};
use super::suggest::{self, Typed};
use super::{Filter, SearchAfter, SearchError, SearchQuery, SearchResult};

/// Pause after the database or the index failed.
const RECOVERY: Duration = Duration::from_secs(1);

/// Settings of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchSettings {
    /// The language of the texts that are not translations.
    pub language: Language,
    /// How long changes are collected before their rows are read again.
    pub gather: Duration,
    /// How often the view counts of other processes are read.
    pub hot_every: Duration,
    /// Threads that run searches, apart from those that serve requests.
    pub threads: usize,
    /// Maximum number of searches that wait for a thread; further ones are refused.
    pub waiting: usize,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self {
            language: Language::EN,
            gather: Duration::from_millis(100),
            hot_every: Duration::from_secs(30),
            threads: available_parallelism().map_or(1, |cores| cores.get().div_ceil(2)),
            waiting: 64,
        }
    }
}

/// Full-text search over the products on sale.
///
/// Search methods run in the caller's thread. They read memory only: most queries take
/// microseconds, an uncached one with typos or 100,000 matches takes milliseconds.
/// Request handlers use [`Search::run`], which runs them on other threads.
pub struct Search {
    pub(super) db: Database,
    pub(super) settings: SearchSettings,
    pub(super) current: RwLock<Arc<SearchIndex>>,
    /// Held from reading rows to committing them, so that older rows never replace
    /// newer ones.
    pub(super) writing: Mutex<()>,
    pub(super) pending: Arc<ChangeQueue>,
    /// The version of the index, from 1.
    pub(super) state: AtomicU64,
    pub(super) facets: QueryCache<(Option<String>, Filter), Matches>,
    pub(super) pages: QueryCache<(SearchQuery, Option<SearchAfter>), Vec<ProductId>>,
    pub(super) hot_pages: QueryCache<SearchQuery, Vec<ProductId>>,
    pub(super) counts: QueryCache<Filter, u64>,
    suggestions: QueryCache<(Vec<Typed>, Language), Vec<String>>,
    /// The version of the view counts, in addition to that of the index.
    pub(super) views_state: AtomicU64,
    /// Permits of searches that run or wait.
    admission: Arc<Semaphore>,
    /// Permits of searches that run.
    running: Arc<Semaphore>,
}

impl Search {
    /// Builds an index of the products on sale. Changes published from now on are kept
    /// until [`Search::follow`] applies them, so open the feed's tail before.
    pub async fn open(db: Database, settings: SearchSettings) -> Result<Arc<Self>, SearchError> {
        let pending = Arc::new(ChangeQueue::default());
        let queue = Arc::clone(&pending);
        db.changes().subscribe(move |change| queue.add(change));
        let index = fill(&db, settings.language).await?;
        Ok(Arc::new(Self {
            db,
            settings,
            current: RwLock::new(index),
            writing: Mutex::new(()),
            pending,
            state: AtomicU64::new(1),
            facets: QueryCache::default(),
            pages: QueryCache::default(),
            hot_pages: QueryCache::default(),
            counts: QueryCache::default(),
            suggestions: QueryCache::default(),
            views_state: AtomicU64::new(1),
            admission: Arc::new(Semaphore::new(settings.threads.max(1) + settings.waiting)),
            running: Arc::new(Semaphore::new(settings.threads.max(1))),
        }))
    }

    /// Reads these products again; the next search sees their present state.
    pub async fn refresh(&self, products: &[ProductId]) -> Result<(), SearchError> {
        for ids in products.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let _writing = self.writing.lock().await;
            let rows = store::on_sale(self.db.reader(), ids).await?;
            let tree = CategoryIndex::read(self.db.reader()).await?;
            let listed = load_products(&self.db, &tree, rows, self.settings.language).await?;
            let (index, ids) = (self.current(), ids.to_vec());
            blocking(move || index.replace(&ids, &listed)).await?;
            self.changed();
        }
        Ok(())
    }

    /// Adds to the view counts of this process at once; other processes read them from
    /// the database every [`SearchSettings::hot_every`].
    pub fn add_views(&self, views: &[(ProductId, i64)]) -> Result<(), SearchError> {
        let index = self.current();
        let snapshot = index.snapshot();
        for (id, times) in views {
            if let Some(slot) = index.slot(&snapshot, *id)? {
                index.views.raise(slot, *times);
            }
        }
        self.views_state.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// Runs a search away from the threads that serve requests. The search keeps its
    /// permit until it ends, even when its client hangs up.
    ///
    /// # Errors
    ///
    /// [`SearchError::Busy`] at once when [`SearchSettings::waiting`] searches wait;
    /// otherwise the errors of `question`.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Self) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, SearchError> {
        let admitted = Arc::clone(&self.admission).try_acquire_owned();
        let admitted = admitted.map_err(|_| SearchError::Busy)?;
        let slot = Arc::clone(&self.running).acquire_owned().await;
        let slot = slot.map_err(|_| SearchError::Busy)?;
        let search = Arc::clone(self);
        let answer = tokio::task::spawn_blocking(move || {
            let _held = (admitted, slot);
            question(&search)
        });
        let stopped = |error: tokio::task::JoinError| {
            SearchError::Index(TantivyError::SystemError(error.to_string()))
        };
        answer.await.map_err(stopped)?
    }

    /// Returns [`Search::count`] from the cache or by [`Search::run`].
    ///
    /// # Errors
    ///
    /// Those of [`Search::run`].
    pub async fn total(self: &Arc<Self>, filter: Filter) -> Result<u64, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        match self.counts.known(state, &filter) {
            Some(total) => Ok(total),
            None => self.run(move |search| search.count(&filter)).await,
        }
    }

    /// Returns whether a product on sale has a name in this language. A name that is
    /// gone may count until the index is rebuilt.
    pub fn has_language(&self, language: Language) -> bool {
        self.current().has_language(language)
    }

    /// Returns a page of matches, their total and, with words, their facets.
    pub fn find(&self, find: &SearchQuery) -> Result<SearchResult, SearchError> {
        self.page(find, None)
    }

    /// Returns a page of the matches after `after` in the order of
    /// [`New`](crate::Sort::New), [`Price`](crate::Sort::Price) or
    /// [`PriceDescending`](crate::Sort::PriceDescending); other orders ignore `after`
    /// and use `find.offset` alone.
    pub fn find_after(
        &self,
        find: &SearchQuery,
        after: SearchAfter,
    ) -> Result<SearchResult, SearchError> {
        self.page(find, Some(after))
    }

    /// Counts the products on sale that pass the filter.
    pub fn count(&self, filter: &Filter) -> Result<u64, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let index = self.current();
        self.counts.get(state, *filter, || {
            let query = filter_query(&index.fields, filter);
            Ok(index.count(query.as_ref())?)
        })
    }

    /// Suggests at most ten product names that match all typed words, the last of which
    /// may be unfinished; words may also match options of the product's SKUs. The most
    /// viewed products come first, with names in the reader's language where they
    /// match.
    pub fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, SearchError> {
        let words = suggest::typed(q);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let state = self.state.load(Ordering::Acquire);
        let key = (words.clone(), language);
        self.suggestions.get(state, key, || {
            Ok(suggest::names(&self.current(), &words, language)?)
        })
    }

    /// Keeps the index up to date in an endless loop, beginning with the changes since
    /// [`Search::open`].
    pub async fn follow(self: Arc<Self>) {
        let mut hot = tokio::time::interval(self.settings.hot_every);
        hot.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        hot.tick().await;
        loop {
            let outcome = tokio::select! {
                () = self.pending.notified() => {
                    tokio::time::sleep(self.settings.gather).await;
                    self.apply_pending().await
                }
                _ = hot.tick() => self.read_views().await,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "the search index could not follow the catalogue");
                tokio::time::sleep(RECOVERY).await;
            }
        }
    }
}

/// Versions of the index.
impl Search {
    /// Returns the present index; a rebuild replaces it.
    pub(super) fn current(&self) -> Arc<SearchIndex> {
        let index = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&index)
    }

    /// Invalidates all cached results.
    pub(super) fn changed(&self) {
        self.state.fetch_add(1, Ordering::AcqRel);
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}
