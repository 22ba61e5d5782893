//! Quotes: what an order would cost.

use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_kernel::{AddressId, DeliveryMethodId, Language, UserId};
use stampede_order::{NewQuote, OrderItems, Quote, QuoteLine};
use stampede_promotion::RejectedCode;
use utoipa::ToSchema;

use crate::delivery::DeliveryMethodBody;
use crate::order::{ItemBody, OrderPromotionBody, TotalsBody};

/// Request for a quote.
///
/// The goods are named in exactly one of two ways: `items`, or `from_cart: true`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// SKUs, 1–50, each at most once.
    items: Option<Vec<ItemBody>>,
    /// True for the contents of the cart.
    from_cart: Option<bool>,
    /// Id of the delivery address, one of the caller's; when absent, delivery is within the
    /// country of the shop.
    address_id: Option<i64>,
    /// Id of the delivery method. One that does not serve the address counts as none.
    delivery_method_id: Option<i64>,
    /// Codes of promotions, at most 5.
    #[serde(default)]
    #[schema(max_items = 5)]
    codes: Vec<String>,
}

impl QuoteRequest {
    /// The quote for this buyer, with names in this language.
    ///
    /// # Errors
    ///
    /// 422 unless the goods are named in exactly one of the two ways.
    pub fn into_quote(self, buyer: UserId, language: Language) -> Result<NewQuote, Problem> {
        let from_cart = self.from_cart.unwrap_or(false);
        let items = match (self.items, from_cart) {
            (Some(items), false) => {
                OrderItems::Items(items.into_iter().map(ItemBody::into).collect())
            }
            (None, true) => OrderItems::Cart,
            (None, false) => {
                return Err(Problem::field(
                    "items",
                    "missing_field",
                    "`items` is missing",
                ));
            }
            (Some(_), true) => {
                return Err(Problem::field(
                    "items",
                    "one_of",
                    "give one of items, from_cart",
                ));
            }
        };
        Ok(NewQuote {
            buyer,
            items,
            address: self.address_id.map(AddressId),
            delivery: self.delivery_method_id.map(DeliveryMethodId),
            codes: self.codes,
            language,
        })
    }
}

/// A quote: what an order of these goods would cost now. Nothing is reserved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteBody {
    /// Lines, in the order in which they were asked for.
    lines: Vec<QuoteLineBody>,
    /// Promotions that would be applied.
    promotions: Vec<OrderPromotionBody>,
    /// Codes that cannot be used.
    rejected_codes: Vec<RejectedCodeBody>,
    /// Delivery methods that serve the address, at their prices for these lines.
    delivery_methods: Vec<DeliveryMethodBody>,
    /// Id of the delivery method that an order with the same members has; null when such an
    /// order is refused until it names one, or the shop has none.
    delivery_method_id: Option<i64>,
    /// Totals of the lines that are available, and of that delivery.
    totals: TotalsBody,
}

impl QuoteBody {
    /// The quote, in the shop's currency.
    pub fn new(quote: Quote, currency: &str) -> Self {
        Self {
            lines: quote.lines.into_iter().map(QuoteLineBody::from).collect(),
            promotions: (quote.promotions.into_iter())
                .map(OrderPromotionBody::from)
                .collect(),
            rejected_codes: (quote.rejected.into_iter())
                .map(RejectedCodeBody::from)
                .collect(),
            delivery_methods: (quote.methods.into_iter())
                .map(DeliveryMethodBody::from)
                .collect(),
            delivery_method_id: quote.delivery.map(|delivery| delivery.method_id.0),
            totals: TotalsBody::new(quote.totals, currency),
        }
    }
}

/// A line of a quote, at the present price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteLine)]
struct QuoteLineBody {
    /// Id of the SKU.
    sku_id: i64,
    /// Id of the product.
    product_id: i64,
    /// Name of the product.
    name: String,
    /// Units.
    num: i64,
    /// Price of one unit, in minor units.
    unit_price: i64,
    /// Price of the line before its discount, in minor units.
    total: i64,
    /// What promotions take off the line, in minor units.
    discount: i64,
    /// True when the product is on sale and at least `num` units are left. A line that is not
    /// available is no part of the totals.
    available: bool,
}

impl From<QuoteLine> for QuoteLineBody {
    fn from(line: QuoteLine) -> Self {
        Self {
            sku_id: line.sku_id.0,
            product_id: line.product_id.0,
            name: line.name,
            num: line.num,
            unit_price: line.unit_price.minor(),
            total: line.total.minor(),
            discount: line.discount.minor(),
            available: line.available,
        }
    }
}

/// A code of a promotion that cannot be used.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RejectedCode)]
struct RejectedCodeBody {
    /// The code, as it was sent.
    code: String,
    /// `unknown`, `disabled`, `not_started`, `ended`, `used_up`, `user_limit` (by this buyer),
    /// `below_minimum`, `not_in_scope` (it takes nothing off), or `not_combinable` with what takes
    /// more off.
    reason: &'static str,
}

impl From<RejectedCode> for RejectedCodeBody {
    fn from(rejected: RejectedCode) -> Self {
        Self {
            code: rejected.code,
            reason: rejected.reason.name(),
        }
    }
}
