//! Delivery addresses.

use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_kernel::Country;
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
    /// Street and town, as text of up to 4 lines.
    address: String,
    /// Postcode; null when there is none.
    postcode: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country: String,
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
            postcode: address.postcode,
            country: address.country.into(),
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
    /// Street and town, 1–255 characters on at most 4 lines.
    #[schema(min_length = 1)]
    address: String,
    /// Postcode, at most 16 characters; absent or null when there is none.
    postcode: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country; the country of the shop when absent.
    #[schema(min_length = 2, max_length = 2)]
    country: Option<String>,
    /// True makes this address the default. When absent, the setting stays as it is.
    is_default: Option<bool>,
}

impl NewAddressBody {
    /// The fields of the address.
    ///
    /// # Errors
    ///
    /// 422 for a country that does not exist.
    pub fn into_address(self) -> Result<NewAddress, Problem> {
        let country = self.country.map(|code| country("country", &code));
        Ok(NewAddress {
            name: self.name,
            phone: self.phone,
            address: self.address,
            postcode: self.postcode,
            country: country.transpose()?,
            is_default: self.is_default,
        })
    }
}

/// The country of a code; 422 when there is none.
pub(crate) fn country(field: &'static str, code: &str) -> Result<Country, Problem> {
    Country::parse(code)
        .map_err(|error| Problem::field(field, "unknown_country", error.to_string()))
}
