//! Products and their SKUs, stock, categories, pictures, carousel, favourites, search.

mod audit;
pub mod bulk;
mod carousel;
mod category;
pub mod codes;
mod context;
pub mod csv;
mod favorite;
mod picture;
mod price_history;
mod product;
mod search;
pub mod stats;
mod stock;
mod text;

pub use audit::{AUDIT, audit};
pub use carousel::{
    Carousel, CarouselChange, CarouselError, CarouselService, DbCarousel, NewCarousel,
};
pub use category::{
    Category, CategoryChange, CategoryError, CategoryService, DbCategories, NewCategory,
    categories_below,
};
pub use codes::ERROR_CODES;
pub use context::CatalogSettings;
pub use favorite::{DbFavorites, Favorite, FavoriteError, FavoriteService};
pub use picture::CatalogPictures;
pub use product::{
    AdminProductQuery, DbProducts, Facets, NewProduct, NewSku, PageStart, PriceFacet, Product,
    ProductChange, ProductDetail, ProductError, ProductList, ProductQuery, ProductService,
    SaleWatch, Sku, SkuChange, Sort, Viewer,
};
pub use search::{
    Filter, Search, SearchAfter, SearchError, SearchQuery, SearchResult, SearchSettings,
};
pub use stock::{
    DbStock, JournalEntry, Offer, Offers, PricedLine, ShortLine, Shortfall, StockCause, StockError,
    StockLedger, StockLedgerError, StockLine, StockMove, StockService,
};
pub use text::{Names, Text, Texts};
