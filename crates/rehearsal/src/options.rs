//! What is to be played.

/// What is to be played.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many come.
    pub users: u32,
    /// Units there are.
    pub stock: u32,
    /// Units that one of them may have.
    pub limit: u32,
    /// Claims per second.
    pub rate: u32,
    /// Connections at most.
    pub connections: usize,
}

/// A rate at which a sale is a rush and two cores keep up: everybody within two
/// seconds, up to what one machine answers.
pub fn default_rate(users: u32) -> u32 {
    /// Claims per second.
    const MOST: u32 = 10_000;
    (users / 2).clamp(1, MOST)
}
