//! The sale on a database: claims, commits, rebuilds, releases, and the books afterwards.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod fixture;
mod frail;

mod audit;
mod books;
mod claims;
mod clocks;
mod crowd;
mod cut;
mod deliveries;
mod edits;
mod endings;
mod faults;
mod figures;
mod histories;
mod lapses;
mod races;
mod redis;
mod redis_cluster;
mod soundness;
mod tickets;
