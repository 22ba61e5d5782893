//! Types of the product service.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_kernel::{CategoryId, ImageId, Money, ProductId, SkuId, TaxRate, Timestamp};
use stampede_media::Image;

use crate::text::Texts;

/// A stock-keeping unit: what is priced, counted and sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Its id.
    pub id: SkuId,
    /// The product.
    pub product_id: ProductId,
    /// Options, such as `Colour: Black`.
    pub options: BTreeMap<String, String>,
    /// The list price, above 0.
    pub price: Money,
    /// The discounted price, when set; at most `price`.
    pub discount_price: Option<Money>,
    /// Units left.
    pub num: i64,
    /// Since when a buyer pays the present price, when that is known.
    #[serde(default)]
    pub price_since: Option<Timestamp>,
    /// What a buyer paid at least in the 30 days before the present price; `None` when
    /// there was no other one.
    #[serde(default)]
    pub lowest_30_days: Option<Money>,
    /// Its tax rate; `None` for the shop's.
    #[serde(default)]
    pub tax_rate: Option<TaxRate>,
}

impl Sku {
    /// Returns the price that a buyer pays.
    pub fn pay_price(&self) -> Money {
        self.discount_price.unwrap_or(self.price)
    }
}

/// A product with its SKUs, oldest SKU first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The name in the shop's language.
    pub name: String,
    /// The title in the shop's language.
    pub title: String,
    /// The description in the shop's language.
    pub info: String,
    /// Translations.
    pub translations: Texts,
    /// The category.
    pub category_id: CategoryId,
    /// Whether customers see it.
    pub on_sale: bool,
    /// Number of views.
    pub view: i64,
    /// Its first picture.
    pub cover: Option<Image>,
    /// At least one.
    pub skus: Vec<Sku>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Last change, apart from views and stock.
    pub updated_at: Timestamp,
}

/// A product with all its pictures, cover first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductDetail {
    /// The product.
    pub product: Product,
    /// Its pictures.
    pub images: Vec<Image>,
}

/// A new SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSku {
    /// Names and values; may be empty.
    pub options: BTreeMap<String, String>,
    /// Above 0.
    pub price: Money,
    /// Above 0, at most `price`.
    pub discount_price: Option<Money>,
    /// Opening stock, journalled.
    pub num: i64,
    /// Its tax rate; `None` for the shop's.
    pub tax_rate: Option<TaxRate>,
}

impl NewSku {
    /// Returns the price that a buyer will pay.
    pub fn pay_price(&self) -> Money {
        self.discount_price.unwrap_or(self.price)
    }
}

/// A new product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// 1–128 characters.
    pub name: String,
    /// At most 255 characters.
    pub title: String,
    /// At most 20,000 characters.
    pub info: String,
    /// Translations.
    pub translations: Texts,
    /// Must exist.
    pub category_id: CategoryId,
    /// Whether customers see it.
    pub on_sale: bool,
    /// At least one, at most 100.
    pub skus: Vec<NewSku>,
    /// At most 10, cover first.
    pub images: Vec<ImageId>,
}

/// A change of one SKU; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuChange {
    /// The SKU to change; `None` adds one, which needs `price`.
    pub id: Option<SkuId>,
    /// New options.
    pub options: Option<BTreeMap<String, String>>,
    /// New list price.
    pub price: Option<Money>,
    /// New discount; `Some(None)` clears it.
    pub discount_price: Option<Option<Money>>,
    /// Opening stock of an added SKU; refused for one that exists.
    pub num: Option<i64>,
    /// New tax rate; `Some(None)` for the shop's.
    pub tax_rate: Option<Option<TaxRate>>,
}

/// A change of a product; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductChange {
    /// New name.
    pub name: Option<String>,
    /// New title.
    pub title: Option<String>,
    /// New description.
    pub info: Option<String>,
    /// New translations, all of them.
    pub translations: Option<Texts>,
    /// New category.
    pub category_id: Option<CategoryId>,
    /// Whether customers see it.
    pub on_sale: Option<bool>,
    /// New list price of the first SKU.
    pub price: Option<Money>,
    /// New discounted price of the first SKU; `Some(None)` clears it.
    pub discount_price: Option<Option<Money>>,
    /// New tax rate of the first SKU; `Some(None)` for the shop's.
    pub tax_rate: Option<Option<TaxRate>>,
    /// SKUs changed and added; absent ones stay.
    pub skus: Vec<SkuChange>,
}
