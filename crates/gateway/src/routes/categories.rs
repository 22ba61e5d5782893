//! Routes of the category tree.

use actix_web::{HttpResponse, delete, get, post, put, web};
use stampede_api::category::{CategoryBody, CategoryFields, ChangeCategory};
use stampede_catalog::CategoryService;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::{List, no_content};
use stampede_kernel::CategoryId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;
use crate::cache::{ResponseCache, Subject};
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_categories)
        .service(create_category)
        .service(change_category)
        .service(delete_category);
}

/// Lists all categories as a flat list; `parent_id` makes it a tree.
#[utoipa::path(tag = "catalogue", responses((status = 200, body = List<CategoryBody>)))]
#[get("/categories")]
async fn list_categories(
    context: RequestContext,
    cache: web::Data<ResponseCache>,
    categories: web::Data<dyn CategoryService>,
) -> Result<HttpResponse, Problem> {
    let load = async |_| categories.categories().await;
    context.cached(&cache, Subject::Categories, load).await
}

/// Adds a category.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body = CategoryFields, responses((status = 201, body = CategoryBody)))]
#[post("/categories")]
async fn create_category(
    admin: Admin,
    context: RequestContext,
    body: Json<CategoryFields>,
    categories: web::Data<dyn CategoryService>,
) -> Result<HttpResponse, Problem> {
    let category = body.0.into_category()?;
    let category = categories.create(admin.user, category).await?;
    let body = CategoryBody::new(&category, &context.localizer());
    Ok(context.created_json("/categories", &body))
}

/// Changes a category.
///
/// Absent members stay as they are. A category cannot become its own descendant.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the category.")),
    request_body = ChangeCategory, responses((status = 200, body = CategoryBody)))]
#[put("/categories/{id}")]
async fn change_category(
    admin: Admin,
    id: Id<CategoryId>,
    context: RequestContext,
    body: Json<ChangeCategory>,
    categories: web::Data<dyn CategoryService>,
) -> Result<HttpResponse, Problem> {
    let change = body.0.into_change()?;
    let category = categories.change(admin.user, id.0, change).await?;
    let body = CategoryBody::new(&category, &context.localizer());
    Ok(context.private_json(&body))
}

/// Deletes a category that has neither products nor child categories.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the category.")),
    responses((status = 204, description = "The category was deleted"), (status = 409, description = "category_not_empty")))]
#[delete("/categories/{id}")]
async fn delete_category(
    admin: Admin,
    id: Id<CategoryId>,
    categories: web::Data<dyn CategoryService>,
) -> Result<HttpResponse, Problem> {
    categories.delete(admin.user, id.0).await?;
    Ok(no_content())
}
