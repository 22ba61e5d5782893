//! The sample catalogue, `static/demo/catalogue.json`: see the README beside it.

use std::collections::BTreeMap;

use serde::Deserialize;
use stampede_catalog::{Text, Texts};
use stampede_kernel::Language;

use super::demo_file;

/// The categories, products and slides of the demo shop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemoCatalogue {
    pub(super) categories: Vec<Category>,
    pub(super) products: Vec<Product>,
    pub(super) carousel: Vec<Slide>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) slug: String,
    pub(super) name: BTreeMap<Language, String>,
    pub(super) parent: Option<String>,
    pub(super) image: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) slug: String,
    pub(super) category: String,
    pub(super) images: Vec<String>,
    pub(super) text: BTreeMap<Language, Text>,
    pub(super) skus: Vec<Sku>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sku {
    pub(super) options: BTreeMap<String, String>,
    pub(super) price: i64,
    pub(super) discount_price: Option<i64>,
    pub(super) num: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slide {
    pub(super) image: String,
    pub(super) title: BTreeMap<Language, String>,
    pub(super) product: Option<String>,
}

impl DemoCatalogue {
    /// Parses the embedded file.
    pub(super) fn read() -> Result<Self, serde_json::Error> {
        let file = demo_file("catalogue.json").unwrap_or_default();
        serde_json::from_slice(&file)
    }

    /// The name of every picture, once.
    pub(super) fn pictures(&self) -> Vec<&str> {
        let categories = self.categories.iter().map(|category| &category.image);
        let products = self.products.iter().flat_map(|product| &product.images);
        let slides = self.carousel.iter().map(|slide| &slide.image);
        let all = categories.chain(products).chain(slides);
        let mut names: Vec<_> = all.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The text in the shop's language, or in English, and the others as translations.
pub(super) fn in_language<T: Default>(
    mut texts: BTreeMap<Language, T>,
    shop: Language,
) -> (T, BTreeMap<Language, T>) {
    let own = texts.remove(&shop);
    let own = own.or_else(|| texts.remove(&Language::EN));
    (own.unwrap_or_default(), texts)
}

/// Translations with a single member.
pub(super) fn texts_of(parts: BTreeMap<Language, String>, text: impl Fn(String) -> Text) -> Texts {
    let each = |(language, part)| (language, text(part));
    parts.into_iter().map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_of_the_demo_shop_is_there() {
        let goods = DemoCatalogue::read().unwrap();

        assert_eq!(goods.products.len(), 40);
        for name in goods.pictures() {
            assert!(demo_file(name).is_some(), "{name}");
        }
    }
}
