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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use stampede_kernel::{Language, ProductId};
    use stampede_persistence::{Change, Topic};
    use tokio::sync::oneshot;

    use super::*;
    use crate::cache::{Preference, Subject};

    fn key(subject: Subject) -> Key {
        let preference = Preference::default();
        Key {
            subject,
            preference,
        }
    }

    fn tea() -> Key {
        key(Subject::Product(ProductId(1)))
    }

    fn page(text: &str) -> Page {
        Page::new(text.into(), text.as_bytes(), Language::EN)
    }

    async fn shown(pages: &Pages, key: Key, text: &str) -> String {
        let load = async { Ok::<_, ()>(page(text)) };
        String::from_utf8(pages.page(key, load).await.unwrap().bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_load_that_began_before_a_change_is_never_shown_after_it() {
        let news = News::default();
        let pages = Pages::new(&news);
        let (started, has_started) = oneshot::channel();
        let (finish, may_finish) = oneshot::channel();
        let slow = tokio::spawn({
            let pages = pages.clone();
            async move {
                let load = async {
                    started.send(()).unwrap();
                    may_finish.await.unwrap();
                    Ok::<_, ()>(page("old"))
                };
                pages.page(tea(), load).await
            }
        });
        has_started.await.unwrap();

        news.publish(&Change::Row(Topic::Product, 1));
        let meanwhile = shown(&pages, tea(), "new").await;
        finish.send(()).unwrap();
        slow.await.unwrap().unwrap();

        assert_eq!(meanwhile, "new");
        assert_eq!(shown(&pages, tea(), "newer").await, "new");
    }

    #[tokio::test]
    async fn many_who_wait_for_one_page_cause_one_load() {
        let pages = Pages::new(&News::default());
        let loads = AtomicU32::new(0);
        let one = || async {
            let load = async {
                loads.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok::<_, ()>(page("tea"))
            };
            pages.page(tea(), load).await.unwrap();
        };

        futures::future::join_all((0..32).map(|_| one())).await;

        assert_eq!(loads.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_change_drops_what_shows_it_and_nothing_else() {
        let news = News::default();
        let pages = Pages::new(&news);
        let coffee = || key(Subject::Product(ProductId(2)));
        let typed = || key(Subject::Suggestions("te".to_owned()));
        let slides = || key(Subject::Carousels);
        for key in [tea(), coffee(), typed(), slides()] {
            shown(&pages, key, "old").await;
        }

        news.publish(&Change::Row(Topic::Stock, 1));

        assert_eq!(shown(&pages, tea(), "new").await, "new");
        assert_eq!(shown(&pages, typed(), "new").await, "new");
        assert_eq!(shown(&pages, coffee(), "new").await, "old");
        assert_eq!(shown(&pages, slides(), "new").await, "old");
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let pages = Pages::new(&News::default());

        let failed = pages.page(tea(), async { Err("down") }).await;

        assert_eq!(failed.unwrap_err(), "down");
        assert_eq!(shown(&pages, tea(), "up").await, "up");
    }
}
