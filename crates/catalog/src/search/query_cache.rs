//! A cache of query results that are valid until the index changes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Maximum number of cached results; when it is reached, all are dropped.
const CAPACITY: usize = 2_000;

/// Cached results of one version of the index.
#[derive(Debug)]
pub(super) struct QueryCache<K, V>(Mutex<Entries<K, V>>);

#[derive(Debug)]
struct Entries<K, V> {
    state: u64,
    entries: HashMap<K, V>,
}

impl<K, V> Default for QueryCache<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Entries {
            state: 0,
            entries: HashMap::new(),
        }))
    }
}

impl<K: Hash + Eq, V: Clone> QueryCache<K, V> {
    /// Returns the cached result for `key`, or computes it with `answer`. Read `state`
    /// before the data that `answer` reads.
    pub(super) fn get<E>(
        &self,
        state: u64,
        key: K,
        answer: impl FnOnce() -> Result<V, E>,
    ) -> Result<V, E> {
        if let Some(known) = self.at(state).entries.get(&key) {
            return Ok(known.clone());
        }
        let new = answer()?;
        let mut cache = self.at(state);
        if cache.state == state {
            if cache.entries.len() >= CAPACITY {
                cache.entries.clear();
            }
            cache.entries.insert(key, new.clone());
        }
        Ok(new)
    }

    /// Returns the result for `key`, if it is cached for this `state`.
    pub(super) fn known(&self, state: u64, key: &K) -> Option<V> {
        self.at(state).entries.get(key).cloned()
    }

    /// Locks the entries, cleared when the index has changed since.
    fn at(&self, state: u64) -> MutexGuard<'_, Entries<K, V>> {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.state < state {
            cache.state = state;
            cache.entries.clear();
        }
        cache
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(cache: &QueryCache<u8, u8>, state: u64, answer: u8) -> u8 {
        let known: Result<u8, ()> = cache.get(state, 1, || Ok(answer));
        known.expect("the answer does not fail")
    }

    #[test]
    fn an_answer_is_kept_until_the_index_changes() {
        let cache = QueryCache::default();

        assert_eq!(ask(&cache, 1, 10), 10);
        assert_eq!(ask(&cache, 1, 11), 10);
        assert_eq!(ask(&cache, 2, 12), 12);
    }

    #[test]
    fn a_slow_answer_about_the_past_is_not_kept() {
        let cache = QueryCache::default();

        assert_eq!(ask(&cache, 2, 20), 20);
        cache.0.lock().unwrap().entries.clear();
        assert_eq!(ask(&cache, 1, 10), 10);
        assert_eq!(ask(&cache, 2, 21), 21);
    }
}
