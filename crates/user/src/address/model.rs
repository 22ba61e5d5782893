//! Addresses.

use serde::{Deserialize, Serialize};
use stampede_kernel::{AddressId, Timestamp};

/// A delivery address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Its id.
    pub id: AddressId,
    /// Of the recipient.
    pub name: String,
    /// Of the recipient.
    pub phone: String,
    /// Where.
    pub address: String,
    /// Taken when an order names none.
    pub is_default: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What a new or changed address says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewAddress {
    /// 1–64 characters.
    pub name: String,
    /// 5–20 of `[0-9+ -]`.
    pub phone: String,
    /// 1–255 characters.
    pub address: String,
    /// Whether it becomes the default; `None` leaves that as it is.
    pub is_default: Option<bool>,
}

/// An address as an order keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressSnapshot {
    /// Of the recipient.
    pub name: String,
    /// Of the recipient.
    pub phone: String,
    /// Where.
    pub address: String,
}
