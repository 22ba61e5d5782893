//! The form that adds a product.

use std::collections::BTreeMap;

use actix_multipart::form::MultipartForm;
use serde::Deserialize;
use stampede_catalog::{NewProduct, NewSku};
use stampede_http::form::{JsonPart, OptionalPart, Picture, TextPart};
use stampede_http::problem::Problem;
use stampede_kernel::{CategoryId, Money};
use utoipa::ToSchema;

use super::change::{money, out_of_range, tax_rate};
use crate::{TextTranslations, texts};

/// Form to add a product with up to ten pictures.
///
/// A product with a single SKU gives `price` and `num`; any other gives `skus`.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub struct ProductForm {
    /// Pictures, cover first: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels
    /// each.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    pub file: Vec<Picture>,
    /// Name in the shop's language, 1–128 characters on one line.
    #[schema(value_type = String)]
    name: TextPart<String>,
    /// Id of the category.
    #[schema(value_type = i64)]
    category_id: TextPart<i64>,
    /// Title in the shop's language, at most 255 characters on one line.
    #[schema(value_type = String)]
    title: TextPart<String>,
    /// Description in the shop's language, at most 20,000 characters.
    #[schema(value_type = String)]
    info: TextPart<String>,
    /// Translations of the texts by two-letter language code.
    #[schema(value_type = Option<TextTranslations>)]
    translations: Option<JsonPart<TextTranslations>>,
    /// Whether the product is on sale; true when absent.
    #[schema(value_type = Option<bool>)]
    on_sale: Option<OptionalPart<bool>>,
    /// List price of the single SKU, in minor units; not with `skus`.
    #[schema(value_type = Option<i64>)]
    price: Option<OptionalPart<i64>>,
    /// Discounted price of the single SKU, in minor units, at most `price`; not with `skus`.
    #[schema(value_type = Option<i64>)]
    discount_price: Option<OptionalPart<i64>>,
    /// Opening stock of the single SKU, in units; not with `skus`.
    #[schema(value_type = Option<i64>)]
    num: Option<OptionalPart<i64>>,
    /// Tax rate of the single SKU in basis points, 0–10,000; the shop's when absent; not with
    /// `skus`.
    #[schema(value_type = Option<i64>)]
    tax_rate_bp: Option<OptionalPart<i64>>,
    /// SKUs of the product as JSON, 1–100; not with `price`, `discount_price`, `num` or
    /// `tax_rate_bp`.
    #[schema(value_type = Option<Vec<SkuForm>>)]
    skus: Option<JsonPart<Vec<SkuForm>>>,
}

/// A SKU of a new product.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewSku)]
#[serde(deny_unknown_fields)]
struct SkuForm {
    /// Names and values, such as `Colour: Black`; at most 10.
    #[serde(default)]
    options: BTreeMap<String, String>,
    /// List price of one unit, in minor units.
    price: i64,
    /// Discounted price of one unit, in minor units, at most `price`.
    #[serde(default)]
    discount_price: Option<i64>,
    /// Opening stock, in units.
    num: i64,
    /// Tax rate in basis points, 0–10,000; the shop's when absent.
    #[serde(default)]
    tax_rate_bp: Option<i64>,
}

impl ProductForm {
    /// The product without pictures.
    ///
    /// # Errors
    ///
    /// 422 unless its SKUs are given in one of two ways, for an amount that is out of range, or a
    /// translation into what is no language.
    pub fn into_product(mut self) -> Result<NewProduct, Problem> {
        let skus = self.take_skus()?;
        let translations = self.translations.and_then(|inner| inner.0);
        Ok(NewProduct {
            name: self.name.0,
            title: self.title.0,
            info: self.info.0,
            translations: texts(translations.unwrap_or_default())?,
            category_id: CategoryId(self.category_id.0),
            on_sale: given(self.on_sale).unwrap_or(true),
            skus,
            images: Vec::new(),
        })
    }

    /// Either `skus`, or one SKU from `price`, `discount_price`, `num` and `tax_rate_bp`.
    fn take_skus(&mut self) -> Result<Vec<NewSku>, Problem> {
        let price = given(self.price.take());
        let discount_price = given(self.discount_price.take());
        let num = given(self.num.take());
        let tax_rate_bp = given(self.tax_rate_bp.take());
        let Some(skus) = self.skus.take().and_then(|inner| inner.0) else {
            let only = SkuForm {
                options: BTreeMap::new(),
                price: price.ok_or_else(|| missing("price"))?,
                discount_price,
                num: num.ok_or_else(|| missing("num"))?,
                tax_rate_bp,
            };
            return Ok(vec![only.into_sku("")?]);
        };
        let one = [price, discount_price, num, tax_rate_bp];
        if one.iter().any(Option::is_some) {
            let detail = "excludes `price`, `discount_price`, `num` and `tax_rate_bp`";
            return Err(Problem::field("skus", "one_of", detail));
        }
        let each = |(place, sku): (usize, SkuForm)| sku.into_sku(&format!("skus[{place}]."));
        skus.into_iter().enumerate().map(each).collect()
    }
}

/// The value of an optional form part, unless the part is absent or empty.
fn given<T>(part: Option<OptionalPart<T>>) -> Option<T> {
    part.and_then(|part| part.0)
}

fn missing(field: &'static str) -> Problem {
    Problem::field(field, "missing_field", format!("`{field}` is missing"))
}

impl SkuForm {
    fn into_sku(self, path: &str) -> Result<NewSku, Problem> {
        let discount = money(&format!("{path}discount_price"), self.discount_price)?;
        let price = Money::new(self.price);
        Ok(NewSku {
            price: price.map_err(|error| out_of_range(&format!("{path}price"), error))?,
            discount_price: discount,
            options: self.options,
            num: self.num,
            tax_rate: tax_rate(&format!("{path}tax_rate_bp"), self.tax_rate_bp)?,
        })
    }
}
