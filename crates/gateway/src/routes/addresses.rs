//! The caller's addresses.

use actix_web::{HttpResponse, delete, get, post, put, web};
use serde::{Deserialize, Serialize};
use stampede_http::answer::{List, created, done, personal};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
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

/// A delivery address.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Address)]
struct AddressBody {
    id: i64,
    name: String,
    phone: String,
    address: String,
    is_default: bool,
    /// RFC 3339, UTC.
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

/// What a new or changed address says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAddressBody {
    #[schema(min_length = 1, max_length = 64)]
    name: String,
    /// At least 5 digits, of any script; `+ - . ( ) /`, spaces, `x` or `ext.` before an
    /// extension. Kept in ASCII.
    #[schema(min_length = 5, max_length = 32)]
    phone: String,
    /// Up to 4 lines.
    #[schema(min_length = 1, max_length = 255)]
    address: String,
    /// Absent: as it is.
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

/// Adds an address; the first one becomes the default.
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

/// The caller's addresses, newest first.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), responses((status = 200, body = List<AddressBody>)))]
#[get("/address")]
async fn list(
    caller: SignedIn,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    let all = addresses.list(caller.user).await?;
    Ok(personal(&List::whole(all, AddressBody::from)))
}

/// One of the caller's addresses.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path)), responses(
    (status = 200, body = AddressBody),
))]
#[get("/address/{id}")]
async fn show(
    caller: SignedIn,
    Id(id): Id<AddressId>,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    let address = addresses.get(caller.user, id).await?;
    Ok(personal(&AddressBody::from(address)))
}

/// Replaces one of the caller's addresses.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewAddressBody, responses(
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
    Ok(personal(&AddressBody::from(address)))
}

/// Deletes one of the caller's addresses; orders keep their copy.
#[utoipa::path(tag = "addresses", security(("bearer" = [])), params(("id" = i64, Path)), responses((status = 204)))]
#[delete("/address/{id}")]
async fn remove(
    caller: SignedIn,
    Id(id): Id<AddressId>,
    addresses: web::Data<dyn AddressService>,
) -> Result<HttpResponse, Problem> {
    addresses.delete(caller.user, id).await?;
    Ok(done())
}
