//! One module per table.

pub mod address;
pub mod audit_log;
pub mod carousel;
pub mod category;
pub mod email_proof;
pub mod entry;
pub mod favorite;
pub mod feed;
pub mod idempotency;
pub mod image;
pub mod job;
pub mod marker;
pub mod payment;
pub mod pin;
pub mod product;
pub mod product_image;
pub mod revocation;
pub mod session;
pub mod sku;
pub mod stock_journal;
pub mod transfer;
pub mod user;
pub mod wallet;
