//! The admin route of statistics: each crate answers about its own tables.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use stampede_api::Localizer;
use stampede_api::product::ProductSummary;
use stampede_api::sale::SaleStateName;
use stampede_catalog::Offer;
use stampede_catalog::stats::low_stock;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::{Clock, DaySpan, Timestamp};
use stampede_order::stats::{BestSeller, best_sellers, orders_by_day, units_held};
use stampede_payment::stats::{refunds_by_day, revenue_by_day};
use stampede_persistence::{ByDay, Database, DatabaseError};
use stampede_seckill::{SaleConversion, SaleService};
use stampede_user::stats::registrations_by_day;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;
use crate::cache::ProductCache;
use crate::request_context::RequestContext;

/// Days in the statistics unless asked otherwise.
const DAYS: u32 = 30;
/// Most days in the statistics.
const MAX_DAYS: u32 = 90;
/// Best sellers, SKUs that run out and sales in the statistics, at most.
const MOST: u64 = 10;
/// Units of a SKU that runs out, at most.
const FEW_UNITS: i64 = 5;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(stats);
}

/// Span of the statistics.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct StatsQuery {
    /// Number of days, today included, 1–90; 30 when absent.
    #[param(minimum = 1, maximum = 90)]
    days: Option<u32>,
}

impl StatsQuery {
    fn span(&self, now: Timestamp) -> Result<DaySpan, Problem> {
        let days = self.days.unwrap_or(DAYS);
        if (1..=MAX_DAYS).contains(&days) {
            return Ok(DaySpan::last(days, now));
        }
        let detail = format!("must be between 1 and {MAX_DAYS}");
        Err(Problem::field("days", "out_of_range", detail))
    }
}

/// Statistics of the last days, without rehearsals. Days are in UTC, oldest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Stats)]
struct StatsBody {
    /// Users registered, by day.
    users: Vec<DayCount>,
    /// Orders placed, by day, whatever their status is now.
    orders: Vec<DayCount>,
    /// Payments less refunds, by day.
    revenue: Vec<DayAmount>,
    /// Refunds, by day.
    refunds: Vec<DayAmount>,
    /// Sums over these days.
    sums: Sums,
    /// Sums over as many days before.
    before: Sums,
    /// Units that unpaid orders hold now.
    units_held: i64,
    /// Products of which most units were sold in these days, at most 10.
    best_sellers: Vec<BestSellerBody>,
    /// SKUs of products on sale that have at most 5 units left, those with the fewest first; at
    /// most 10.
    low_stock: Vec<LowStock>,
    /// Flash sales that ran in these days, last start first, at most 10.
    sales: Vec<SaleFigures>,
    /// ISO 4217 code of the currency of all amounts.
    currency: String,
}

/// A count of one day.
#[derive(Debug, Serialize, ToSchema)]
struct DayCount {
    /// The day, in UTC, such as `2026-11-22`.
    day: String,
    /// Number of users or orders of that day.
    count: i64,
}

/// An amount of one day.
#[derive(Debug, Serialize, ToSchema)]
struct DayAmount {
    /// The day, in UTC, such as `2026-11-22`.
    day: String,
    /// Revenue or refunds of that day, in minor units. A revenue is negative when more was
    /// refunded than paid.
    amount: i64,
}

/// Sums over several days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatsSums)]
struct Sums {
    /// Users registered.
    users: i64,
    /// Orders placed.
    orders: i64,
    /// Payments less refunds, in minor units.
    revenue: i64,
    /// Refunds, in minor units.
    refunds: i64,
}

/// A product and what was sold of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BestSeller)]
struct BestSellerBody {
    /// The product.
    product: ProductSummary,
    /// Units in paid orders.
    units: i64,
    /// Price of these units, in minor units.
    revenue: i64,
}

/// A SKU with few units left.
#[derive(Debug, Serialize, ToSchema)]
struct LowStock {
    /// Id of the SKU.
    sku_id: i64,
    /// Names and values, such as `Colour: Black`.
    options: BTreeMap<String, String>,
    /// Units in stock.
    num: i64,
    /// The product of the SKU.
    product: ProductSummary,
}

/// A flash sale, and how many of its claims were paid.
///
/// Claims that were turned away at once, because the sale was sold out, are not counted: they
/// leave no trace.
#[derive(Debug, Serialize, ToSchema)]
struct SaleFigures {
    /// Id of the sale.
    id: i64,
    /// Title of the sale.
    title: String,
    /// State of the sale.
    state: SaleStateName,
    /// First instant of the sale: RFC 3339, UTC.
    starts_at: String,
    /// First instant after the sale: RFC 3339, UTC.
    ends_at: String,
    /// Units for sale.
    stock_total: i64,
    /// Units of admitted claims.
    claimed: i64,
    /// Units of claims that won an order, whatever became of it.
    won: i64,
    /// Units of paid orders.
    paid: i64,
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
    let figures = Figures::read(&db, span).await?;
    let sales = sales.conversions(span.start(), MOST).await?;
    let localizer = context.localizer();
    let body = StatsBody {
        best_sellers: figures.best_sellers(&products, &localizer).await?,
        sales: sales.into_iter().map(SaleFigures::from).collect(),
        ..figures.body(&localizer)
    };
    Ok(context.private_json(&body))
}

/// What the crates answer about the span.
struct Figures {
    users: ByDay,
    orders: ByDay,
    revenue: ByDay,
    refunds: ByDay,
    units_held: i64,
    best_sellers: Vec<BestSeller>,
    low_stock: Vec<Offer>,
}

impl Figures {
    /// Asks one crate after the other, so that a page of figures takes one connection.
    async fn read(db: &Database, span: DaySpan) -> Result<Self, DatabaseError> {
        Ok(Self {
            users: registrations_by_day(db, span).await?,
            orders: orders_by_day(db, span).await?,
            revenue: revenue_by_day(db, span).await?,
            refunds: refunds_by_day(db, span).await?,
            units_held: units_held(db).await?,
            best_sellers: best_sellers(db, span, MOST).await?,
            low_stock: low_stock(db, FEW_UNITS, MOST).await?,
        })
    }

    fn body(self, localizer: &Localizer<'_>) -> StatsBody {
        let sums = self.sums(|figure| figure.sum);
        let before = self.sums(|figure| figure.before);
        let low_stock = self.low_stock.into_iter();
        StatsBody {
            sums,
            before,
            users: counts(self.users),
            orders: counts(self.orders),
            revenue: amounts(self.revenue),
            refunds: amounts(self.refunds),
            units_held: self.units_held,
            best_sellers: Vec::new(),
            low_stock: low_stock
                .map(|offer| LowStock::new(offer, localizer))
                .collect(),
            sales: Vec::new(),
            currency: localizer.shop.currency.clone(),
        }
    }

    fn sums(&self, of: impl Fn(&ByDay) -> i64) -> Sums {
        Sums {
            users: of(&self.users),
            orders: of(&self.orders),
            revenue: of(&self.revenue),
            refunds: of(&self.refunds),
        }
    }

    async fn best_sellers(
        &self,
        products: &ProductCache,
        localizer: &Localizer<'_>,
    ) -> Result<Vec<BestSellerBody>, Problem> {
        let mut bodies = Vec::with_capacity(self.best_sellers.len());
        for best in &self.best_sellers {
            let product = products.get(best.product_id).await?;
            bodies.push(BestSellerBody {
                product: ProductSummary::of_product(&product, localizer),
                units: best.units,
                revenue: best.revenue.minor(),
            });
        }
        Ok(bodies)
    }
}

impl LowStock {
    fn new(offer: Offer, localizer: &Localizer<'_>) -> Self {
        let product = ProductSummary {
            id: offer.sku.product_id.0,
            name: localizer.name(&offer.product_name, &offer.names),
            cover: offer.cover.map(Into::into),
        };
        Self {
            sku_id: offer.sku.id.0,
            options: offer.sku.options,
            num: offer.sku.num,
            product,
        }
    }
}

impl From<SaleConversion> for SaleFigures {
    fn from(figures: SaleConversion) -> Self {
        let sale = figures.sale;
        Self {
            id: sale.id.0,
            title: sale.title,
            state: sale.status.into(),
            starts_at: sale.starts_at.to_rfc3339(),
            ends_at: sale.ends_at.to_rfc3339(),
            stock_total: sale.total,
            claimed: figures.claimed,
            won: figures.won,
            paid: figures.paid,
        }
    }
}

fn counts(figure: ByDay) -> Vec<DayCount> {
    let days = figure.days.into_iter();
    days.map(|(day, count)| DayCount {
        day: date(day),
        count,
    })
    .collect()
}

fn amounts(figure: ByDay) -> Vec<DayAmount> {
    let days = figure.days.into_iter();
    days.map(|(day, amount)| DayAmount {
        day: date(day),
        amount,
    })
    .collect()
}

fn date(day: Timestamp) -> String {
    day.to_rfc3339().chars().take(10).collect()
}
