//! Admin routes of flash sales.

use actix_web::{HttpResponse, get, post, put, web};
use stampede_api::Render;
use stampede_api::sale::{ChangeSaleBody, EmptyBody, NewSaleBody, SaleBody};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::List;
use stampede_kernel::{Page, SaleId};
use stampede_seckill::SaleService;
use utoipa_actix_web::service_config::ServiceConfig;

use super::offered;
use crate::auth::Admin;
use crate::cache::ProductCache;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(all)
        .service(create)
        .service(change)
        .service(pause)
        .service(resume)
        .service(cancel);
}

/// Lists all flash sales, newest first, also those that are long over.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<SaleBody>),
))]
#[get("/admin/seckill")]
async fn all(
    _: Admin,
    Params(paging): Params<Paging>,
    context: RequestContext,
    sales: web::Data<dyn SaleService>,
    product_cache: web::Data<ProductCache>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = sales.all(size, cursor).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for sale in page.items {
        items.push(offered(sale, &product_cache).await?);
    }
    let page = Page {
        items,
        next: page.next,
        total: None,
    };
    let localizer = context.localizer();
    Ok(context.private_json(&List::page(page, |sale| sale.render(&localizer).0)))
}

/// Creates a flash sale.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), request_body = NewSaleBody, responses(
    (status = 201, body = SaleBody),
    (status = 404, description = "not_found: no such SKU on sale"),
    (status = 409, description = "stock_insufficient"),
))]
#[post("/admin/seckill")]
async fn create(
    admin: Admin,
    context: RequestContext,
    sales: web::Data<dyn SaleService>,
    product_cache: web::Data<ProductCache>,
    Json(body): Json<NewSaleBody>,
) -> Result<HttpResponse, Problem> {
    let sale = sales.create(admin.user, body.into_sale()?).await?;
    let path = format!("/seckill/{}", sale.id);
    Ok(context.created(&path, &offered(sale, &product_cache).await?))
}

/// Changes a flash sale, also while it runs.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the flash sale.")),
    request_body = ChangeSaleBody, responses(
        (status = 200, body = SaleBody),
        (status = 409, description = "stock_insufficient, below_taken, sale_over"),
    ))]
#[put("/admin/seckill/{id}")]
async fn change(
    admin: Admin,
    Id(id): Id<SaleId>,
    context: RequestContext,
    sales: web::Data<dyn SaleService>,
    product_cache: web::Data<ProductCache>,
    Json(body): Json<ChangeSaleBody>,
) -> Result<HttpResponse, Problem> {
    let change = body.read(&sales.sale(id).await?)?;
    let sale = sales.change(admin.user, id, change).await?;
    Ok(context.private(&offered(sale, &product_cache).await?))
}

/// Defines a route that takes the id of a sale and an empty body.
macro_rules! act {
    ($(#[$doc:meta])* $name:ident, $route:literal) => {
        $(#[$doc])*
        #[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the flash sale.")),
            request_body = Option<EmptyBody>, responses(
                (status = 200, body = SaleBody),
                (status = 409, description = "sale_over"),
            ))]
        #[post($route)]
        async fn $name(
            admin: Admin,
            Id(id): Id<SaleId>,
            context: RequestContext,
            sales: web::Data<dyn SaleService>,
            product_cache: web::Data<ProductCache>,
            _body: OptionalJson<EmptyBody>,
        ) -> Result<HttpResponse, Problem> {
            let sale = sales.$name(admin.user, id).await?;
            Ok(context.private(&offered(sale, &product_cache).await?))
        }
    };
}

act!(
    /// Pauses a flash sale: no units are sold until it is resumed.
    pause, "/admin/seckill/{id}/pause"
);
act!(
    /// Resumes a paused flash sale.
    resume, "/admin/seckill/{id}/resume"
);
act!(
    /// Cancels a flash sale for good.
    ///
    /// Orders stay valid; units not taken return to the stock of the SKU.
    cancel, "/admin/seckill/{id}/cancel"
);
