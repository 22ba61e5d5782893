//! The grace period of spent refresh tokens.
//!
//! Two tabs may refresh with one token at once, or a response may be lost and the
//! client retries: neither is a theft. Within the grace period a spent token may be
//! spent again and opens another session of its family.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use stampede_kernel::Timestamp;

/// Maximum number of remembered spent tokens per session.
const REMEMBERED: usize = 8;
/// How often a spent token may be spent again.
const MORE_CHILDREN: u32 = 16;

/// A spent token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SpentToken {
    hash: String,
    at: Timestamp,
    more: u32,
}

/// The last spent tokens of one session, oldest first; stored as JSON in its row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SpentTokens(Vec<SpentToken>);

impl SpentTokens {
    /// Parses the column; invalid JSON counts as no tokens.
    pub(super) fn read(column: Option<&str>) -> Self {
        Self(
            column
                .and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_default(),
        )
    }

    /// Serialises the tokens; `None` when there are none.
    pub(super) fn write(&self) -> Option<String> {
        Some(&self.0)
            .filter(|tokens| !tokens.is_empty())
            .and_then(|tokens| serde_json::to_string(tokens).ok())
    }

    /// Adds a token that is spent now, and drops those beyond the grace period.
    pub(super) fn spend(&mut self, hash: String, now: Timestamp, grace: Duration) {
        self.0.retain(|token| token.is_within(grace, now));
        if grace.is_zero() {
            return;
        }
        let beyond = (self.0.len() + 1).saturating_sub(REMEMBERED);
        self.0.drain(..beyond);
        let (at, more) = (now, 0);
        self.0.push(SpentToken { hash, at, more });
    }

    /// Returns whether a token may be spent again within the grace period, and counts
    /// it.
    pub(super) fn spend_again(&mut self, hash: &str, now: Timestamp, grace: Duration) -> bool {
        let token =
            (self.0.iter_mut()).find(|token| token.hash == hash && token.is_within(grace, now));
        token.is_some_and(|token| {
            token.more += 1;
            token.more <= MORE_CHILDREN
        })
    }
}

impl SpentToken {
    /// Checks the grace period; the clock may have been set in either direction
    /// meanwhile.
    fn is_within(&self, grace: Duration, now: Timestamp) -> bool {
        self.at.since(now).max(now.since(self.at)) <= grace
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);
    const GRACE: Duration = Duration::from_secs(10);

    fn spent(hashes: &[&str]) -> SpentTokens {
        let mut tokens = SpentTokens::default();
        for hash in hashes {
            tokens.spend((*hash).to_owned(), NOW, GRACE);
        }
        SpentTokens::read(tokens.write().as_deref())
    }

    #[test]
    fn a_token_may_be_spent_again_for_ten_seconds_whichever_way_the_clock_goes() {
        let again = |at: Timestamp| spent(&["a", "b"]).spend_again("a", at, GRACE);

        assert!(!again(NOW.plus(GRACE + Duration::from_millis(1))));
        assert!(!again(NOW.minus(GRACE + Duration::from_millis(1))));
        assert!(again(NOW.plus(GRACE)));
        assert!(!spent(&["b"]).spend_again("a", NOW, GRACE));
    }

    #[test]
    fn without_a_grace_nothing_is_remembered() {
        let mut tokens = SpentTokens::default();
        tokens.spend("a".to_owned(), NOW, Duration::ZERO);

        assert_eq!(tokens.write(), None);
    }

    #[test]
    fn what_is_remembered_fits_into_its_column() {
        let hashes: Vec<_> = (0..20).map(|n| format!("{n:064}")).collect();
        let hashes: Vec<_> = hashes.iter().map(String::as_str).collect();
        let mut tokens = spent(&hashes);
        for _ in 0..100 {
            tokens.spend_again(hashes[19], NOW, GRACE);
        }

        assert!(!tokens.spend_again(hashes[0], NOW, GRACE));
        assert!(!tokens.spend_again(hashes[19], NOW, GRACE));
        assert!(tokens.spend_again(hashes[12], NOW, GRACE));
        assert!(tokens.write().unwrap().len() <= 1_024);
    }
}
