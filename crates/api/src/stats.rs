//! Statistics of the last days.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stampede_catalog::{Offer, Product};
use stampede_http::problem::Problem;
use stampede_kernel::{DaySpan, Timestamp};
use stampede_order::stats::BestSeller;
use stampede_persistence::ByDay;
use stampede_seckill::SaleConversion;
use utoipa::ToSchema;

use crate::Localizer;
use crate::product::ProductSummary;
use crate::sale::SaleStateName;

/// Days in the statistics unless asked otherwise.
const DAYS: u32 = 30;
/// Most days in the statistics.
const MAX_DAYS: u32 = 90;

/// Span of the statistics.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatsQuery {
    /// Number of days, today included, 1–90; 30 when absent.
    #[param(minimum = 1, maximum = 90)]
    days: Option<u32>,
}

impl StatsQuery {
    /// The days that are asked for.
    ///
    /// # Errors
    ///
    /// 422 for a number of days that is out of range.
    pub fn span(&self, now: Timestamp) -> Result<DaySpan, Problem> {
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
pub struct StatsBody {
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

/// What the domains count about a span of days.
#[derive(Debug)]
pub struct Figures {
    /// Users registered.
    pub users: ByDay,
    /// Orders placed.
    pub orders: ByDay,
    /// Payments less refunds.
    pub revenue: ByDay,
    /// Refunds.
    pub refunds: ByDay,
    /// Units that unpaid orders hold now.
    pub units_held: i64,
    /// Products of which most units were sold.
    pub best_sellers: Vec<BestSeller>,
    /// SKUs that run out.
    pub low_stock: Vec<Offer>,
}

impl StatsBody {
    /// The figures, and the sales that ran, as this client sees them. `products` are those of the
    /// best sellers, in the same order.
    pub fn new(
        figures: Figures,
        products: &[Arc<Product>],
        sales: Vec<SaleConversion>,
        localizer: &Localizer<'_>,
    ) -> Self {
        let sums = figures.sums(|figure| figure.sum);
        let before = figures.sums(|figure| figure.before);
        let best_sellers = products.iter().zip(&figures.best_sellers);
        let low_stock = figures.low_stock.into_iter();
        Self {
            sums,
            before,
            best_sellers: best_sellers
                .map(|(product, best)| BestSellerBody::new(product, best, localizer))
                .collect(),
            users: counts(figures.users),
            orders: counts(figures.orders),
            revenue: amounts(figures.revenue),
            refunds: amounts(figures.refunds),
            units_held: figures.units_held,
            low_stock: low_stock
                .map(|offer| LowStock::new(offer, localizer))
                .collect(),
            sales: sales.into_iter().map(SaleFigures::from).collect(),
            currency: localizer.shop.currency.clone(),
        }
    }
}

impl Figures {
    fn sums(&self, of: impl Fn(&ByDay) -> i64) -> Sums {
        Sums {
            users: of(&self.users),
            orders: of(&self.orders),
            revenue: of(&self.revenue),
            refunds: of(&self.refunds),
        }
    }
}

impl BestSellerBody {
    fn new(product: &Product, best: &BestSeller, localizer: &Localizer<'_>) -> Self {
        Self {
            product: ProductSummary::of_product(product, localizer),
            units: best.units,
            revenue: best.revenue.minor(),
        }
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
