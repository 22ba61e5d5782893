//! The options of a rehearsal.

/// The options of a rehearsal.
#[derive(Debug, Clone)]
pub struct Options {
    /// Number of users.
    pub users: u32,
    /// Units in the sale.
    pub stock: u32,
    /// Most units that one user may claim.
    pub limit: u32,
    /// Claims per second.
    pub rate: u32,
    /// Most connections.
    pub connections: usize,
    /// Sale pages that are open meanwhile and poll.
    pub visitors: u32,
    /// Whether its progress is shown on standard error, if that is a terminal.
    pub shows_progress: bool,
}

/// The default rate, in claims per second: everyone within two seconds, at most what one
/// machine answers.
pub fn default_rate(users: u32) -> u32 {
    /// Claims per second.
    const MOST: u32 = 10_000;
    (users / 2).clamp(1, MOST)
}
