//! Admin routes of flash sales.

use actix_web::{HttpResponse, get, post, put, web};
use serde::Deserialize;
use stampede_api::Render;
use stampede_api::sale::SaleBody;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::List;
use stampede_kernel::{Money, Page, SaleId, SkuId, Timestamp};
use stampede_seckill::{NewSale, Sale, SaleChange, SaleService};
use utoipa::ToSchema;
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

/// Request to create a flash sale; its units leave the stock of the SKU at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSaleBody {
    /// Id of the SKU to sell; its product must be on sale.
    sku_id: i64,
    /// Title of the sale, 1–128 characters.
    #[schema(min_length = 1, max_length = 128)]
    title: String,
    /// Price of one unit, in minor units, at most the list price of the SKU.
    #[schema(minimum = 1)]
    price: i64,
    /// Units for sale, 1–10,000,000.
    #[schema(minimum = 1, maximum = 10_000_000)]
    stock_total: i64,
    /// Most units that one user may hold at a time, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    per_user_limit: i64,
    /// First instant of the sale: RFC 3339.
    starts_at: String,
    /// First instant after the sale: RFC 3339.
    ends_at: String,
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
    let sale = NewSale {
        sku: SkuId(body.sku_id),
        title: body.title,
        price: money(body.price)?,
        total: body.stock_total,
        per_user_limit: body.per_user_limit,
        starts_at: instant("starts_at", &body.starts_at)?,
        ends_at: instant("ends_at", &body.ends_at)?,
        rehearsal: false,
    };
    let sale = sales.create(admin.user, sale).await?;
    let path = format!("/seckill/{}", sale.id);
    Ok(context.created(&path, &offered(sale, &product_cache).await?))
}

/// Request to change a flash sale; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSaleBody {
    /// Id of the SKU of the sale. It cannot be changed: any other id is refused.
    sku_id: Option<i64>,
    /// Title of the sale, 1–128 characters.
    #[schema(min_length = 1, max_length = 128)]
    title: Option<String>,
    /// Price of one unit, in minor units, at most the list price of the SKU.
    #[schema(minimum = 1)]
    price: Option<i64>,
    /// Units for sale, 1–10,000,000, at least those taken already. The difference moves from or
    /// to the stock of the SKU.
    #[schema(minimum = 1, maximum = 10_000_000)]
    stock_total: Option<i64>,
    /// Most units that one user may hold at a time, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    per_user_limit: Option<i64>,
    /// First instant of the sale: RFC 3339. It can be changed until the sale has begun.
    starts_at: Option<String>,
    /// First instant after the sale: RFC 3339.
    ends_at: Option<String>,
}

impl ChangeSaleBody {
    fn read(self, sale: &Sale) -> Result<SaleChange, Problem> {
        if self.sku_id.is_some_and(|sku| sku != sale.sku.0) {
            let detail = "what a sale sells does not change";
            return Err(Problem::field("sku_id", "fixed", detail));
        }
        let time = |field, text: Option<String>| text.map(|text| instant(field, &text)).transpose();
        Ok(SaleChange {
            title: self.title,
            price: self.price.map(money).transpose()?,
            total: self.stock_total,
            per_user_limit: self.per_user_limit,
            starts_at: time("starts_at", self.starts_at)?,
            ends_at: time("ends_at", self.ends_at)?,
        })
    }
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

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// Defines a route that takes the id of a sale and an empty body.
macro_rules! act {
    ($(#[$doc:meta])* $name:ident, $route:literal) => {
        $(#[$doc])*
        #[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the flash sale.")),
            request_body = Empty, responses(
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
            _body: OptionalJson<Empty>,
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

fn money(minor: i64) -> Result<Money, Problem> {
    let detail = "must be at most 2^53 − 1";
    Money::new(minor).map_err(|_| Problem::field("price", "out_of_range", detail))
}

fn instant(field: &'static str, text: &str) -> Result<Timestamp, Problem> {
    let detail = "must be an instant such as 2026-11-22T08:30:00.000Z";
    Timestamp::from_rfc3339(text).ok_or_else(|| Problem::field(field, "invalid_value", detail))
}
