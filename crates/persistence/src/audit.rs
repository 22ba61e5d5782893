//! What an audit finds.

use serde::Serialize;

/// A broken invariant: each domain crate's `audit` names those of its own tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// Which: `I5` …
    pub invariant: &'static str,
    /// Where: `order 0199…`.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}
