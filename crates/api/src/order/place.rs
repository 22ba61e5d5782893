//! The request that places an order.

use serde::Deserialize;
use stampede_http::problem::Problem;
use stampede_kernel::{AddressId, DeliveryMethodId, Language, Money, ProductId, SkuId, UserId};
use stampede_order::{NewOrder, OrderItems};
use utoipa::ToSchema;

/// Request to place an order.
///
/// The goods are named in exactly one of three ways: `product_id` with `num`, `items`, or
/// `from_cart: true`. Prices come from the server.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// Id of the delivery address, one of the caller's.
    address_id: i64,
    /// Id of a product, of which the first SKU is ordered; needs `num`.
    product_id: Option<i64>,
    /// Units of `product_id`, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    num: Option<i64>,
    /// SKUs to order, 1–50, each at most once.
    items: Option<Vec<ItemBody>>,
    /// True orders the contents of the cart and empties it.
    from_cart: Option<bool>,
    /// Codes of promotions, at most 5. One that cannot be used refuses the order with
    /// `promotion_rejected`.
    #[serde(default)]
    #[schema(max_items = 5)]
    codes: Vec<String>,
    /// Id of the delivery method. It may be absent when only one serves the address, or the
    /// shop has none.
    delivery_method_id: Option<i64>,
    /// Total that the buyer agreed to, in minor units. Any other total is refused with
    /// `price_changed`.
    expected_total: Option<i64>,
}

/// A SKU to order and its number of units.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderItem)]
pub(crate) struct ItemBody {
    /// Id of the SKU.
    sku_id: i64,
    /// Units of the SKU, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    num: i64,
}

impl PlaceBody {
    /// The order of this buyer, named in this language.
    ///
    /// # Errors
    ///
    /// 422 unless the goods are named in exactly one of the three ways.
    pub fn into_order(mut self, buyer: UserId, language: Language) -> Result<NewOrder, Problem> {
        let expected_total = self.expected_total.map(Money::new).transpose();
        let out_of_range =
            |_| Problem::field("expected_total", "out_of_range", "must be at most 2^53 − 1");
        Ok(NewOrder {
            codes: std::mem::take(&mut self.codes),
            buyer,
            address: AddressId(self.address_id),
            delivery: self.delivery_method_id.map(DeliveryMethodId),
            expected_total: expected_total.map_err(out_of_range)?,
            items: self.wanted()?,
            language,
        })
    }

    /// The goods to order; 422 unless they are named in exactly one of the three ways.
    fn wanted(self) -> Result<OrderItems, Problem> {
        let from_cart = self.from_cart.filter(|from_cart| *from_cart);
        match (self.product_id, self.num, self.items, from_cart) {
            (Some(product), Some(num), None, None) => {
                let product = ProductId(product);
                Ok(OrderItems::Product { product, num })
            }
            (Some(_), None, None, None) => missing("num"),
            (None, Some(_), None, None) => missing("product_id"),
            (None, None, Some(items), None) => Ok(OrderItems::Items(
                items.into_iter().map(ItemBody::into).collect(),
            )),
            (None, None, None, Some(_)) => Ok(OrderItems::Cart),
            (None, None, None, None) => missing("items"),
            _ => {
                let detail = "give one of product_id with num, items, from_cart";
                Err(Problem::field("items", "one_of", detail))
            }
        }
    }
}

impl From<ItemBody> for (SkuId, i64) {
    fn from(item: ItemBody) -> Self {
        (SkuId(item.sku_id), item.num)
    }
}

fn missing(field: &'static str) -> Result<OrderItems, Problem> {
    let detail = format!("`{field}` is missing");
    Err(Problem::field(field, "missing_field", detail))
}
