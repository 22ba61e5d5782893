//! The index of one process and its verbs.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use stampede_kernel::{CategoryId, Language, Money, ProductId};
use stampede_persistence::Database;
use stampede_persistence::entity::product;
use tantivy::query::Query;
use tantivy::schema::Value;
use tantivy::{TantivyDocument, TantivyError};
use tokio::sync::Mutex;

use super::memo::Memo;
use super::pending::{News, Pending};
use super::question::{self, Question, Strictness};
use super::shelf::{Shelf, Shown};
use super::spread::{Spread, Spreading};
use super::store::{self, SLICE, Tree};
use super::top::{Order, Rank, Top};
use super::words::{Kind, Words};
use super::{Filter, Find, Found, Place, SearchError};
use crate::product::Sort;

/// Suggestions given at most.
const SUGGESTIONS: usize = 10;
/// Products looked at for suggestions: names repeat.
const SUGGESTED_FROM: usize = 40;
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
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self {
            language: Language::EN,
            gather: Duration::from_millis(100),
            hot_every: Duration::from_secs(30),
        }
    }
}

/// The products on sale, found by words, filters and order.
///
/// The verbs that ask run in the caller's thread: they touch memory only, take
/// microseconds for most questions, and about a millisecond for every 100,000
/// matches of one that was not asked since the last change.
pub struct Search {
    db: Database,
    settings: SearchSettings,
    shelf: RwLock<Arc<Shelf>>,
    /// Held from reading rows to showing them: what was read later is shown later.
    writing: Mutex<()>,
    pending: Arc<Pending>,
    /// Counts the states of the index, from 1.
    state: AtomicU64,
    spreads: Memo<(Option<String>, Filter), Matches>,
    pages: Memo<(Find, Option<Place>), Vec<ProductId>>,
    hot_pages: Memo<Find, Vec<ProductId>>,
    counts: Memo<Filter, u64>,
    suggestions: Memo<(String, Language), Vec<String>>,
    /// Counts the states of the views, on top of those of the index.
    looks: AtomicU64,
}

/// All matches of a question together, and how strictly it had to be taken.
#[derive(Debug, Clone)]
struct Matches {
    spread: Spread,
    strictness: Strictness,
}

impl Search {
    /// Reads what is on sale into a new index. News published from now on is
    /// kept until [`Search::follow`] takes it in; so the feed's tail is to be
    /// opened before.
    pub async fn open(db: Database, settings: SearchSettings) -> Result<Arc<Self>, SearchError> {
        let pending = Arc::new(Pending::default());
        let ear = Arc::clone(&pending);
        db.news().subscribe(move |change| ear.note(change));
        let shelf = fill(&db, settings.language).await?;
        Ok(Arc::new(Self {
            db,
            settings,
            shelf: RwLock::new(shelf),
            writing: Mutex::new(()),
            pending,
            state: AtomicU64::new(1),
            spreads: Memo::default(),
            pages: Memo::default(),
            hot_pages: Memo::default(),
            counts: Memo::default(),
            suggestions: Memo::default(),
            looks: AtomicU64::new(1),
        }))
    }

    /// Reads these products again; the next question sees them as they are now.
    pub async fn refresh(&self, products: &[ProductId]) -> Result<(), SearchError> {
        for ids in products.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let _writing = self.writing.lock().await;
            let rows = store::on_sale(self.db.reader(), ids).await?;
            let tree = Tree::read(self.db.reader()).await?;
            let listed = list(&self.db, &tree, rows, self.settings.language).await?;
            let (shelf, ids) = (self.shelf(), ids.to_vec());
            blocking(move || shelf.replace(&ids, &listed)).await?;
            self.changed();
        }
        Ok(())
    }

    /// Counts looks at once, in this process; the others read them from the
    /// database every [`SearchSettings::hot_every`].
    pub fn looked_at(&self, looks: &[(ProductId, i64)]) -> Result<(), SearchError> {
        let shelf = self.shelf();
        let shown = shelf.shown();
        for (id, times) in looks {
            if let Some(slot) = shelf.slot(&shown, *id)? {
                shelf.views.raise(slot, *times);
            }
        }
        self.looks.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// A page of matches, how many there are and, with words, how they spread.
    pub fn find(&self, find: &Find) -> Result<Found, SearchError> {
        self.page(find, None)
    }

    /// A page of matches that follow `place` in the order of [`Sort::New`],
    /// [`Sort::Price`] or [`Sort::PriceDescending`]; other orders have no places
    /// and start at `find.offset` alone.
    pub fn find_after(&self, find: &Find, place: Place) -> Result<Found, SearchError> {
        self.page(find, Some(place))
    }

    /// How many products on sale pass the filter.
    pub fn count(&self, filter: &Filter) -> Result<u64, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let shelf = self.shelf();
        self.counts.get(state, *filter, || {
            let query = question::passing(&shelf.fields, filter);
            Ok(shelf.count(query.as_ref())?)
        })
    }

    /// At most ten names with all the words that were typed, the last perhaps
    /// unfinished; the most looked at first, in the reader's language where it matches.
    pub fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, SearchError> {
        let words = typed(q);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let state = self.state.load(Ordering::Acquire);
        let key = (words.join(" "), language);
        self.suggestions.get(state, key, || {
            let shelf = self.shelf();
            let shown = shelf.shown();
            let query = question::beginning(shelf.fields.edges, &words);
            let top = Top {
                shown: Arc::clone(&shown),
                order: Order::Views(shelf.views.counts()),
                keep: SUGGESTED_FROM,
                after: None,
            };
            let mut names = Vec::new();
            for rank in shown.searcher.search(&query, &top)? {
                let name = matching_name(&shelf, &shown, rank.product(), &words, language)?;
                names.extend(name.filter(|name| !names.contains(name)));
            }
            names.truncate(SUGGESTIONS);
            Ok(names)
        })
    }

    /// Keeps the index fresh for as long as the future is polled, beginning with
    /// the news since [`Search::open`].
    pub fn follow(self: Arc<Self>) -> impl Future<Output = ()> + Send + 'static {
        async move {
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
}

/// Answering.
impl Search {
    fn page(&self, find: &Find, place: Option<Place>) -> Result<Found, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let looks = self.looks.load(Ordering::Acquire);
        let shelf = self.shelf();
        let Some(q) = find.q.as_deref().filter(|q| !q.trim().is_empty()) else {
            let ids = self.ids(find, place, state, looks, &shelf, || {
                Ok(question::passing(&shelf.fields, &find.filter))
            })?;
            return Ok(Found {
                ids,
                total: self.count(&find.filter)?,
                facets: None,
            });
        };
        let question = Question::read(q);
        let matches = self.matches(q, &question, &find.filter, state, &shelf)?;
        let strictness = matches.strictness;
        let ids = self.ids(find, place, state, looks, &shelf, || {
            let ranking =
                || question.ranking(&shelf.fields, &find.filter, strictness, find.language);
            let matching = || question.matching(&shelf.fields, &find.filter, strictness);
            let query = match find.sort {
                Sort::Relevance => ranking(),
                _ => matching(),
            };
            Ok(query.unwrap_or_else(nothing))
        })?;
        Ok(Found {
            ids,
            total: matches.spread.total,
            facets: Some(matches.spread.facets),
        })
    }

    /// Takes the question ever less strictly until something matches.
    fn matches(
        &self,
        q: &str,
        question: &Question,
        filter: &Filter,
        state: u64,
        shelf: &Shelf,
    ) -> Result<Matches, SearchError> {
        self.spreads.get(state, (Some(q.to_owned()), *filter), || {
            let shown = shelf.shown();
            let spreading = Spreading {
                shown: Arc::clone(&shown),
            };
            for strictness in Strictness::ALL {
                let Some(query) = question.matching(&shelf.fields, filter, strictness) else {
                    continue;
                };
                let spread = shown.searcher.search(&query, &spreading)?;
                if spread.total > 0 {
                    return Ok(Matches { spread, strictness });
                }
            }
            Ok(Matches {
                spread: Spread::default(),
                strictness: Strictness::All,
            })
        })
    }

    fn ids(
        &self,
        find: &Find,
        place: Option<Place>,
        state: u64,
        looks: u64,
        shelf: &Shelf,
        query: impl FnOnce() -> Result<Box<dyn Query>, SearchError>,
    ) -> Result<Vec<ProductId>, SearchError> {
        let search = || {
            let order = order(find, shelf);
            let shown = shelf.shown();
            let top = Top {
                shown: Arc::clone(&shown),
                after: place.and_then(|place| place.rank(&order)),
                order,
                keep: find.offset.saturating_add(find.limit).max(1),
            };
            let ranks = shown.searcher.search(query()?.as_ref(), &top)?;
            let page = ranks.into_iter().skip(find.offset).take(find.limit);
            Ok(page.map(Rank::product).collect())
        };
        match find.sort {
            Sort::Hot => self.hot_pages.get(state + looks, find.clone(), search),
            _ => self.pages.get(state, (find.clone(), place), search),
        }
    }

    fn shelf(&self) -> Arc<Shelf> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shelf)
    }
}

/// Following.
impl Search {
    fn changed(&self) {
        self.state.fetch_add(1, Ordering::AcqRel);
    }

    async fn take_in(&self) -> Result<(), SearchError> {
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
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = new;
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
        let shelf = self.shelf();
        let shown = shelf.shown();
        let mut crossed = Vec::new();
        for ids in moved.chunks(usize::try_from(SLICE).unwrap_or(1)) {
            let in_stock = store::in_stock(self.db.reader(), ids).await?;
            for id in ids {
                let listed = shelf.in_stock(&shown, *id)?;
                if listed.is_some_and(|listed| listed != in_stock.contains(id)) {
                    crossed.push(*id);
                }
            }
        }
        Ok(crossed)
    }

    /// Takes over views from the database, and what merging has freed.
    async fn read_views(&self) -> Result<(), SearchError> {
        let _writing = self.writing.lock().await;
        let shelf = self.shelf();
        let mut after = ProductId(0);
        loop {
            let views = store::views(self.db.reader(), after).await?;
            let Some((last, _)) = views.last() else {
                break;
            };
            after = *last;
            let shelf = Arc::clone(&shelf);
            blocking(move || {
                let shown = shelf.shown();
                for (id, views) in views {
                    if let Some(slot) = shelf.slot(&shown, id)? {
                        shelf.views.set(slot, views);
                    }
                }
                Ok(())
            })
            .await?;
        }
        blocking(move || shelf.show()).await?;
        self.changed();
        Ok(())
    }
}

impl Place {
    fn rank(self, order: &Order) -> Option<Rank> {
        let price = self.price.map_or(0, Money::minor);
        let (key, tie) = match order {
            Order::Id => (self.id.0, self.id.0),
            Order::Price => (-price, -self.id.0),
            Order::PriceDescending => (price, self.id.0),
            Order::Score | Order::Views(_) => return None,
        };
        Some(Rank { key, tie })
    }
}

fn order(find: &Find, shelf: &Shelf) -> Order {
    let has_words = find.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    match find.sort {
        Sort::Relevance if has_words => Order::Score,
        Sort::New | Sort::Relevance => Order::Id,
        Sort::Price => Order::Price,
        Sort::PriceDescending => Order::PriceDescending,
        Sort::Hot => Order::Views(shelf.views.counts()),
    }
}

fn nothing() -> Box<dyn Query> {
    Box::new(tantivy::query::EmptyQuery)
}

/// What was typed as the words that names are asked for.
fn typed(q: &str) -> Vec<String> {
    let mut words = Words::plain();
    let all = words
        .of(q)
        .map(|(text, place, kind)| (text.to_owned(), place, kind))
        .collect();
    let chosen = question::without_covered(all);
    chosen.into_iter().map(|(text, ..)| text).collect()
}

/// The product's name that has all the words; the reader's language is asked first.
fn matching_name(
    shelf: &Shelf,
    shown: &Shown,
    id: ProductId,
    words: &[String],
    language: Language,
) -> Result<Option<String>, TantivyError> {
    let Some(at) = shelf.locate(shown, id)? else {
        return Ok(None);
    };
    let document: TantivyDocument = shown.searcher.doc(at)?;
    let mut names: Vec<(&str, &str)> = document
        .get_all(shelf.fields.shown)
        .filter_map(|value| value.as_str())
        .filter_map(|tagged| tagged.split_at_checked(2))
        .collect();
    names.sort_by_key(|(tag, _)| *tag != language.as_str());
    let mut cutter = Words::plain();
    let name = names.into_iter().find(|(_, name)| {
        let own: Vec<(String, Kind)> = cutter
            .of(name)
            .map(|(text, _, kind)| (text.to_owned(), kind))
            .collect();
        words.iter().all(|word| has(&own, word))
    });
    Ok(name.map(|(_, name)| name.to_owned()))
}

fn has(own: &[(String, Kind)], word: &str) -> bool {
    own.iter()
        .any(|(text, kind)| text == word || *kind == Kind::Spaced && text.starts_with(word))
}

/// A shelf with all that is on sale, read in slices.
async fn fill(db: &Database, shop: Language) -> Result<Arc<Shelf>, SearchError> {
    let shelf = Arc::new(Shelf::empty()?);
    let tree = Tree::read(db.reader()).await?;
    let mut after = ProductId(0);
    loop {
        let rows = store::slice(db.reader(), after).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = last.id;
        let listed = list(db, &tree, rows, shop).await?;
        let shelf = Arc::clone(&shelf);
        blocking(move || shelf.add(&listed)).await?;
    }
    let filled = Arc::clone(&shelf);
    blocking(move || filled.show()).await?;
    Ok(shelf)
}

/// Products with what other tables say of them.
async fn list(
    db: &Database,
    tree: &Tree,
    rows: Vec<product::Model>,
    shop: Language,
) -> Result<Vec<store::Listed>, SearchError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let in_stock = store::in_stock(db.reader(), &ids).await?;
    let listed = rows.into_iter().map(|row| {
        let buyable = in_stock.contains(&row.id);
        tree.list(row, buyable, shop)
    });
    Ok(listed.collect())
}

/// Runs what takes long beside the threads that serve.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TantivyError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|stopped| TantivyError::SystemError(stopped.to_string()))?
        .map_err(SearchError::from)
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}
