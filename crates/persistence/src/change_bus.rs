//! What one process tells itself after a commit: news to its caches, a nudge to its workers.

use std::sync::RwLock;

/// What a piece of news is about.
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

/// Something that a subscriber should look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row of this key.
    Row(Topic, i64),
    /// Everything: this process was away for longer than news is kept.
    Everything,
}

type Subscriber = Box<dyn Fn(&Change) + Send + Sync>;

/// The subscribers of one process.
///
/// A service publishes after its commit and before it answers, so that the next
/// answer of this process shows the change; the feed's tail publishes what
/// other processes committed. Subscribers must be quick and may hear a change twice.
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

    /// Tells every subscriber, in the caller's thread.
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
