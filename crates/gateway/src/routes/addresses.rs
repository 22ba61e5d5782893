//! Routes of the caller's delivery addresses.

use actix_web::{HttpResponse, delete, get, post, put, web};
use serde::{Deserialize, Serialize};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::AddressId;
use stampede_user::{Address, AddressService, NewAddress};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(add)
        .service(list)
        .service(show)
        .service(change)
        .service(remove);
}

/// A delivery address of the caller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Address)]
struct AddressBody {
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
struct NewAddressBody {
    /// Name of the recipient, 1–64 characters.
    #[schema(min_length = 1, max_length = 64)]
    name: String,
    /// Phone number of the recipient, 5–32 characters: at least 5 digits of any script, `+ - .
    /// ( ) /`, spaces, and `x` or `ext.` before an extension. Stored in ASCII.
    #[schema(min_length = 5, max_length = 32)]
    phone: String,
    /// Street, town and country, 1–255 characters on at most 4 lines.
    #[schema(min_length = 1, max_length = 255)]
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

/// Adds a delivery address.
///
/// The first address of a user becomes the default. A user has at most 50.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), request_body = NewAddressBody, responses(
    (status = 201, body = AddressBody),
    (status = 409, description = "too_many_addresses"),
))]
#[post("/address")]
async fn add(
    caller: SignedIn,
    addresses: web::Data<dyn AddressService>,
    Json(body): Json<NewAddressBody>,
) -> Result<HttpResponse, Problem> {
    let address = addresses.add(caller.user, body.into()).await?;
    let path = format!("/address/{}", address.id);
    Ok(created(&path, &AddressBody::from(address)))
}

/// Lists the caller's delivery addresses, newest first.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), responses((status = 200, body = List<AddressBody>)))]
#[get("/address")]
async fn list(
    caller: SignedIn,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    let all = addresses.list(caller.user).await?;
    Ok(ok_private(&List::whole(all, AddressBody::from)))
}

/// Returns one delivery address of the caller.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the address.")), responses(
    (status = 200, body = AddressBody),
))]
#[get("/address/{id}")]
async fn show(
    caller: SignedIn,
    Id(id): Id<AddressId>,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    let address = addresses.get(caller.user, id).await?;
    Ok(ok_private(&AddressBody::from(address)))
}

/// Replaces a delivery address of the caller.
///
/// Orders keep the address that they were placed with.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the address.")), request_body = NewAddressBody, responses(
    (status = 200, body = AddressBody),
))]
#[put("/address/{id}")]
async fn change(
    caller: SignedIn,
    Id(id): Id<AddressId>,
    addresses: web::Data<dyn AddressService>,
    Json(body): Json<NewAddressBody>,
) -> Result<HttpResponse, Problem> {
    let address = addresses.change(caller.user, id, body.into()).await?;
    Ok(ok_private(&AddressBody::from(address)))
}

/// Deletes a delivery address of the caller.
///
/// Orders keep the address that they were placed with.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the address.")), responses((status = 204)))]
#[delete("/address/{id}")]
async fn remove(
    caller: SignedIn,
    Id(id): Id<AddressId>,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    addresses.delete(caller.user, id).await?;
    Ok(no_content())
}
