//! Routes of the caller's delivery addresses.

use actix_web::{HttpResponse, delete, get, post, put, web};
use stampede_api::address::{AddressBody, NewAddressBody};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::AddressId;
use stampede_user::AddressService;
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
    let address = addresses.add(caller.user, body.into_address()?).await?;
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
    let address = addresses
        .change(caller.user, id, body.into_address()?)
        .await?;
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
