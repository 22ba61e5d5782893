//! The database: entities, connection pools, transactions, jobs, the change feed,
//! idempotency keys and the audit log.
//!
//! Entities are one module per table. [`Database`] opens the pools and begins
//! the transactions that the domain crates own; [`retrying`] runs such a
//! transaction again when the database asks for it.

mod bulk;
mod by_day;
mod change_bus;
mod conflict;
mod database;
mod dialect;
mod durability;
mod lock;
mod refusal;

pub mod account;
pub mod audit;
pub mod audit_log;
pub mod audit_run;
pub mod codes;
pub mod entity;
pub mod feed;
pub mod idempotency;
pub mod job;
pub mod marker;
pub mod sweep;

pub use bulk::{BULK_ROWS, in_shapes, insert_all, inserts, padded, send};
pub use by_day::{ByDay, by_day, integer_sum};
pub use change_bus::{Change, ChangeBus, Topic};
pub use codes::ERROR_CODES;
pub use conflict::{Conflict, Failure, failure, retrying};
pub use database::{Database, Pool, Urgent};
pub use dialect::insert_or_ignore;
pub use lock::AdvisoryLock;
pub use refusal::{DatabaseError, database_refusal};
