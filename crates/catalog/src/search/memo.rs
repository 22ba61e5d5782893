//! Answers that stay true until the index changes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Answers kept at most; when there are more, all are forgotten.
const KEPT: usize = 2_000;

/// Answers of one state of the index.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Mutex<Answers<K, V>>);

#[derive(Debug)]
struct Answers<K, V> {
    state: u64,
    answers: HashMap<K, V>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Answers {
            state: 0,
            answers: HashMap::new(),
        }))
    }
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// The answer to `key`, worked out by `answer` unless it is known for this `state`.
    /// `state` is to be read before what `answer` reads.
    pub(super) fn get<E>(
        &self,
        state: u64,
        key: K,
        answer: impl FnOnce() -> Result<V, E>,
    ) -> Result<V, E> {
        if let Some(known) = self.at(state).answers.get(&key) {
            return Ok(known.clone());
        }
        let new = answer()?;
        let mut memo = self.at(state);
        if memo.state == state {
            if memo.answers.len() >= KEPT {
                memo.answers.clear();
            }
            memo.answers.insert(key, new.clone());
        }
        Ok(new)
    }

    /// The answer to `key`, if it is known for this `state`.
    pub(super) fn known(&self, state: u64, key: &K) -> Option<V> {
        self.at(state).answers.get(key).cloned()
    }

    /// The answers, emptied when the index has changed since.
    fn at(&self, state: u64) -> MutexGuard<'_, Answers<K, V>> {
        let mut memo = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if memo.state < state {
            memo.state = state;
            memo.answers.clear();
        }
        memo
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(memo: &Memo<u8, u8>, state: u64, answer: u8) -> u8 {
        let known: Result<u8, ()> = memo.get(state, 1, || Ok(answer));
        known.expect("the answer does not fail")
    }

    #[test]
    fn an_answer_is_kept_until_the_index_changes() {
        let memo = Memo::default();

        assert_eq!(ask(&memo, 1, 10), 10);
        assert_eq!(ask(&memo, 1, 11), 10);
        assert_eq!(ask(&memo, 2, 12), 12);
    }

    #[test]
    fn a_slow_answer_about_the_past_is_not_kept() {
        let memo = Memo::default();

        assert_eq!(ask(&memo, 2, 20), 20);
        memo.0.lock().unwrap().answers.clear();
        assert_eq!(ask(&memo, 1, 10), 10);
        assert_eq!(ask(&memo, 2, 21), 21);
    }
}
