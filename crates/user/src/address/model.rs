//! Addresses.

use serde::{Deserialize, Serialize};
use stampede_kernel::{AddressId, FieldError, Timestamp};
use stampede_persistence::entity::address;

use super::phone;
use crate::rule;

/// Lines of an address.
const MAX_LINES: usize = 4;

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
    /// 5–32 characters with at least 5 digits, of any script.
    pub phone: String,
    /// 1–255 characters in up to 4 lines.
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

impl From<address::Model> for Address {
    fn from(row: address::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            phone: row.phone,
            address: row.address,
            is_default: row.is_default,
            created_at: row.created_at,
        }
    }
}

impl From<address::Model> for AddressSnapshot {
    fn from(row: address::Model) -> Self {
        Self {
            name: row.name,
            phone: row.phone,
            address: row.address,
        }
    }
}

/// The address as it is kept, or which rule it breaks.
pub(super) fn checked(new: &NewAddress) -> Result<NewAddress, FieldError> {
    Ok(NewAddress {
        name: rule::line("name", &new.name, 1..=64)?,
        phone: phone::canonical(&new.phone)?,
        address: rule::lines("address", &new.address, 1..=255, MAX_LINES)?,
        is_default: new.is_default,
    })
}

/// Which address is the default once `leaving` shall not be: the one that is,
/// else the newest other, else `leaving` itself. `all` is newest first.
pub(super) fn next_default(all: &[address::Model], leaving: AddressId) -> Option<AddressId> {
    let others = || all.iter().filter(|row| row.id != leaving);
    others()
        .find(|row| row.is_default)
        .or_else(|| others().next())
        .or_else(|| all.first())
        .map(|row| row.id)
}
