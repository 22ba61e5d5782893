//! The catalogue of one process, wired: services, index, and the pages kept ready.

use std::sync::Arc;
use std::time::Duration;

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

use crate::cache::{Front, Generations, Goods, Pages, Spoken};
use crate::idiom::Idiom;
use crate::supervise::supervise;

/// How often looks at products are written.
const FLUSH_EVERY: Duration = Duration::from_secs(2);

/// Products and what belongs to them.
#[derive(Clone)]
pub struct Catalogue {
    /// Products and their lists.
    pub products: Arc<DbProducts>,
    /// The category tree.
    pub categories: Arc<DbCategories>,
    /// The slides.
    pub carousel: Arc<DbCarousel>,
    /// What users like.
    pub favorites: Arc<DbFavorites>,
    /// Stock by an admin's hand.
    pub stock: Arc<DbStock>,
    search: Arc<Search>,
    generations: Arc<Generations>,
    idiom: Idiom,
}

impl Catalogue {
    /// Builds the index and wires the services. The feed's tail is opened before.
    pub(crate) async fn open(
        db: &Database,
        clock: &Arc<dyn Clock>,
        settings: &Settings,
    ) -> Result<Self, SearchError> {
        let generations = Generations::hearing(db.changes());
        let search = Search::open(db.clone(), search_settings(settings)).await?;
        let language = settings.shop.language;
        let about = CatalogSettings { language };
        let parts = || (db.clone(), Arc::clone(clock), Arc::clone(&search));
        let (a, b, c) = (parts(), parts(), parts());
        let products = DbProducts::new(a.0, a.1, a.2, about).watching(Arc::new(OpenSales));
        generations.begin_at(products.newest().await?);
        Ok(Self {
            products: Arc::new(products),
            categories: Arc::new(DbCategories::new(b.0, b.1, b.2, about)),
            stock: Arc::new(DbStock::new(c.0, c.1, c.2, about)),
            carousel: Arc::new(DbCarousel::new(db.clone(), Arc::clone(clock), about)),
            favorites: Arc::new(DbFavorites::new(db.clone(), Arc::clone(clock))),
            search,
            generations,
            idiom: Idiom {
                language,
                currency: settings.shop.currency.clone(),
            },
        })
    }

    /// Adds what handlers may ask.
    pub(crate) fn register(&self, services: Services) -> Services {
        let pages = Pages::new(
            Arc::clone(&self.generations),
            Spoken::of(Arc::clone(&self.search)),
        );
        let products = Arc::clone(&self.products);
        let generations = Arc::clone(&self.generations);
        with_pages(services, pages, generations, products, self.idiom.clone())
            .with::<dyn CategoryService>(self.categories.clone())
            .with::<dyn CarouselService>(self.carousel.clone())
            .with::<dyn FavoriteService>(self.favorites.clone())
            .with::<dyn StockService>(self.stock.clone())
            .with(Arc::clone(&self.search))
    }

    /// Starts what keeps the index fresh and writes looks.
    pub(crate) fn background(&self, tasks: &mut JoinSet<()>) {
        let search = Arc::clone(&self.search);
        supervise(tasks, "search", move || Arc::clone(&search).follow());
        let products = Arc::clone(&self.products);
        supervise(tasks, "looks", move || flush(Arc::clone(&products)));
    }

    /// Writes the looks that are still in memory; the last thing a process does.
    pub(crate) async fn close(&self) {
        write_views(&self.products).await;
    }
}

/// Adds `products`, and their pages, which are kept ready until `news` says otherwise.
pub fn shelve(
    services: Services,
    news: &ChangeBus,
    products: Arc<dyn ProductService>,
    idiom: Idiom,
) -> Services {
    let generations = Generations::hearing(news);
    let pages = Pages::new(Arc::clone(&generations), Spoken::default());
    with_pages(services, pages, generations, products, idiom)
}

fn with_pages(
    services: Services,
    pages: Pages,
    generations: Arc<Generations>,
    products: Arc<dyn ProductService>,
    idiom: Idiom,
) -> Services {
    let front = Front::new(pages.clone(), Arc::clone(&products), idiom.language);
    let goods = Goods::new(generations, Arc::clone(&products));
    services
        .with::<dyn ProductService>(products)
        .with(Arc::new(idiom))
        .with(Arc::new(pages))
        .with(Arc::new(front))
        .with(Arc::new(goods))
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
