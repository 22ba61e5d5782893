//! Requests about flash sales: of admins, and the claim of a buyer.

use serde::Deserialize;
use stampede_http::problem::Problem;
use stampede_kernel::{Money, SkuId, Timestamp};
use stampede_seckill::{NewSale, Sale, SaleChange};
use utoipa::ToSchema;

/// Request to create a flash sale; its units leave the stock of the SKU at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSaleBody {
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

impl NewSaleBody {
    /// The sale to create.
    ///
    /// # Errors
    ///
    /// 422 for what is no amount or no instant.
    pub fn into_sale(self) -> Result<NewSale, Problem> {
        Ok(NewSale {
            sku: SkuId(self.sku_id),
            title: self.title,
            price: money(self.price)?,
            total: self.stock_total,
            per_user_limit: self.per_user_limit,
            starts_at: instant("starts_at", &self.starts_at)?,
            ends_at: instant("ends_at", &self.ends_at)?,
            rehearsal: false,
        })
    }
}

/// Request to change a flash sale; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSaleBody {
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
    /// The change of this sale.
    ///
    /// # Errors
    ///
    /// 422 for another SKU than that of the sale, or what is no amount or no instant.
    pub fn read(self, sale: &Sale) -> Result<SaleChange, Problem> {
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

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Empty)]
pub struct EmptyBody {}

fn money(minor: i64) -> Result<Money, Problem> {
    let detail = "must be at most 2^53 − 1";
    Money::new(minor).map_err(|_| Problem::field("price", "out_of_range", detail))
}

fn instant(field: &'static str, text: &str) -> Result<Timestamp, Problem> {
    let detail = "must be an instant such as 2026-11-22T08:30:00.000Z";
    Timestamp::from_rfc3339(text).ok_or_else(|| Problem::field(field, "invalid_value", detail))
}

/// Request to claim units of a flash sale. `{}` or no body claims one unit, to be delivered to
/// the default address.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Claim)]
pub struct ClaimBody {
    /// Units to claim, 1–99; 1 when absent.
    #[schema(minimum = 1, maximum = 99)]
    pub num: Option<i64>,
    /// Id of the delivery address; the default address when absent.
    pub address_id: Option<i64>,
    /// Id of the delivery method. When absent, or when it does not serve the address, the
    /// first method of the shop that does.
    pub delivery_method_id: Option<i64>,
}
