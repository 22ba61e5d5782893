//! Validation of products and SKUs.

use std::collections::{BTreeMap, HashSet};

use stampede_kernel::{FieldError, ImageId, Language, Money, SkuId};

use super::{NewProduct, NewSku, ProductChange, Sku, SkuChange};
use crate::text::{check_info, check_line, check_name, check_texts};

/// Maximum number of SKUs of one product.
pub(crate) const MAX_SKUS: usize = 100;
/// Maximum number of pictures of one product.
pub(super) const MAX_IMAGES: usize = 10;
/// Maximum stock of one SKU: far beyond any warehouse, and small enough for sums.
pub(crate) const MAX_UNITS: i64 = 1_000_000_000;
/// Maximum number of options of a SKU.
const MAX_OPTIONS: usize = 10;

/// Validates a new product without the database.
pub(super) fn check_new(product: &NewProduct, shop: Language) -> Result<(), FieldError> {
    check_name("name", &product.name)?;
    check_line("title", &product.title, 255)?;
    check_info("info", &product.info)?;
    check_texts(&product.translations, shop)?;
    if product.skus.is_empty() {
        return Err(FieldError::new(
            "skus",
            "too_few",
            "a product has at least one SKU",
        ));
    }
    check_count(product.skus.len())?;
    product.skus.iter().try_for_each(check_new_sku)?;
    check_images(&product.images)
}

/// Validates a change without the database.
pub(super) fn check_change(change: &ProductChange, shop: Language) -> Result<(), FieldError> {
    if let Some(name) = &change.name {
        check_name("name", name)?;
    }
    if let Some(title) = &change.title {
        check_line("title", title, 255)?;
    }
    if let Some(info) = &change.info {
        check_info("info", info)?;
    }
    if let Some(translations) = &change.translations {
        check_texts(translations, shop)?;
    }
    check_count(change.skus.len())?;
    let mut named = HashSet::new();
    for sku in &change.skus {
        check_sku_change(sku)?;
        if sku.id.is_some_and(|id| !named.insert(id)) {
            return Err(FieldError::new("skus", "duplicate", "a SKU is named twice"));
        }
    }
    Ok(())
}

pub(super) fn check_new_sku(sku: &NewSku) -> Result<(), FieldError> {
    check_options(&sku.options)?;
    check_prices(sku.price, sku.discount_price)?;
    if !(0..=MAX_UNITS).contains(&sku.num) {
        return Err(FieldError::new(
            "num",
            "out_of_range",
            format!("must be between 0 and {MAX_UNITS}"),
        ));
    }
    Ok(())
}

/// Checks that `price` is above 0, and `discount_price`, when set, above 0 and at most
/// `price`.
pub(crate) fn check_prices(price: Money, discount: Option<Money>) -> Result<(), FieldError> {
    if price <= Money::ZERO {
        return Err(FieldError::new("price", "out_of_range", "must be above 0"));
    }
    match discount {
        Some(discount) if discount <= Money::ZERO => Err(FieldError::new(
            "discount_price",
            "out_of_range",
            "must be above 0",
        )),
        Some(discount) if discount > price => Err(FieldError::new(
            "discount_price",
            "above_price",
            "must be at most the price",
        )),
        _ => Ok(()),
    }
}

/// Checks that there are at most 10 pictures.
pub(super) fn check_images(images: &[ImageId]) -> Result<(), FieldError> {
    let distinct: HashSet<_> = images.iter().collect();
    if distinct.len() > MAX_IMAGES {
        return Err(FieldError::new(
            "file",
            "too_many",
            format!("a product has at most {MAX_IMAGES} pictures"),
        ));
    }
    Ok(())
}

/// Checks the number of SKUs.
pub(super) fn check_count(skus: usize) -> Result<(), FieldError> {
    if skus > MAX_SKUS {
        return Err(FieldError::new(
            "skus",
            "too_many",
            format!("a product has at most {MAX_SKUS} SKUs"),
        ));
    }
    Ok(())
}

fn check_sku_change(sku: &SkuChange) -> Result<(), FieldError> {
    if let Some(options) = &sku.options {
        check_options(options)?;
    }
    match (sku.id, sku.num, sku.price) {
        (Some(_), Some(_), _) => Err(FieldError::new(
            "num",
            "fixed",
            "stock moves through the stock of the SKU",
        )),
        (None, _, None) => Err(FieldError::new(
            "price",
            "missing_field",
            "a new SKU needs a price",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn check_options(options: &BTreeMap<String, String>) -> Result<(), FieldError> {
    if options.len() > MAX_OPTIONS {
        return Err(FieldError::new(
            "options",
            "too_many",
            format!("a SKU has at most {MAX_OPTIONS} options"),
        ));
    }
    for (name, value) in options {
        if name.trim().is_empty() || value.trim().is_empty() {
            return Err(FieldError::new("options", "too_short", "must not be blank"));
        }
        check_line("options", name, 64)?;
        check_line("options", value, 128)?;
    }
    Ok(())
}

impl ProductChange {
    /// Returns the change of each SKU, in order of application: the product's own
    /// `price`, `discount_price` and `tax_rate` apply to the first SKU.
    pub(super) fn sku_changes(&self, first: SkuId) -> Vec<SkuChange> {
        let mut changes = Vec::new();
        if self.price.is_some() || self.discount_price.is_some() || self.tax_rate.is_some() {
            changes.push(SkuChange {
                id: Some(first),
                options: None,
                price: self.price,
                discount_price: self.discount_price,
                num: None,
                tax_rate: self.tax_rate,
            });
        }
        changes.extend(self.skus.iter().cloned());
        changes
    }
}

impl SkuChange {
    /// Applies the change to the SKU.
    pub(super) fn apply(&self, sku: &mut Sku) {
        if let Some(options) = &self.options {
            sku.options.clone_from(options);
        }
        if let Some(price) = self.price {
            sku.price = price;
        }
        if let Some(discount) = self.discount_price {
            sku.discount_price = discount;
        }
        if let Some(rate) = self.tax_rate {
            sku.tax_rate = rate;
        }
    }

    /// Converts a change without an id into the SKU that it adds.
    pub(super) fn into_new(self) -> Result<NewSku, FieldError> {
        let price = self
            .price
            .ok_or_else(|| FieldError::new("price", "missing_field", "a new SKU needs a price"))?;
        let sku = NewSku {
            options: self.options.unwrap_or_default(),
            price,
            discount_price: self.discount_price.flatten(),
            num: self.num.unwrap_or(0),
            tax_rate: self.tax_rate.flatten(),
        };
        check_new_sku(&sku)?;
        Ok(sku)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn sku(price: i64, discount: Option<i64>) -> NewSku {
        NewSku {
            options: BTreeMap::new(),
            price: Money::new(price).unwrap(),
            discount_price: discount.map(|minor| Money::new(minor).unwrap()),
            num: 1,
            tax_rate: None,
        }
    }

    fn change(id: Option<SkuId>, price: Option<Money>, num: Option<i64>) -> ProductChange {
        ProductChange {
            skus: vec![SkuChange {
                id,
                options: None,
                price,
                discount_price: None,
                num,
                tax_rate: None,
            }],
            ..ProductChange::default()
        }
    }

    fn code(result: Result<(), FieldError>) -> (&'static str, &'static str) {
        let fault = result.unwrap_err();
        let Cow::Borrowed(field) = fault.field else {
            panic!("{fault}");
        };
        (field, fault.code)
    }

    #[test]
    fn nothing_is_free_and_no_discount_raises_a_price() {
        assert_eq!(code(check_new_sku(&sku(0, None))).0, "price");
        assert_eq!(code(check_new_sku(&sku(-1, None))).0, "price");
        assert_eq!(code(check_new_sku(&sku(5, Some(0)))).0, "discount_price");
        assert_eq!(code(check_new_sku(&sku(5, Some(6)))).1, "above_price");
        assert_eq!(check_new_sku(&sku(5, Some(5))), Ok(()));
    }

    #[test]
    fn opening_stock_is_never_below_zero() {
        let short = NewSku {
            num: -1,
            ..sku(5, None)
        };

        assert_eq!(code(check_new_sku(&short)), ("num", "out_of_range"));
    }

    #[test]
    fn options_are_few_and_named() {
        let many = (0..11).map(|n| (n.to_string(), "x".into())).collect();
        let blank = BTreeMap::from([(" ".to_owned(), "x".to_owned())]);

        assert_eq!(code(check_options(&many)).1, "too_many");
        assert_eq!(code(check_options(&blank)).1, "too_short");
    }

    #[test]
    fn stock_of_a_sku_that_exists_is_not_changed_by_the_way() {
        let price = Money::new(5).ok();
        let check = |change| code(check_change(&change, Language::EN)).1;

        assert_eq!(check(change(Some(SkuId(1)), price, Some(3))), "fixed");
        assert_eq!(check(change(None, None, Some(3))), "missing_field");
    }

    #[test]
    fn a_sku_is_named_once() {
        let mut twice = change(Some(SkuId(1)), None, None);
        twice.skus.push(twice.skus[0].clone());

        assert_eq!(
            code(check_change(&twice, Language::EN)),
            ("skus", "duplicate")
        );
    }
}
