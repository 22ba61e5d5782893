//! Products and their SKUs.

use std::collections::BTreeMap;

use serde::Serialize;
use stampede_catalog::{Facets, Product, ProductDetail, ProductList, Sku, Texts};
use stampede_kernel::{Language, Money};
use utoipa::ToSchema;

use super::{Show, TextTranslations, Wording};
use crate::routes::ImageBody;

/// What is priced, counted and sold.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Sku)]
pub(crate) struct SkuBody {
    id: i64,
    product_id: i64,
    /// Names and values, such as `Colour: Black`.
    options: BTreeMap<String, String>,
    /// The list price, in minor units.
    price: i64,
    /// When set, what a buyer pays.
    discount_price: Option<i64>,
    /// Units left.
    num: i64,
    /// ISO 4217.
    currency: String,
}

impl SkuBody {
    pub(crate) fn new(sku: &Sku, currency: &str) -> Self {
        Self {
            id: sku.id.0,
            product_id: sku.product_id.0,
            options: sku.options.clone(),
            price: sku.price.minor(),
            discount_price: sku.discount_price.map(Money::minor),
            num: sku.num,
            currency: currency.to_owned(),
        }
    }
}

/// A product. `price` and `discount_price` are of its first SKU, `num` is the sum.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Product)]
pub(crate) struct ProductBody {
    id: i64,
    name: String,
    title: String,
    info: String,
    category_id: i64,
    on_sale: bool,
    /// How often it was looked at, some seconds ago.
    pub(super) view: i64,
    cover: Option<ImageBody>,
    price: i64,
    discount_price: Option<i64>,
    currency: String,
    num: i64,
    skus: Vec<SkuBody>,
    created_at: String,
    updated_at: String,
    /// Only for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    translations: Option<TextTranslations>,
    /// Only of a single product.
    #[serde(skip_serializing_if = "Option::is_none")]
    images: Option<Vec<ImageBody>>,
}

impl ProductBody {
    /// The product without its pictures.
    pub(crate) fn new(product: &Product, wording: &Wording<'_>) -> Self {
        let texts = &product.translations;
        let currency = &wording.shop.currency;
        let first = product.skus.first();
        let num = product.skus.iter().map(|sku| sku.num);
        Self {
            id: product.id.0,
            name: wording.choose(&product.name, texts, |text| text.name.as_ref()),
            title: wording.choose(&product.title, texts, |text| text.title.as_ref()),
            info: wording.choose(&product.info, texts, |text| text.info.as_ref()),
            category_id: product.category_id.0,
            on_sale: product.on_sale,
            view: product.view,
            cover: product.cover.clone().map(ImageBody::from),
            price: first.map_or(0, |sku| sku.price.minor()),
            discount_price: first.and_then(|sku| sku.discount_price.map(Money::minor)),
            currency: currency.clone(),
            num: num.fold(0, i64::saturating_add),
            skus: (product.skus.iter())
                .map(|sku| SkuBody::new(sku, currency))
                .collect(),
            created_at: product.created_at.to_rfc3339(),
            updated_at: product.updated_at.to_rfc3339(),
            translations: wording.shown(texts),
            images: None,
        }
    }
}

impl Show for ProductDetail {
    type Body = ProductBody;

    fn show(&self, wording: &Wording<'_>) -> (ProductBody, Language) {
        let body = ProductBody {
            images: Some(self.images.iter().cloned().map(ImageBody::from).collect()),
            ..ProductBody::new(&self.product, wording)
        };
        (body, wording.language(&self.product.translations))
    }

    fn texts(&self) -> impl Iterator<Item = &Texts> {
        std::iter::once(&self.product.translations)
    }

    fn still(body: &mut ProductBody) {
        body.view = 0;
    }
}

/// A page of products.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ProductList)]
pub(crate) struct ProductListBody {
    items: Vec<ProductBody>,
    /// Where the next page starts; null on the last.
    next_cursor: Option<String>,
    /// How many there are in all; at most a second old.
    total: u64,
    /// How the matches of a search spread.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetsBody>,
}

/// How the matches of a search spread.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Facets)]
struct FacetsBody {
    categories: Vec<CategoryFacetBody>,
    prices: Vec<PriceFacetBody>,
    /// Matches that can be bought now.
    in_stock: u64,
}

/// Matches in a category.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CategoryFacet)]
struct CategoryFacetBody {
    category_id: i64,
    count: u64,
}

/// Matches from one price, inclusive, to another, exclusive.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PriceFacet)]
struct PriceFacetBody {
    from: i64,
    to: Option<i64>,
    count: u64,
}

impl From<&Facets> for FacetsBody {
    fn from(facets: &Facets) -> Self {
        let categories = facets.categories.iter();
        let prices = facets.prices.iter();
        Self {
            categories: categories
                .map(|(category, count)| CategoryFacetBody {
                    category_id: category.0,
                    count: *count,
                })
                .collect(),
            prices: prices
                .map(|range| PriceFacetBody {
                    from: range.from.minor(),
                    to: range.to.map(Money::minor),
                    count: range.count,
                })
                .collect(),
            in_stock: facets.in_stock,
        }
    }
}

impl Show for ProductList {
    type Body = ProductListBody;

    fn show(&self, wording: &Wording<'_>) -> (ProductListBody, Language) {
        let products = self.page.items.iter();
        let texts = products.clone().map(|product| &product.translations);
        let language = wording.language_of_all(texts);
        let body = ProductListBody {
            items: products
                .map(|product| ProductBody::new(product, wording))
                .collect(),
            next_cursor: self.page.next.as_ref().map(|cursor| cursor.0.clone()),
            total: self.page.total.unwrap_or_default(),
            facets: self.facets.as_ref().map(FacetsBody::from),
        };
        (body, language)
    }

    fn texts(&self) -> impl Iterator<Item = &Texts> {
        self.page.items.iter().map(|product| &product.translations)
    }

    fn still(body: &mut ProductListBody) {
        body.items.iter_mut().for_each(|product| product.view = 0);
    }
}

/// Completions of what was typed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Suggestions)]
pub(crate) struct SuggestionsBody {
    /// At most ten, best first.
    items: Vec<String>,
}

impl Show for Vec<String> {
    type Body = SuggestionsBody;

    fn show(&self, wording: &Wording<'_>) -> (SuggestionsBody, Language) {
        let language = wording.preference.first_or(wording.shop.language);
        let items = self.clone();
        (SuggestionsBody { items }, language)
    }
}
