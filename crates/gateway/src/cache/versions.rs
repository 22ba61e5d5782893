//! Version counters that invalidate cached responses.
//!
//! A version is stored with a response and is read before the response is loaded. A load that
//! began
//! before a commit is thus stored under a version that no later request asks for, however long
//! it takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use stampede_kernel::ProductId;
use stampede_persistence::{Change, ChangeBus, Topic};

use super::Subject;

/// Number of product counters. Products share them by id modulo this number, so a change also
/// invalidates one in so many other products.
const STRIPES: usize = 4_096;

/// The version counters of one process.
#[derive(Debug)]
pub(crate) struct Versions {
    products: Box<[AtomicU64]>,
    lists: AtomicU64,
    categories: AtomicU64,
    carousels: AtomicU64,
    /// The highest product id so far; requests for higher ids are 404 without a query.
    highest: AtomicI64,
}

impl Versions {
    /// Counters that are incremented by the changes published on `news`.
    pub(crate) fn subscribed_to(news: &ChangeBus) -> Arc<Self> {
        let versions = Arc::new(Self::new());
        let heard = Arc::clone(&versions);
        news.subscribe(move |change| heard.note(change));
        versions
    }

    fn new() -> Self {
        Self {
            highest: AtomicI64::new(i64::MAX),
            products: (0..STRIPES).map(|_| AtomicU64::new(0)).collect(),
            lists: AtomicU64::new(0),
            categories: AtomicU64::new(0),
            carousels: AtomicU64::new(0),
        }
    }

    /// The current version of `subject`.
    pub(crate) fn of(&self, subject: &Subject) -> u64 {
        let counter = match subject {
            Subject::Product(id) | Subject::Pictures(id) => self.product(*id),
            Subject::Products(_) | Subject::Suggestions(_) => &self.lists,
            Subject::Categories => &self.categories,
            Subject::Carousels => &self.carousels,
            Subject::Page(_) => return self.of_all(),
        };
        counter.load(Ordering::Acquire)
    }

    /// The version of a page, which shows something of everything: counters only rise, so their
    /// sum changes when any of them does. Each change of a product steps `lists`.
    fn of_all(&self) -> u64 {
        let counters = [&self.lists, &self.categories, &self.carousels];
        let counted = counters.map(|counter| counter.load(Ordering::Acquire));
        counted.into_iter().fold(0, u64::wrapping_add)
    }

    /// Increments the counters that `change` concerns: every response with the old state is
    /// invalid when this returns.
    pub(crate) fn note(&self, change: &Change) {
        match change {
            Change::Row(topic @ (Topic::Product | Topic::Stock), id) => {
                // Slides lead to what is on sale.
                if matches!(topic, Topic::Product) {
                    step(&self.carousels);
                }
                self.highest.fetch_max(*id, Ordering::AcqRel);
                step(self.product(ProductId(*id)));
                step(&self.lists);
            }
            Change::Row(Topic::Category, _) => {
                step(&self.categories);
                step(&self.lists);
            }
            Change::Row(Topic::Carousel, _) => step(&self.carousels),
            Change::Row(Topic::User | Topic::Sale, _) => {}
            Change::Everything => self.note_everything(),
        }
    }

    /// Sets the highest product id.
    ///
    /// The id is read after [`Versions::subscribed_to`], so that no new product is missed, and
    /// set before any response is loaded.
    pub(crate) fn begin_at(&self, newest: Option<ProductId>) {
        let newest = newest.map_or(0, |id| id.0);
        self.highest.store(newest, Ordering::Release);
    }

    /// Whether `id` is higher than the id of every product so far.
    pub(crate) fn is_beyond(&self, id: ProductId) -> bool {
        id.0 > self.highest.load(Ordering::Acquire)
    }

    fn note_everything(&self) {
        self.highest.store(i64::MAX, Ordering::Release);
        self.products.iter().for_each(step);
        step(&self.lists);
        step(&self.categories);
        step(&self.carousels);
    }

    fn product(&self, id: ProductId) -> &AtomicU64 {
        let stripe = usize::try_from(id.0).unwrap_or(0) % STRIPES;
        &self.products[stripe]
    }
}

fn step(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::AcqRel);
}
