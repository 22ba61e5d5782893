//! The sheet that `import` reads and `export` writes: one line per SKU.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_catalog::Texts;

/// A line. The lines of one product stand together and have the same `product`;
/// texts count on the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// Any mark that tells one product from the next; empty = a product of one SKU.
    #[serde(default)]
    pub(super) product: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) info: String,
    /// From the root down: `Home/Furniture`. What is missing is made.
    pub(super) category: String,
    #[serde(default = "on")]
    pub(super) on_sale: bool,
    /// JSON: `{"Colour":"Black"}`.
    #[serde(default)]
    pub(super) options: String,
    /// In minor units.
    pub(super) price: i64,
    #[serde(default)]
    pub(super) discount_price: Option<i64>,
    pub(super) num: i64,
    /// JSON: `{"zh":{"name":"…"}}`.
    #[serde(default)]
    pub(super) translations: String,
}

fn on() -> bool {
    true
}

impl Line {
    /// Whether this line is one more SKU of the product of `before`.
    pub(super) fn continues(&self, before: &Self) -> bool {
        !self.product.is_empty() && self.product == before.product
    }

    pub(super) fn options(&self) -> Result<BTreeMap<String, String>, serde_json::Error> {
        json(&self.options)
    }

    pub(super) fn translations(&self) -> Result<Texts, serde_json::Error> {
        json(&self.translations)
    }
}

fn json<T: Default + for<'de> Deserialize<'de>>(text: &str) -> Result<T, serde_json::Error> {
    match text.trim() {
        "" => Ok(T::default()),
        text => serde_json::from_str(text),
    }
}
