//! A private database for each test, servers that it may kill, and a start line
//! for races.
//!
//! `TEST_DATABASE_URL` names the server (MariaDB, MySQL or PostgreSQL) on which
//! each test makes a database of its own and drops it afterwards; without it,
//! each test has an SQLite file in a temporary folder. `TEST_REDIS_URL` and
//! `TEST_REDIS_CLUSTER_URL` name a Redis and a Cluster that tests share; without
//! the first one, tests that need Redis have nothing to say.

mod by_hand;
mod database;
mod race;
mod redis;

pub use by_hand::news;
pub use database::TestDb;
pub use race::{at_once, rounds, sequences};
pub use redis::{RedisCluster, RedisServer, shared_redis, shared_redis_cluster};
