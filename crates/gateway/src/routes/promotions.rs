//! Admin routes of promotions.

use actix_web::{HttpResponse, delete, get, post, put, web};
use stampede_api::promotion::{ChangePromotionBody, NewPromotionBody, PromotionBody};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::PromotionId;
use stampede_promotion::PromotionService;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(all)
        .service(create)
        .service(show)
        .service(change)
        .service(remove);
}

/// Lists promotions, newest first.
#[utoipa::path(tag = "admin: promotions", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<PromotionBody>),
))]
#[get("/admin/promotions")]
async fn all(
    _: Admin,
    Params(paging): Params<Paging>,
    promotions: web::Data<dyn PromotionService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = promotions.promotions(size, cursor).await?;
    Ok(ok_private(&List::page(page, PromotionBody::from)))
}

/// Adds a promotion.
#[utoipa::path(tag = "admin: promotions", security(("bearer" = [])), request_body = NewPromotionBody, responses(
    (status = 201, body = PromotionBody),
    (status = 409, description = "code_taken"),
))]
#[post("/admin/promotions")]
async fn create(
    admin: Admin,
    promotions: web::Data<dyn PromotionService>,
    Json(body): Json<NewPromotionBody>,
) -> Result<HttpResponse, Problem> {
    let promotion = promotions.create(admin.user, body.into_terms()?).await?;
    let path = format!("/admin/promotions/{}", promotion.id);
    Ok(created(&path, &PromotionBody::from(promotion)))
}

/// Returns a promotion.
#[utoipa::path(tag = "admin: promotions", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the promotion.")), responses(
    (status = 200, body = PromotionBody),
))]
#[get("/admin/promotions/{id}")]
async fn show(
    _: Admin,
    Id(id): Id<PromotionId>,
    promotions: web::Data<dyn PromotionService>,
) -> Result<HttpResponse, Problem> {
    let promotion = promotions.promotion(id).await?;
    Ok(ok_private(&PromotionBody::from(promotion)))
}

/// Changes a promotion; orders keep what they were placed with.
#[utoipa::path(tag = "admin: promotions", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the promotion.")),
    request_body = ChangePromotionBody, responses(
        (status = 200, body = PromotionBody),
        (status = 409, description = "code_taken, below_used"),
    ))]
#[put("/admin/promotions/{id}")]
async fn change(
    admin: Admin,
    Id(id): Id<PromotionId>,
    promotions: web::Data<dyn PromotionService>,
    Json(body): Json<ChangePromotionBody>,
) -> Result<HttpResponse, Problem> {
    let change = body.into_change()?;
    let promotion = promotions.change(admin.user, id, change).await?;
    Ok(ok_private(&PromotionBody::from(promotion)))
}

/// Deletes a promotion that no order ever used, and disables any other one.
#[utoipa::path(tag = "admin: promotions", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the promotion.")), responses(
    (status = 204),
))]
#[delete("/admin/promotions/{id}")]
async fn remove(
    admin: Admin,
    Id(id): Id<PromotionId>,
    promotions: web::Data<dyn PromotionService>,
) -> Result<HttpResponse, Problem> {
    promotions.delete(admin.user, id).await?;
    Ok(no_content())
}
