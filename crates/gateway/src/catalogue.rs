//! Wires the catalogue crate: its services, the search index and the response cache.

use std::sync::Arc;
use std::time::Duration;

use stampede_api::ShopLocale;
use stampede_catalog::csv::Importer;
use stampede_catalog::{
    CarouselService, CatalogSettings, CategoryService, DbCarousel, DbCategories, DbFavorites,
    DbProducts, DbStock, FavoriteService, ProductService, Search, SearchError, SearchSettings,
    StockService,
};
use stampede_http::services::Services;
use stampede_kernel::Clock;
use stampede_persistence::{ChangeBus, Database};
use stampede_seckill::OpenSales;
use stampede_settings::Settings;
use tokio::task::JoinSet;

use crate::cache::{CacheMiddleware, ProductCache, ResponseCache, ShopLanguages, Versions};
use crate::supervise::supervise;

/// How often view counts are written to the database.
const FLUSH_EVERY: Duration = Duration::from_secs(2);

/// The services of the catalogue.
#[derive(Clone)]
pub struct Catalogue {
    /// Products and their lists.
    pub products: Arc<DbProducts>,
    /// The category tree.
    pub categories: Arc<DbCategories>,
    /// The slides of the carousel.
    pub carousel: Arc<DbCarousel>,
    /// The users' favourite products.
    pub favorites: Arc<DbFavorites>,
    /// Stock and its journal.
    pub stock: Arc<DbStock>,
    /// Imports of CSV tables.
    pub importer: Arc<Importer>,
    pub(crate) responses: ResponseCache,
    pub(crate) product_cache: ProductCache,
    pub(crate) locale: ShopLocale,
    search: Arc<Search>,
}

/// The shop's language, currency and country.
pub(crate) fn locale(settings: &Settings) -> ShopLocale {
    ShopLocale {
        language: settings.shop.language,
        currency: settings.shop.currency.clone(),
        country: settings.shop.country,
    }
}

impl Catalogue {
    /// Builds the search index and wires the services. The feed's tail is opened before.
    pub(crate) async fn open(
        db: &Database,
        clock: &Arc<dyn Clock>,
        settings: &Settings,
    ) -> Result<Self, SearchError> {
        let versions = Versions::subscribed_to(db.changes());
        let search = Search::open(db.clone(), search_settings(settings)).await?;
        let language = settings.shop.language;
        let about = CatalogSettings { language };
        let parts = || (db.clone(), Arc::clone(clock), Arc::clone(&search));
        let (a, b, c) = (parts(), parts(), parts());
        let products = DbProducts::new(a.0, a.1, a.2, about).watching(Arc::new(OpenSales));
        versions.begin_at(products.newest().await?);
        let importer = Importer::new(db.clone(), Arc::clone(clock), language, Arc::new(OpenSales));
        let products = Arc::new(products);
        let languages = ShopLanguages::of(Arc::clone(&search));
        Ok(Self {
            responses: ResponseCache::new(Arc::clone(&versions), languages),
            product_cache: ProductCache::new(versions, products.clone()),
            products,
            categories: Arc::new(DbCategories::new(b.0, b.1, b.2, about)),
            stock: Arc::new(DbStock::new(c.0, c.1, c.2, about)),
            carousel: Arc::new(DbCarousel::new(db.clone(), Arc::clone(clock), about)),
            favorites: Arc::new(DbFavorites::new(db.clone(), Arc::clone(clock))),
            importer: Arc::new(importer),
            search,
            locale: locale(settings),
        })
    }

    /// Registers the services and the response cache with the HTTP application.
    pub(crate) fn register(&self, services: Services) -> Services {
        let responses = self.responses.clone();
        let product_cache = self.product_cache.clone();
        let products = Arc::clone(&self.products);
        with_response_cache(
            services,
            responses,
            product_cache,
            products,
            self.locale.clone(),
        )
        .with::<dyn CategoryService>(self.categories.clone())
        .with::<dyn CarouselService>(self.carousel.clone())
        .with::<dyn FavoriteService>(self.favorites.clone())
        .with::<dyn StockService>(self.stock.clone())
        .with(Arc::clone(&self.importer))
        .with(Arc::clone(&self.search))
    }

    /// Starts the tasks that keep the index fresh and write view counts.
    pub(crate) fn background(&self, tasks: &mut JoinSet<()>) {
        let search = Arc::clone(&self.search);
        supervise(tasks, "search", move || Arc::clone(&search).follow());
        let products = Arc::clone(&self.products);
        supervise(tasks, "looks", move || flush(Arc::clone(&products)));
    }

    /// Writes the view counts that are still in memory; the last step of a shutdown.
    pub(crate) async fn close(&self) {
        write_views(&self.products).await;
    }
}

/// Registers `products` with a response cache that the changes on `news` invalidate.
pub fn register_products(
    services: Services,
    news: &ChangeBus,
    products: Arc<dyn ProductService>,
    locale: ShopLocale,
) -> Services {
    let versions = Versions::subscribed_to(news);
    let responses = ResponseCache::new(Arc::clone(&versions), ShopLanguages::default());
    let product_cache = ProductCache::new(versions, Arc::clone(&products));
    with_response_cache(services, responses, product_cache, products, locale)
}

fn with_response_cache(
    services: Services,
    responses: ResponseCache,
    product_cache: ProductCache,
    products: Arc<dyn ProductService>,
    locale: ShopLocale,
) -> Services {
    let middleware =
        CacheMiddleware::new(responses.clone(), Arc::clone(&products), locale.language);
    services
        .with::<dyn ProductService>(products)
        .with(Arc::new(locale))
        .with(Arc::new(responses))
        .with(Arc::new(middleware))
        .with(Arc::new(product_cache))
}

async fn flush(products: Arc<DbProducts>) {
    loop {
        tokio::time::sleep(FLUSH_EVERY).await;
        write_views(&products).await;
    }
}

async fn write_views(products: &DbProducts) {
    if let Err(error) = products.flush_views().await {
        tracing::warn!(%error, "looks at products are not written yet");
    }
}

fn search_settings(settings: &Settings) -> SearchSettings {
    SearchSettings {
        language: settings.shop.language,
        gather: Duration::from_millis(settings.search.gather_ms),
        hot_every: Duration::from_secs(settings.search.hot_every_secs),
        ..SearchSettings::default()
    }
}
