//! A cache of one value with single-flight reads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A cache of one value with a maximum age. Concurrent callers share one read
/// (single flight).
#[derive(Debug)]
pub(crate) struct SingleFlightCache<T> {
    last: Mutex<Option<(Instant, T)>>,
    /// Incremented by each [`SingleFlightCache::forget`]: a read that began
    /// before it is not cached.
    version: AtomicU64,
    reading: tokio::sync::Mutex<()>,
}

impl<T> Default for SingleFlightCache<T> {
    fn default() -> Self {
        Self {
            last: Mutex::default(),
            version: AtomicU64::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }
}

impl<T: Clone> SingleFlightCache<T> {
    /// Returns the cached value if it is younger than `within` and `accepts`
    /// it; else reads it.
    ///
    /// # Errors
    ///
    /// When `read` fails; the error is not cached.
    pub(crate) async fn get<E, F, R>(
        &self,
        within: Duration,
        accepts: impl Fn(&T) -> bool,
        read: R,
    ) -> Result<T, E>
    where
        R: FnOnce() -> F,
        F: Future<Output = Result<T, E>>,
    {
        let fresh = || self.fresh(within).filter(&accepts);
        if let Some(value) = fresh() {
            return Ok(value);
        }
        let _turn = self.reading.lock().await;
        if let Some(value) = fresh() {
            return Ok(value);
        }
        let version = self.version.load(Ordering::Acquire);
        let value = read().await?;
        if self.version.load(Ordering::Acquire) == version {
            self.put(value.clone());
        }
        Ok(value)
    }

    /// Stores a value that was read elsewhere.
    pub(crate) fn put(&self, value: T) {
        *self.last() = Some((Instant::now(), value));
    }

    /// Drops the cached value: the next call reads it.
    pub(crate) fn forget(&self) {
        self.version.fetch_add(1, Ordering::AcqRel);
        *self.last() = None;
    }

    fn fresh(&self, within: Duration) -> Option<T> {
        let last = self.last();
        let fresh = last.as_ref().filter(|(at, _)| at.elapsed() < within);
        fresh.map(|(_, value)| value.clone())
    }

    fn last(&self) -> MutexGuard<'_, Option<(Instant, T)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    async fn read(
        cache: &SingleFlightCache<usize>,
        reads: &AtomicUsize,
        within: Duration,
    ) -> usize {
        let read = || async {
            tokio::task::yield_now().await;
            Ok::<_, ()>(reads.fetch_add(1, Ordering::SeqCst))
        };
        cache.get(within, |_| true, read).await.unwrap_or(999)
    }

    #[tokio::test]
    async fn a_crowd_reads_once_and_again_when_it_has_changed() {
        let (cache, reads) = (SingleFlightCache::default(), AtomicUsize::new(0));
        let all = (0..50).map(|_| read(&cache, &reads, LONG));

        assert_eq!(futures::future::join_all(all).await, [0; 50]);
        cache.forget();
        assert_eq!(read(&cache, &reads, LONG).await, 1);
        assert_eq!(read(&cache, &reads, LONG).await, 1);
        assert_eq!(read(&cache, &reads, Duration::ZERO).await, 2);
        cache.put(70);
        assert_eq!(read(&cache, &reads, LONG).await, 70);
    }

    #[tokio::test]
    async fn what_changed_while_it_was_read_is_read_again() {
        let cache = SingleFlightCache::default();
        let slow = cache.get(
            LONG,
            |_| true,
            || async {
                cache.forget();
                Ok::<_, ()>("before")
            },
        );
        assert_eq!(slow.await, Ok("before"));

        let next = cache.get(LONG, |_| true, || async { Ok::<_, ()>("after") });
        assert_eq!(next.await, Ok("after"));
    }

    #[tokio::test]
    async fn what_does_not_fit_and_what_failed_is_read_again() {
        let cache = SingleFlightCache::default();
        cache.put(1);
        let other = cache.get(LONG, |value| *value == 2, || async { Ok::<_, ()>(2) });
        assert_eq!(other.await, Ok(2));

        cache.forget();
        let failed = cache.get(LONG, |_| true, || async { Err("away") });
        assert_eq!(failed.await, Err("away"));
        let again = cache.get(LONG, |_| true, || async { Ok::<_, ()>(3) });
        assert_eq!(again.await, Ok(3));
    }
}
