//! A new order, and the rules of its items.

use serde::Serialize;
use stampede_kernel::{
    AddressId, DeliveryMethodId, FieldError, Language, Money, ProductId, SkuId, UserId,
};

/// The largest number of different SKUs in a request with items.
const MAX_ITEMS: usize = 50;
/// The largest number of units of one SKU in an order.
const MAX_NUM: i64 = 99;

/// The items of a new order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderItems {
    /// Units of a product's first SKU.
    Product {
        /// The product.
        product: ProductId,
        /// Units, 1–99.
        num: i64,
    },
    /// SKUs with units: 1–50 different SKUs, 1–99 units each.
    Items(Vec<(SkuId, i64)>),
    /// All lines of the buyer's cart, which is emptied.
    Cart,
}

impl OrderItems {
    /// Checks the numbers of the items; those of a cart were checked when it
    /// was filled.
    pub(crate) fn check(&self) -> Result<(), FieldError> {
        match self {
            Self::Product { num, .. } => check_num(*num),
            Self::Items(items) => check_items(items),
            Self::Cart => Ok(()),
        }
    }
}

/// An order to be placed; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewOrder {
    /// The buyer.
    pub buyer: UserId,
    /// The delivery address, one of the buyer's.
    pub address: AddressId,
    /// The items to order.
    #[serde(rename = "wanted")]
    pub items: OrderItems,
    /// The codes of promotions, at most 5; without any, the fingerprint is that of a
    /// release that knew none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// The delivery method; without one, the fingerprint is that of a release that knew
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryMethodId>,
    /// The total that the buyer has seen; the order is refused when it differs.
    pub expected_total: Option<Money>,
    /// The buyer's language, for the lines' names and the mails; not part of
    /// the fingerprint.
    #[serde(skip)]
    pub language: Language,
}

fn check_items(items: &[(SkuId, i64)]) -> Result<(), FieldError> {
    if !(1..=MAX_ITEMS).contains(&items.len()) {
        let detail = format!("an order has 1 to {MAX_ITEMS} items");
        let code = if items.is_empty() {
            "too_few"
        } else {
            "too_many"
        };
        return Err(FieldError::new("items", code, detail));
    }
    items.iter().try_for_each(|(_, num)| check_num(*num))?;
    let mut skus: Vec<_> = items.iter().map(|(sku, _)| *sku).collect();
    skus.sort_unstable();
    match skus.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(_) => {
            let detail = "names a SKU twice";
            Err(FieldError::new("items", "duplicate", detail))
        }
        None => Ok(()),
    }
}

fn check_num(num: i64) -> Result<(), FieldError> {
    if (1..=MAX_NUM).contains(&num) {
        return Ok(());
    }
    let detail = format!("must be between 1 and {MAX_NUM}");
    Err(FieldError::new("num", "out_of_range", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(items: &OrderItems) -> &'static str {
        items.check().map_or_else(|fault| fault.code, |()| "ok")
    }

    #[test]
    fn an_order_is_of_one_to_fifty_different_skus_of_one_to_ninety_nine_units() {
        let items = |nums: &[i64]| OrderItems::Items((1..).map(SkuId).zip(nums.to_vec()).collect());
        let product = |num| OrderItems::Product {
            product: ProductId(1),
            num,
        };
        let twice = OrderItems::Items(vec![(SkuId(1), 1), (SkuId(2), 1), (SkuId(1), 1)]);

        for num in [-1, 0, 100, i64::MAX, i64::MIN] {
            assert_eq!(code(&product(num)), "out_of_range");
            assert_eq!(code(&items(&[1, num])), "out_of_range");
        }
        assert_eq!(code(&items(&[])), "too_few");
        assert_eq!(code(&items(&[1; 51])), "too_many");
        assert_eq!(code(&twice), "duplicate");
        assert_eq!(code(&items(&[99; 50])), "ok");
    }
}
