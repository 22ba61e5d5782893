//! A catalogue of one product that remembers what it was asked.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use stampede_api::ShopLocale;
use stampede_catalog::{
    AdminProductQuery, NewProduct, Product, ProductChange, ProductDetail, ProductError,
    ProductList, ProductQuery, ProductService, Sku, Text, Viewer,
};
use stampede_gateway::register_products;
use stampede_http::services::Services;
use stampede_kernel::{
    CategoryId, Country, ImageId, Language, Money, Page, ProductId, SkuId, Timestamp, UserId,
};
use stampede_media::Image;
use stampede_persistence::ChangeBus;

use crate::fakes;

/// Sells one kind of tea.
pub(crate) struct FakeProducts {
    pub(crate) tea: Mutex<Product>,
    pub(crate) loads: AtomicU64,
    pub(crate) views: AtomicU64,
    pub(crate) asked: Mutex<Vec<ProductQuery>>,
}

impl FakeProducts {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            tea: Mutex::new(tea()),
            loads: AtomicU64::new(0),
            views: AtomicU64::new(0),
            asked: Mutex::default(),
        })
    }

    /// The services of a shop with this shelf; `news` drops its pages.
    pub(crate) fn services(self: &Arc<Self>, news: &ChangeBus) -> Services {
        let locale = ShopLocale {
            language: Language::EN,
            currency: "USD".to_owned(),
            country: Country::US,
        };
        register_products(fakes::services(), news, self.clone(), locale)
    }

    fn load(&self) -> Product {
        self.loads.fetch_add(1, Ordering::SeqCst);
        self.tea.lock().unwrap().clone()
    }

    pub(crate) fn loads(&self) -> u64 {
        self.loads.load(Ordering::SeqCst)
    }
}

fn tea() -> Product {
    let price = |minor| Money::new(minor).unwrap();
    let chinese = Text {
        name: Some("绿茶".to_owned()),
        ..Text::default()
    };
    Product {
        id: ProductId(1),
        name: "Green tea".to_owned(),
        title: "First flush".to_owned(),
        info: "Grown slowly. ".repeat(200),
        translations: BTreeMap::from([(Language::ZH, chinese)]),
        category_id: CategoryId(3),
        on_sale: true,
        view: 41,
        cover: None,
        skus: vec![Sku {
            tax_rate: None,
            id: SkuId(11),
            product_id: ProductId(1),
            options: BTreeMap::new(),
            price: price(1_999),
            discount_price: Some(price(1_499)),
            num: 7,
            price_since: Some(Timestamp(1_795_336_200_007)),
            lowest_30_days: None,
        }],
        created_at: Timestamp(1_795_336_200_007),
        updated_at: Timestamp(1_795_336_200_007),
    }
}

#[async_trait]
impl ProductService for FakeProducts {
    async fn list(&self, query: ProductQuery) -> Result<ProductList, ProductError> {
        self.asked.lock().unwrap().push(query);
        Ok(ProductList {
            page: Page {
                items: vec![self.load()],
                next: None,
                total: Some(1),
            },
            facets: None,
        })
    }

    async fn suggest(&self, q: &str, _: Language) -> Result<Vec<String>, ProductError> {
        Ok(vec![format!("{q}…")])
    }

    async fn product(&self, id: ProductId, viewer: Viewer) -> Result<ProductDetail, ProductError> {
        let product = self.load();
        let visible = product.on_sale || viewer == Viewer::Admin;
        if id != product.id || !visible {
            return Err(ProductError::NotFound);
        }
        Ok(ProductDetail {
            product,
            images: Vec::new(),
        })
    }

    async fn all(&self, _: AdminProductQuery) -> Result<Page<Product>, ProductError> {
        Ok(Page {
            items: vec![self.load()],
            next: None,
            total: Some(1),
        })
    }

    fn count_view(&self, _: ProductId) {
        self.views.fetch_add(1, Ordering::SeqCst);
    }

    async fn check_new(&self, _: &NewProduct) -> Result<(), ProductError> {
        Err(ProductError::NotFound)
    }

    async fn create(&self, _: UserId, _: NewProduct) -> Result<ProductDetail, ProductError> {
        Err(ProductError::NotFound)
    }

    async fn change(
        &self,
        _: UserId,
        _: ProductId,
        _: ProductChange,
    ) -> Result<ProductDetail, ProductError> {
        Err(ProductError::NotFound)
    }

    async fn take_off_sale(&self, _: UserId, _: ProductId) -> Result<(), ProductError> {
        Err(ProductError::NotFound)
    }

    async fn add_images(
        &self,
        _: UserId,
        _: ProductId,
        _: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError> {
        Err(ProductError::TooManyImages)
    }

    async fn remove_image(&self, _: UserId, _: ProductId, _: ImageId) -> Result<(), ProductError> {
        Err(ProductError::ImageNotFound)
    }

    async fn order_images(
        &self,
        _: UserId,
        _: ProductId,
        _: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError> {
        Err(ProductError::NotFound)
    }

    async fn on_sale(&self, _: &[ProductId]) -> Result<Vec<Product>, ProductError> {
        Ok(Vec::new())
    }
}
