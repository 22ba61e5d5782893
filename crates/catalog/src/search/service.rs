//! The index of one process and its verbs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::available_parallelism;
use std::time::Duration;

use stampede_kernel::{Language, ProductId};
use stampede_persistence::Database;
use tantivy::TantivyError;
use tokio::sync::{Mutex, Semaphore};

use super::answer::Matches;
use super::fill::{blocking, fill, list};
use super::memo::Memo;
use super::pending::Pending;
use super::question;
use super::shelf::Shelf;
use super::store::{self, SLICE, Tree};
use super::suggest::{self, Typed};
use super::{Filter, Find, Found, Place, SearchError};

/// Pause after the database or the index failed.
const RECOVERY: Duration = Duration::from_secs(1);

/// How the index behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchSettings {
    /// The language of the texts that are not translations.
    pub language: Language,
    /// How long news is gathered before the rows it names are read again.
    pub gather: Duration,
    /// How often views that other processes counted are read again.
    pub hot_every: Duration,
    /// Threads that answer questions; others than those that answer requests.
    pub threads: usize,
    /// Questions that may wait for one of these threads; the next is refused.
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

/// The products on sale, found by words, filters and order.
///
/// The verbs that ask run in the caller's thread: they touch memory only, take
/// microseconds for most questions, and milliseconds for one with typos or with
/// 100,000 matches that was not asked since the last change. Whoever answers
/// requests asks through [`Search::ask`], which runs them on threads of their own.
pub struct Search {
    pub(super) db: Database,
    pub(super) settings: SearchSettings,
    pub(super) current: RwLock<Arc<Shelf>>,
    /// Held from reading rows to showing them: what was read later is shown later.
    pub(super) writing: Mutex<()>,
    pub(super) pending: Arc<Pending>,
    /// Counts the states of the index, from 1.
    pub(super) state: AtomicU64,
    pub(super) spreads: Memo<(Option<String>, Filter), Matches>,
    pub(super) pages: Memo<(Find, Option<Place>), Vec<ProductId>>,
    pub(super) hot_pages: Memo<Find, Vec<ProductId>>,
    pub(super) counts: Memo<Filter, u64>,
    suggestions: Memo<(Vec<Typed>, Language), Vec<String>>,
    /// Counts the states of the views, on top of those of the index.
    pub(super) looks: AtomicU64,
    /// Places of questions that run or wait.
    places: Arc<Semaphore>,
    /// Places of those that run.
    turns: Arc<Semaphore>,
}

impl Search {
    /// Reads what is on sale into a new index. News published from now on is
    /// kept until [`Search::follow`] takes it in; so the feed's tail is to be
    /// opened before.
    pub async fn open(db: Database, settings: SearchSettings) -> Result<Arc<Self>, SearchError> {
        let pending = Arc::new(Pending::default());
        let ear = Arc::clone(&pending);
        db.changes().subscribe(move |change| ear.note(change));
        let index = fill(&db, settings.language).await?;
        Ok(Arc::new(Self {
            db,
            settings,
            current: RwLock::new(index),
            writing: Mutex::new(()),
            pending,
            state: AtomicU64::new(1),
            spreads: Memo::default(),
            pages: Memo::default(),
            hot_pages: Memo::default(),
            counts: Memo::default(),
            suggestions: Memo::default(),
            looks: AtomicU64::new(1),
            places: Arc::new(Semaphore::new(settings.threads.max(1) + settings.waiting)),
            turns: Arc::new(Semaphore::new(settings.threads.max(1))),
        }))
    }

    /// Reads these products again; the next question sees them as they are now.
    pub async fn refresh(&self, products: &[ProductId]) -> Result<(), SearchError> {
        for ids in products.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let _writing = self.writing.lock().await;
            let rows = store::on_sale(self.db.reader(), ids).await?;
            let tree = Tree::read(self.db.reader()).await?;
            let listed = list(&self.db, &tree, rows, self.settings.language).await?;
            let (index, ids) = (self.current(), ids.to_vec());
            blocking(move || index.replace(&ids, &listed)).await?;
            self.changed();
        }
        Ok(())
    }

    /// Counts looks at once, in this process; the others read them from the
    /// database every [`SearchSettings::hot_every`].
    pub fn looked_at(&self, looks: &[(ProductId, i64)]) -> Result<(), SearchError> {
        let index = self.current();
        let shown = index.shown();
        for (id, times) in looks {
            if let Some(slot) = index.slot(&shown, *id)? {
                index.views.raise(slot, *times);
            }
        }
        self.looks.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// Runs `question` away from the threads that answer requests. Its place goes
    /// with it: a client that hangs up lets nobody else in before it has ended.
    ///
    /// # Errors
    ///
    /// [`SearchError::Busy`] at once when [`SearchSettings::waiting`] others wait;
    /// what the question gives otherwise.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Self) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, SearchError> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| SearchError::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| SearchError::Busy)?;
        let search = Arc::clone(self);
        let answer = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            question(&search)
        });
        let stopped = |error: tokio::task::JoinError| {
            SearchError::Index(TantivyError::SystemError(error.to_string()))
        };
        answer.await.map_err(stopped)?
    }

    /// [`Search::count`], from memory or by [`Search::ask`].
    ///
    /// # Errors
    ///
    /// Those of [`Search::ask`].
    pub async fn total(self: &Arc<Self>, filter: Filter) -> Result<u64, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        match self.counts.known(state, &filter) {
            Some(total) => Ok(total),
            None => self.ask(move |search| search.count(&filter)).await,
        }
    }

    /// Whether a product on sale is named in this language; a name that is gone
    /// may count until the index is built again.
    pub fn speaks(&self, language: Language) -> bool {
        self.current().speaks(language)
    }

    /// A page of matches, how many there are and, with words, how they spread.
    pub fn find(&self, find: &Find) -> Result<Found, SearchError> {
        self.page(find, None)
    }

    /// A page of matches that follow `place` in the order of
    /// [`New`](crate::Sort::New), [`Price`](crate::Sort::Price) or
    /// [`PriceDescending`](crate::Sort::PriceDescending); other orders have no
    /// places and start at `find.offset` alone.
    pub fn find_after(&self, find: &Find, place: Place) -> Result<Found, SearchError> {
        self.page(find, Some(place))
    }

    /// How many products on sale pass the filter.
    pub fn count(&self, filter: &Filter) -> Result<u64, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let index = self.current();
        self.counts.get(state, *filter, || {
            let query = question::passing(&index.fields, filter);
            Ok(index.count(query.as_ref())?)
        })
    }

    /// At most ten names with all the words that were typed, the last perhaps
    /// unfinished, or of products whose SKUs have them as options; the most looked at first, in the reader's language where it matches.
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

    /// Keeps the index fresh for as long as the future is polled, beginning with
    /// the news since [`Search::open`].
    pub async fn follow(self: Arc<Self>) {
        let mut hot = tokio::time::interval(self.settings.hot_every);
        hot.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        hot.tick().await;
        loop {
            let outcome = tokio::select! {
                () = self.pending.some() => {
                    tokio::time::sleep(self.settings.gather).await;
                    self.take_in().await
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

/// The state it is in.
impl Search {
    /// The index as it is now; a rebuild puts another in its place.
    pub(super) fn current(&self) -> Arc<Shelf> {
        let index = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&index)
    }

    /// Makes all answers so far old ones.
    pub(super) fn changed(&self) {
        self.state.fetch_add(1, Ordering::AcqRel);
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}
