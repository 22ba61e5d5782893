//! What is to be played.

/// What is to be played.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// How many come.
    pub(crate) users: u32,
    /// Units there are.
    pub(crate) stock: u32,
    /// Units that one of them may have.
    pub(crate) limit: u32,
    /// Claims per second.
    pub(crate) rate: u32,
    /// Connections at most.
    pub(crate) connections: usize,
    /// Gateways; none: whatever runs with these settings, or a shop of its own.
    pub(crate) urls: Vec<String>,
    /// Whether production is meant.
    pub(crate) yes: bool,
}

/// A rate at which a sale is a rush and two cores keep up: everybody within two
/// seconds, up to what one machine answers.
pub(crate) fn usual_rate(users: u32) -> u32 {
    /// Claims per second.
    const MOST: u32 = 10_000;
    (users / 2).clamp(1, MOST)
}
