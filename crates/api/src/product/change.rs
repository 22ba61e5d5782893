//! The request that changes a product.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use std::collections::BTreeMap;

use serde::Deserialize;
use stampede_catalog::{ProductChange, SkuChange};
use stampede_http::problem::Problem;
use stampede_kernel::{CategoryId, Money, MoneyOutOfRange, SkuId, TaxRate};
use utoipa::ToSchema;

use crate::present::present;
use crate::{TextTranslations, texts};

/// Request to change a product; absent members stay as they are.
///
/// Stock is changed through `/sku/{id}/stock`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeProduct {
    /// Name in the shop's language, 1–128 characters on one line.
    name: Option<String>,
    /// Title in the shop's language, at most 255 characters on one line.
    title: Option<String>,
    /// Description in the shop's language, at most 20,000 characters.
    info: Option<String>,
    /// Translations of the texts by two-letter language code; they replace all present ones.
    translations: Option<TextTranslations>,
    /// Id of the category.
    category_id: Option<i64>,
    /// False takes the product off sale, true puts it on sale.
    on_sale: Option<bool>,
    /// List price of the first SKU, in minor units.
    price: Option<i64>,
    /// Discounted price of the first SKU, in minor units, at most its price; null removes it.
    #[serde(default, deserialize_with = "present")]
    discount_price: Option<Option<i64>>,
    /// Tax rate of the first SKU in basis points, 0–10,000; null for the shop's.
    #[serde(default, deserialize_with = "present")]
    tax_rate_bp: Option<Option<i64>>,
    /// SKUs to change (with `id`) or to add (without `id`); SKUs not listed stay as they are. A
    /// product has at most 100.
    #[serde(default)]
    skus: Vec<ChangeSku>,
}

/// A SKU to change or to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSku {
    /// Id of the SKU to change; absent to add a SKU.
    id: Option<i64>,
    /// Names and values, such as `Colour: Black`; at most 10.
    options: Option<BTreeMap<String, String>>,
    /// List price of one unit, in minor units; required for an added SKU.
    price: Option<i64>,
    /// Discounted price of one unit, in minor units, at most `price`; null removes it.
    #[serde(default, deserialize_with = "present")]
    discount_price: Option<Option<i64>>,
    /// Opening stock of an added SKU, in units. It cannot be changed here.
    num: Option<i64>,
    /// Tax rate in basis points, 0–10,000; null for the shop's.
    #[serde(default, deserialize_with = "present")]
    tax_rate_bp: Option<Option<i64>>,
}

impl ChangeProduct {
    /// The change, its amounts and languages checked.
    ///
    /// # Errors
    ///
    /// 422 for an amount that is out of range, or a translation into what is no language.
    pub fn into_change(self) -> Result<ProductChange, Problem> {
        let skus = self.skus.into_iter().enumerate();
        Ok(ProductChange {
            name: self.name,
            title: self.title,
            info: self.info,
            translations: self.translations.map(texts).transpose()?,
            category_id: self.category_id.map(CategoryId),
            on_sale: self.on_sale,
            price: money("price", self.price)?,
            discount_price: discount("discount_price", self.discount_price)?,
            tax_rate: (self.tax_rate_bp)
                .map(|rate| tax_rate("tax_rate_bp", rate))
                .transpose()?,
            skus: skus
                .map(|(place, sku)| sku.into_change(&format!("skus[{place}].")))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl ChangeSku {
    fn into_change(self, path: &str) -> Result<SkuChange, Problem> {
        Ok(SkuChange {
            id: self.id.map(SkuId),
            options: self.options,
            price: money(&format!("{path}price"), self.price)?,
            discount_price: discount(&format!("{path}discount_price"), self.discount_price)?,
            num: self.num,
            tax_rate: (self.tax_rate_bp)
                .map(|rate| tax_rate(&format!("{path}tax_rate_bp"), rate))
                .transpose()?,
        })
    }
}

pub(super) fn money(field: &str, minor: Option<i64>) -> Result<Option<Money>, Problem> {
    let money = minor.map(Money::new).transpose();
    money.map_err(|error| out_of_range(field, error))
}

pub(super) fn tax_rate(field: &str, basis_points: Option<i64>) -> Result<Option<TaxRate>, Problem> {
    let rate = basis_points.map(TaxRate::new).transpose();
    rate.map_err(|error| Problem::field(field.to_owned(), "out_of_range", error.to_string()))
}

pub(super) fn out_of_range(field: &str, error: MoneyOutOfRange) -> Problem {
    Problem::field(field.to_owned(), "out_of_range", error.to_string())
}

fn discount(field: &str, minor: Option<Option<i64>>) -> Result<Option<Option<Money>>, Problem> {
    minor.map(|minor| money(field, minor)).transpose()
}
