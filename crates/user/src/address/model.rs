//! Types of the address service.

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
    /// The recipient's name.
    pub name: String,
    /// The recipient's phone number.
    pub phone: String,
    /// The postal address.
    pub address: String,
    /// Whether it is used when an order names no address.
    pub is_default: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

/// The fields of a new or changed address.
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

/// A copy of an address, as an order keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressSnapshot {
    /// The recipient's name.
    pub name: String,
    /// The recipient's phone number.
    pub phone: String,
    /// The postal address.
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

/// Validates and normalises an address.
pub(super) fn checked(new: &NewAddress) -> Result<NewAddress, FieldError> {
    Ok(NewAddress {
        name: rule::line("name", &new.name, 1..=64)?,
        phone: phone::canonical(&new.phone)?,
        address: rule::lines("address", &new.address, 1..=255, MAX_LINES)?,
        is_default: new.is_default,
    })
}

/// Returns the default address after `leaving` is no longer it: the present default if
/// it is another one, else the newest other, else `leaving` itself. `all` is newest
/// first.
pub(super) fn next_default(all: &[address::Model], leaving: AddressId) -> Option<AddressId> {
    let others = || all.iter().filter(|row| row.id != leaving);
    others()
        .find(|row| row.is_default)
        .or_else(|| others().next())
        .or_else(|| all.first())
        .map(|row| row.id)
}
