//! How often what a page shows has changed.
//!
//! The number is part of a page's key and is read before the page is loaded. A
//! load that began before a commit therefore files its page under a number that
//! nobody asks for any more, however long it takes.

use std::sync::atomic::{AtomicU64, Ordering};

use stampede_kernel::ProductId;
use stampede_persistence::{Change, Topic};

use super::Subject;

/// Products share counters by id: a change drops its neighbours' pages too, one
/// in so many.
const STRIPES: usize = 4_096;

/// The counters of one process.
#[derive(Debug)]
pub(crate) struct Generations {
    products: Box<[AtomicU64]>,
    lists: AtomicU64,
    categories: AtomicU64,
    carousels: AtomicU64,
}

impl Generations {
    pub(crate) fn new() -> Self {
        Self {
            products: (0..STRIPES).map(|_| AtomicU64::new(0)).collect(),
            lists: AtomicU64::new(0),
            categories: AtomicU64::new(0),
            carousels: AtomicU64::new(0),
        }
    }

    /// The number in force for a page about `subject`.
    pub(crate) fn of(&self, subject: &Subject) -> u64 {
        let counter = match subject {
            Subject::Product(id) | Subject::Pictures(id) => self.product(*id),
            Subject::Products(_) | Subject::Suggestions(_) => &self.lists,
            Subject::Categories => &self.categories,
            Subject::Carousels => &self.carousels,
        };
        counter.load(Ordering::Acquire)
    }

    /// Takes note of a change; every page that showed the old state is gone when this returns.
    pub(crate) fn note(&self, change: &Change) {
        match change {
            Change::Row(Topic::Product | Topic::Stock, id) => {
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

    fn note_everything(&self) {
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
