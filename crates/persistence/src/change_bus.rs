//! The change bus of one process: it tells caches and indexes that rows have changed.

use std::sync::RwLock;

/// The kind of row that has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A product or one of its SKUs or pictures; the key is the product id.
    Product,
    /// A product's stock only; the key is the product id.
    Stock,
    /// The category tree.
    Category,
    /// The carousel.
    Carousel,
    /// An account or its profile; the key is the user id.
    User,
    /// A flash sale or its epoch; the key is the sale id.
    Sale,
}

impl Topic {
    const ALL: [Self; 6] = [
        Self::Product,
        Self::Stock,
        Self::Category,
        Self::Carousel,
        Self::User,
        Self::Sale,
    ];

    /// The name in the `feed` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Stock => "stock",
            Self::Category => "category",
            Self::Carousel => "carousel",
            Self::User => "user",
            Self::Sale => "sale",
        }
    }

    /// The topic of that name; `None` for one of a newer release.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name)
    }
}

/// A change that subscribers may have to react to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row with this key has changed.
    Row(Topic, i64),
    /// Anything may have changed: this process missed changes that the feed no longer
    /// keeps.
    Everything,
}

type Subscriber = Box<dyn Fn(&Change) + Send + Sync>;

/// The change bus of one process: publish and subscribe in memory.
///
/// A service publishes after its commit and before it answers, so that the next answer
/// of this process shows the change; the feed's tail publishes what other processes
/// committed. Subscribers run in the publisher's thread, so they must be quick, and may
/// get a change twice.
#[derive(Default)]
pub struct ChangeBus {
    subscribers: RwLock<Vec<Subscriber>>,
}

impl ChangeBus {
    /// Calls `subscriber` with every change from now on.
    pub fn subscribe(&self, subscriber: impl Fn(&Change) + Send + Sync + 'static) {
        let mut subscribers = self
            .subscribers
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        subscribers.push(Box::new(subscriber));
    }

    /// Calls every subscriber, in the caller's thread.
    pub fn publish(&self, change: &Change) {
        let subscribers = self
            .subscribers
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for subscriber in subscribers.iter() {
            subscriber(change);
        }
    }
}

impl std::fmt::Debug for ChangeBus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeBus").finish_non_exhaustive()
    }
}
