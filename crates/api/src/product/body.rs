//! Products, product lists and SKUs as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use stampede_catalog::{Facets, Product, ProductDetail, ProductList, Sku, Texts};
use stampede_kernel::{Language, Money, TaxRate, Timestamp};
use utoipa::ToSchema;

use crate::{ImageBody, Localizer, Render, TextTranslations};

/// A SKU: the variant of a product that has a price and a stock.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Sku)]
pub struct SkuBody {
    /// Id of the SKU.
    id: i64,
    /// Id of the product.
    product_id: i64,
    /// Names and values, such as `Colour: Black`.
    options: BTreeMap<String, String>,
    /// List price of one unit, in minor units.
    price: i64,
    /// Price that a buyer pays for one unit, in minor units; null for the list price.
    discount_price: Option<i64>,
    /// Units in stock.
    num: i64,
    /// Time since which a buyer pays this price: RFC 3339, UTC; null when that is not known.
    price_since: Option<String>,
    /// Lowest price that a buyer paid for one unit in the 30 days before `price_since`, in minor
    /// units; null when the SKU never had another price.
    lowest_30_days: Option<i64>,
    /// Tax rate in basis points, 0–10,000; null for the shop's.
    tax_rate_bp: Option<i32>,
    /// ISO 4217 code of the currency.
    currency: String,
}

impl SkuBody {
    /// The SKU, in the shop's currency.
    pub fn new(sku: &Sku, currency: &str) -> Self {
        Self {
            id: sku.id.0,
            product_id: sku.product_id.0,
            options: sku.options.clone(),
            price: sku.price.minor(),
            discount_price: sku.discount_price.map(Money::minor),
            num: sku.num,
            price_since: sku.price_since.map(Timestamp::to_rfc3339),
            lowest_30_days: sku.lowest_30_days.map(Money::minor),
            tax_rate_bp: sku.tax_rate.map(TaxRate::basis_points),
            currency: currency.to_owned(),
        }
    }
}

/// A product in short, beside something else.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductSummary {
    /// Id of the product.
    pub(crate) id: i64,
    /// Name of the product, in the language of the answer.
    pub(crate) name: String,
    /// First picture of the product; null when it has none.
    pub(crate) cover: Option<ImageBody>,
}

impl ProductSummary {
    /// The product as this client sees it.
    pub(crate) fn of_product(product: &Product, localizer: &Localizer<'_>) -> Self {
        let texts = &product.translations;
        Self {
            id: product.id.0,
            name: localizer.choose(&product.name, texts, |text| text.name.as_ref()),
            cover: product.cover.clone().map(ImageBody::from),
        }
    }
}

/// A product.
///
/// `price`, `discount_price` and `tax_rate_bp` are those of its first SKU, `num` is the sum of all SKUs.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductBody {
    /// Id of the product.
    id: i64,
    /// Name, in the language of the answer.
    name: String,
    /// Title, in the language of the answer.
    title: String,
    /// Description, in the language of the answer.
    info: String,
    /// Id of the category.
    category_id: i64,
    /// True when the product can be ordered, stock permitting.
    on_sale: bool,
    /// Number of views, some seconds old.
    pub(crate) view: i64,
    /// First picture; null when there is none.
    cover: Option<ImageBody>,
    /// List price of one unit of the first SKU, in minor units.
    price: i64,
    /// Price that a buyer pays for one unit of the first SKU, in minor units; null for the list
    /// price.
    discount_price: Option<i64>,
    /// Tax rate of the first SKU in basis points, 0–10,000; null for the shop's.
    tax_rate_bp: Option<i32>,
    /// ISO 4217 code of the currency.
    currency: String,
    /// Units in stock, of all SKUs.
    num: i64,
    /// SKUs of the product.
    skus: Vec<SkuBody>,
    /// Time of creation: RFC 3339, UTC.
    created_at: String,
    /// Time of the last change: RFC 3339, UTC.
    updated_at: String,
    /// Translations of the texts by language code; for admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    translations: Option<TextTranslations>,
    /// All pictures, cover first; only in the answer for a single product.
    #[serde(skip_serializing_if = "Option::is_none")]
    images: Option<Vec<ImageBody>>,
}

impl ProductBody {
    /// The product without its pictures.
    pub fn new(product: &Product, localizer: &Localizer<'_>) -> Self {
        let texts = &product.translations;
        let currency = &localizer.shop.currency;
        let first = product.skus.first();
        let num = product.skus.iter().map(|sku| sku.num);
        Self {
            id: product.id.0,
            name: localizer.choose(&product.name, texts, |text| text.name.as_ref()),
            title: localizer.choose(&product.title, texts, |text| text.title.as_ref()),
            info: localizer.choose(&product.info, texts, |text| text.info.as_ref()),
            category_id: product.category_id.0,
            on_sale: product.on_sale,
            view: product.view,
            cover: product.cover.clone().map(ImageBody::from),
            price: first.map_or(0, |sku| sku.price.minor()),
            discount_price: first.and_then(|sku| sku.discount_price.map(Money::minor)),
            tax_rate_bp: first.and_then(|sku| sku.tax_rate.map(TaxRate::basis_points)),
            currency: currency.clone(),
            num: num.fold(0, i64::saturating_add),
            skus: (product.skus.iter())
                .map(|sku| SkuBody::new(sku, currency))
                .collect(),
            created_at: product.created_at.to_rfc3339(),
            updated_at: product.updated_at.to_rfc3339(),
            translations: localizer.shown(texts),
            images: None,
        }
    }
}

impl Render for ProductDetail {
    type Body = ProductBody;

    fn render(&self, localizer: &Localizer<'_>) -> (ProductBody, Language) {
        let body = ProductBody {
            images: Some(self.images.iter().cloned().map(ImageBody::from).collect()),
            ..ProductBody::new(&self.product, localizer)
        };
        (body, localizer.language(&self.product.translations))
    }

    fn texts(&self) -> impl Iterator<Item = &Texts> {
        std::iter::once(&self.product.translations)
    }

    fn strip_volatile(body: &mut ProductBody) {
        body.view = 0;
    }
}

/// A page of products.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ProductList)]
pub struct ProductListBody {
    /// Products of the page.
    items: Vec<ProductBody>,
    /// `cursor` of the next page; null on the last page.
    next_cursor: Option<String>,
    /// Number of products on all pages, at most a second old.
    total: u64,
    /// Counts of the matches by category, price and stock; only of a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetsBody>,
}

/// Counts of the matches of a search by category, price and stock.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Facets)]
struct FacetsBody {
    /// Matches by category, at most 20.
    categories: Vec<CategoryFacetBody>,
    /// Matches by price range, at most 5.
    prices: Vec<PriceFacetBody>,
    /// Number of matches that can be bought now.
    in_stock: u64,
}

/// Number of matches in a category.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CategoryFacet)]
struct CategoryFacetBody {
    /// Id of the category.
    category_id: i64,
    /// Number of matches.
    count: u64,
}

/// Number of matches in a price range.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PriceFacet)]
struct PriceFacetBody {
    /// Lowest price of the range, in minor units, inclusive.
    from: i64,
    /// Highest price of the range, in minor units, exclusive; null for no upper end.
    to: Option<i64>,
    /// Number of matches.
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

impl Render for ProductList {
    type Body = ProductListBody;

    fn render(&self, localizer: &Localizer<'_>) -> (ProductListBody, Language) {
        let products = self.page.items.iter();
        let texts = products.clone().map(|product| &product.translations);
        let language = localizer.language_of_all(texts);
        let body = ProductListBody {
            items: products
                .map(|product| ProductBody::new(product, localizer))
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

    fn strip_volatile(body: &mut ProductListBody) {
        body.items.iter_mut().for_each(|product| product.view = 0);
    }
}

/// Completions of a search text.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Suggestions)]
pub struct SuggestionsBody {
    /// Product names, best match first; at most ten.
    items: Vec<String>,
}

impl Render for Vec<String> {
    type Body = SuggestionsBody;

    fn render(&self, localizer: &Localizer<'_>) -> (SuggestionsBody, Language) {
        let language = localizer.languages.first_or(localizer.shop.language);
        let items = self.clone();
        (SuggestionsBody { items }, language)
    }
}
