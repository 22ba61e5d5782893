//! The response cache: bounded in bytes, with one load per key at a time.
//!
//! An entry holds the version that it was loaded in; an entry with a newer version replaces it.
//! Concurrent loads are shared by key and version, so that a request after a change never waits
//! for a
//! load that began before it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::Expiry;
use moka::future::Cache;
use stampede_http::content::Content;
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;

use super::versions::Versions;
use super::{Key, ShopLanguages, Subject};

/// Memory of all responses together, in bytes.
const CAPACITY: u64 = 32 * 1024 * 1024;
/// Memory of an entry for an absent resource, in bytes.
const ABSENT_BYTES: u32 = 512;
/// Most loads that are shared at a time.
const LOADS: u64 = 10_000;

/// A cached result.
#[derive(Clone)]
enum Known {
    Present(Arc<Content>),
    /// 404: the resource does not exist, or not for customers.
    Absent,
}

/// A cached result and the version that it was loaded in.
#[derive(Clone)]
struct Entry {
    version: u64,
    known: Known,
}

/// A load of one key in one version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Load {
    key: Key,
    version: u64,
}

/// The cached responses of one process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ResponseCache {
    entries: Cache<Key, Entry>,
    /// Loads under way; a finished load is in `entries`.
    loads: Cache<Load, Known>,
    versions: Arc<Versions>,
    /// The languages that make a difference to responses.
    shop_languages: ShopLanguages,
}

impl ResponseCache {
    /// An empty cache that `versions` invalidates.
    pub(crate) fn new(versions: Arc<Versions>, shop_languages: ShopLanguages) -> Self {
        let entries = Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|key: &Key, entry: &Entry| key.weight().saturating_add(entry.weight()))
            .expire_after(Lifetime)
            .build();
        Self {
            entries,
            loads: Cache::builder()
                .max_capacity(LOADS)
                .time_to_live(Duration::from_secs(1))
                .build(),
            versions,
            shop_languages,
        }
    }

    /// The languages that make a difference to responses.
    pub(crate) fn shop_languages(&self) -> &ShopLanguages {
        &self.shop_languages
    }

    /// The cached response, if there is a valid one.
    pub(crate) async fn ready(&self, key: &Key) -> Option<Arc<Content>> {
        match self.known(key).await? {
            Known::Present(page) => Some(page),
            Known::Absent => None,
        }
    }

    /// The cached response, or the result of `load`.
    ///
    /// Concurrent requests for one key share one load. 404 is cached; any other failure is
    /// returned to all that wait and is not cached.
    pub(crate) async fn page(
        &self,
        key: Key,
        load: impl Future<Output = Result<Content, Problem>>,
    ) -> Result<Arc<Content>, Problem> {
        if self.is_beyond(&key.subject) {
            return Err(Problem::new(NOT_FOUND));
        }
        let known = match self.known(&key).await {
            Some(known) => known,
            None => self.load(key, load).await?,
        };
        match known {
            Known::Present(page) => Ok(page),
            Known::Absent => Err(Problem::new(NOT_FOUND)),
        }
    }

    async fn load(
        &self,
        key: Key,
        load: impl Future<Output = Result<Content, Problem>>,
    ) -> Result<Known, Problem> {
        let version = self.versions.of(&key.subject);
        let id = Load { key, version };
        let kept = async {
            let known = match load.await {
                Ok(page) => Known::Present(Arc::new(page)),
                Err(problem) if problem.code() == NOT_FOUND => Known::Absent,
                Err(problem) => return Err(problem),
            };
            let entry = Entry {
                version,
                known: known.clone(),
            };
            // A load that took long does not displace what was loaded after it.
            let kept = self.entries.get(&id.key).await;
            if kept.is_none_or(|kept| kept.version <= version) {
                self.entries.insert(id.key.clone(), entry).await;
            }
            Ok(known)
        };
        let known = self.loads.try_get_with_by_ref(&id, kept).await;
        self.loads.invalidate(&id).await;
        known.map_err(|problem| problem.anew())
    }

    /// The entry of `key`, if its version is the current one.
    async fn known(&self, key: &Key) -> Option<Known> {
        let version = self.versions.of(&key.subject);
        let entry = self.entries.get(key).await?;
        (entry.version == version).then_some(entry.known)
    }

    /// Whether the subject is a product id higher than all so far: such ids cost no query.
    fn is_beyond(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Product(id) | Subject::Pictures(id) => self.versions.is_beyond(*id),
            Subject::Page(page) => {
                let product = page.address.product();
                product.is_some_and(|id| self.versions.is_beyond(id))
            }
            _ => false,
        }
    }
}

impl Entry {
    fn weight(&self) -> u32 {
        match &self.known {
            Known::Present(page) => page.weight(),
            Known::Absent => ABSENT_BYTES,
        }
    }
}

/// The expiry policy: each entry lives as long as its subject allows.
struct Lifetime;

impl Expiry<Key, Entry> for Lifetime {
    fn expire_after_create(&self, key: &Key, _: &Entry, _: Instant) -> Option<Duration> {
        Some(key.subject.lives())
    }

    fn expire_after_update(
        &self,
        key: &Key,
        _: &Entry,
        _: Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(key.subject.lives())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use actix_web::http::header::HeaderValue;
    use stampede_api::LanguagePreferences;
    use stampede_kernel::ProductId;
    use stampede_kernel::codes::OVERLOADED;
    use stampede_persistence::{Change, ChangeBus, Topic};
    use tokio::sync::oneshot;

    use super::*;

    fn responses(news: &ChangeBus) -> ResponseCache {
        let versions = Versions::subscribed_to(news);
        versions.begin_at(Some(ProductId(100)));
        ResponseCache::new(versions, ShopLanguages::default())
    }

    fn key(subject: Subject) -> Key {
        let languages = LanguagePreferences::default();
        Key { subject, languages }
    }

    fn tea() -> Key {
        key(Subject::Product(ProductId(1)))
    }

    fn page(text: &str) -> Content {
        Content::new(text.to_owned(), HeaderValue::from_static("text/plain"))
    }

    async fn shown(responses: &ResponseCache, key: Key, text: &str) -> String {
        let load = async { Ok(page(text)) };
        String::from_utf8(responses.page(key, load).await.unwrap().body().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_load_that_began_before_a_change_is_never_shown_after_it() {
        let news = ChangeBus::default();
        let responses = responses(&news);
        let (started, has_started) = oneshot::channel();
        let (finish, may_finish) = oneshot::channel();
        let slow = tokio::spawn({
            let responses = responses.clone();
            async move {
                let load = async {
                    started.send(()).unwrap();
                    may_finish.await.unwrap();
                    Ok(page("old"))
                };
                responses.page(tea(), load).await
            }
        });
        has_started.await.unwrap();

        news.publish(&Change::Row(Topic::Product, 1));
        let meanwhile = shown(&responses, tea(), "new").await;
        finish.send(()).unwrap();
        slow.await.unwrap().unwrap();

        assert_eq!(meanwhile, "new");
        assert_eq!(shown(&responses, tea(), "newer").await, "new");
    }

    #[tokio::test]
    async fn many_who_wait_for_one_page_cause_one_load() {
        let responses = responses(&ChangeBus::default());
        let loads = AtomicU32::new(0);
        let one = || async {
            let load = async {
                loads.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok(page("tea"))
            };
            responses.page(tea(), load).await.unwrap();
        };

        futures::future::join_all((0..32).map(|_| one())).await;

        assert_eq!(loads.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_change_drops_what_shows_it_and_nothing_else() {
        let news = ChangeBus::default();
        let responses = responses(&news);
        let coffee = || key(Subject::Product(ProductId(2)));
        let typed = || key(Subject::Suggestions("te".to_owned()));
        let slides = || key(Subject::Carousels);
        for key in [tea(), coffee(), typed(), slides()] {
            shown(&responses, key, "old").await;
        }

        news.publish(&Change::Row(Topic::Stock, 1));

        assert_eq!(shown(&responses, tea(), "new").await, "new");
        assert_eq!(shown(&responses, typed(), "new").await, "new");
        assert_eq!(shown(&responses, coffee(), "new").await, "old");
        assert_eq!(shown(&responses, slides(), "new").await, "old");
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let responses = responses(&ChangeBus::default());

        let failed = responses
            .page(tea(), async { Err(Problem::overloaded("down")) })
            .await;

        assert_eq!(failed.unwrap_err().code(), OVERLOADED);
        assert_eq!(shown(&responses, tea(), "up").await, "up");
    }

    #[tokio::test]
    async fn a_changed_page_takes_the_place_of_the_one_before() {
        let news = ChangeBus::default();
        let responses = responses(&news);

        for round in 0..100 {
            shown(&responses, tea(), &round.to_string()).await;
            news.publish(&Change::Row(Topic::Stock, 1));
        }

        responses.entries.run_pending_tasks().await;
        responses.loads.run_pending_tasks().await;
        assert_eq!(responses.entries.entry_count(), 1);
        assert_eq!(responses.loads.entry_count(), 0);
    }

    #[tokio::test]
    async fn what_does_not_exist_is_asked_for_once_until_it_changes() {
        let news = ChangeBus::default();
        let responses = responses(&news);
        let questions = AtomicU32::new(0);
        let ask = async |id| {
            let load = async {
                questions.fetch_add(1, Ordering::SeqCst);
                Err(Problem::new(NOT_FOUND))
            };
            let subject = key(Subject::Product(ProductId(id)));
            responses.page(subject, load).await.unwrap_err().code()
        };

        for _ in 0..3 {
            assert_eq!(ask(7).await, NOT_FOUND);
        }
        assert_eq!(questions.load(Ordering::SeqCst), 1);
        news.publish(&Change::Row(Topic::Product, 7));
        ask(7).await;
        assert_eq!(questions.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn ids_beyond_the_newest_product_are_not_asked_for_at_all() {
        let news = ChangeBus::default();
        let responses = responses(&news);
        let far = || key(Subject::Product(ProductId(101)));

        for id in 101..200 {
            let load = async { panic!("nobody is to be asked") };
            let subject = key(Subject::Pictures(ProductId(id)));
            let refused = responses.page(subject, load).await;
            assert_eq!(refused.unwrap_err().code(), NOT_FOUND);
        }
        news.publish(&Change::Row(Topic::Product, 101));

        assert_eq!(shown(&responses, far(), "new").await, "new");
    }
}
