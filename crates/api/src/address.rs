//! Delivery addresses.

use serde::{Deserialize, Serialize};
use stampede_user::{Address, NewAddress};
use utoipa::ToSchema;

/// A delivery address of the caller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Address)]
pub struct AddressBody {
    /// Id of the address.
    id: i64,
    /// Name of the recipient.
    name: String,
    /// Phone number of the recipient, in ASCII.
    phone: String,
    /// Street, town and country, as text of up to 4 lines.
    address: String,
    /// True for the address that an order or a claim without an `address_id` goes to.
    is_default: bool,
    /// Time of creation: RFC 3339, UTC.
    created_at: String,
}

impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        Self {
            id: address.id.0,
            name: address.name,
            phone: address.phone,
            address: address.address,
            is_default: address.is_default,
            created_at: address.created_at.to_rfc3339(),
        }
    }
}

/// Request to add or to replace a delivery address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddressBody {
    /// Name of the recipient, 1–64 characters.
    #[schema(min_length = 1)]
    name: String,
    /// Phone number of the recipient, 5–32 characters: at least 5 digits of any script, `+ - .
    /// ( ) /`, spaces, and `x` or `ext.` before an extension. Stored in ASCII.
    #[schema(min_length = 5, max_length = 32)]
    phone: String,
    /// Street, town and country, 1–255 characters on at most 4 lines.
    #[schema(min_length = 1)]
    address: String,
    /// True makes this address the default. When absent, the setting stays as it is.
    is_default: Option<bool>,
}

impl From<NewAddressBody> for NewAddress {
    fn from(body: NewAddressBody) -> Self {
        Self {
            name: body.name,
            phone: body.phone,
            address: body.address,
            is_default: body.is_default,
        }
    }
}
