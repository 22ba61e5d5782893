//! The cart.

use serde::{Deserialize, Serialize};
use stampede_order::{Cart, CartItem};
use utoipa::ToSchema;

use crate::product::{ProductSummary, SkuBody};
use crate::{ImageBody, Localizer};

/// The caller's cart.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cart)]
pub struct CartBody {
    /// Lines of the cart, at most 100, in the order in which they were added.
    items: Vec<CartItemBody>,
    /// Price of all available lines, in minor units.
    total: i64,
    /// ISO 4217 code of the currency.
    currency: String,
}

/// A line of the cart, at the present price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CartItem)]
struct CartItemBody {
    /// The SKU, with its present price and stock.
    sku: SkuBody,
    /// The product of the SKU.
    product: ProductSummary,
    /// Units in the cart, 1–99.
    num: i64,
    /// True when the product is on sale and at least `num` units are left.
    available: bool,
}

impl CartBody {
    /// The cart as this client sees it.
    pub fn new(cart: Cart, localizer: &Localizer<'_>) -> Self {
        let items = cart.items.into_iter();
        Self {
            items: items
                .map(|item| CartItemBody::new(item, localizer))
                .collect(),
            total: cart.total.minor(),
            currency: localizer.shop.currency.clone(),
        }
    }
}

impl CartItemBody {
    fn new(item: CartItem, localizer: &Localizer<'_>) -> Self {
        Self {
            sku: SkuBody::new(&item.sku, &localizer.shop.currency),
            product: ProductSummary {
                id: item.product.0,
                name: localizer.name(&item.name, &item.names),
                cover: item.cover.map(ImageBody::from),
            },
            num: item.num,
            available: item.available,
        }
    }
}

/// Request to set the number of units of a SKU in the cart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutInCart {
    /// Units of the SKU, 0–99; 0 removes the line.
    #[schema(minimum = 0, maximum = 99)]
    pub num: i64,
}
