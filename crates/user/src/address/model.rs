//! Types of the address service.

use serde::{Deserialize, Serialize};
use stampede_kernel::{AddressId, Country, FieldError, Timestamp};
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
    /// The postcode.
    pub postcode: Option<String>,
    /// The country.
    pub country: Country,
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
    /// 1–16 characters, if there is one.
    pub postcode: Option<String>,
    /// The country; `None` for the shop's.
    pub country: Option<Country>,
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
    /// The postcode.
    #[serde(default)]
    pub postcode: Option<String>,
    /// The country; `None` on orders of a release that knew none.
    #[serde(default)]
    pub country: Option<Country>,
}

impl Address {
    /// The address of a row, which is in `home` when it names no country.
    pub(super) fn of(row: address::Model, home: Country) -> Self {
        Self {
            id: row.id,
            country: country(&row, home),
            name: row.name,
            phone: row.phone,
            address: row.address,
            postcode: row.postcode,
            is_default: row.is_default,
            created_at: row.created_at,
        }
    }
}

impl AddressSnapshot {
    /// The copy of a row, which is in `home` when it names no country.
    pub(super) fn of(row: address::Model, home: Country) -> Self {
        Self {
            country: Some(country(&row, home)),
            name: row.name,
            phone: row.phone,
            address: row.address,
            postcode: row.postcode,
        }
    }
}

/// A row of a release that knew no countries names none.
fn country(row: &address::Model, home: Country) -> Country {
    let named = row.country.as_deref();
    named.map_or(home, |code| Country::parse(code).unwrap_or(home))
}

/// Validates and normalises an address. One that names no country is in `home`, and stays
/// there when the shop moves. A blank postcode is none.
pub(super) fn checked(new: &NewAddress, home: Country) -> Result<NewAddress, FieldError> {
    let postcode = new
        .postcode
        .as_deref()
        .filter(|text| !text.trim().is_empty());
    let postcode = postcode.map(|text| rule::line("postcode", text, 1..=16));
    Ok(NewAddress {
        name: rule::line("name", &new.name, 1..=64)?,
        phone: phone::canonical(&new.phone)?,
        address: rule::lines("address", &new.address, 1..=255, MAX_LINES)?,
        postcode: postcode.transpose()?,
        country: Some(new.country.unwrap_or(home)),
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
