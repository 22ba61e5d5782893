//! The admin route of statistics: each crate answers about its own tables.

use actix_web::{HttpResponse, get, web};
use stampede_api::stats::{Figures, StatsBody, StatsQuery};
use stampede_catalog::stats::low_stock;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::{Clock, DaySpan};
use stampede_order::stats::{best_sellers, orders_by_day, units_held};
use stampede_payment::stats::{refunds_by_day, revenue_by_day};
use stampede_persistence::{Database, DatabaseError};
use stampede_seckill::SaleService;
use stampede_user::stats::registrations_by_day;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;
use crate::cache::ProductCache;
use crate::request_context::RequestContext;

/// Best sellers, SKUs that run out and sales in the statistics, at most.
const MOST: u64 = 10;
/// Units of a SKU that runs out, at most.
const FEW_UNITS: i64 = 5;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(stats);
}

/// Returns statistics of the last days.
///
/// Figures by day, with the sums over as many days before; the best sellers; SKUs that run out;
/// flash sales and how many of their claims were paid.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(StatsQuery),
    responses((status = 200, body = StatsBody)))]
#[get("/admin/stats")]
async fn stats(
    _: Admin,
    Params(query): Params<StatsQuery>,
    context: RequestContext,
    clock: web::Data<dyn Clock>,
    db: web::Data<Database>,
    sales: web::Data<dyn SaleService>,
    products: web::Data<ProductCache>,
) -> Result<HttpResponse, Problem> {
    let span = query.span(clock.now())?;
    let figures = read(&db, span).await?;
    let sales = sales.conversions(span.start(), MOST).await?;
    let mut best = Vec::with_capacity(figures.best_sellers.len());
    for seller in &figures.best_sellers {
        best.push(products.get(seller.product_id).await?);
    }
    let body = StatsBody::new(figures, &best, sales, &context.localizer());
    Ok(context.private_json(&body))
}

/// Asks one crate after the other, so that a page of figures takes one connection.
async fn read(db: &Database, span: DaySpan) -> Result<Figures, DatabaseError> {
    Ok(Figures {
        users: registrations_by_day(db, span).await?,
        orders: orders_by_day(db, span).await?,
        revenue: revenue_by_day(db, span).await?,
        refunds: refunds_by_day(db, span).await?,
        units_held: units_held(db).await?,
        best_sellers: best_sellers(db, span, MOST).await?,
        low_stock: low_stock(db, FEW_UNITS, MOST).await?,
    })
}
