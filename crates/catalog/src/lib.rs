//! Products and their SKUs, stock, categories, pictures, carousel, favourites, search.

mod audit;
pub mod bulk;
mod carousel;
mod category;
pub mod csv;
mod fault;
mod favorite;
mod ground;
mod picture;
mod product;
mod search;
mod stock;
mod text;

pub use audit::{AUDIT, audit};
pub use carousel::{
    Carousel, CarouselChange, CarouselError, CarouselService, DbCarousel, NewCarousel,
};
pub use category::{Category, CategoryError, CategoryService, DbCategories, NewCategory};
pub use favorite::{DbFavorites, Favorite, FavoriteError, FavoriteService};
pub use ground::CatalogSettings;
pub use product::{
    DbProducts, Facets, NewProduct, NewSku, PriceFacet, Product, ProductChange, ProductDetail,
    ProductError, ProductList, ProductQuery, ProductService, Sku, SkuChange, Sort, Viewer, Where,
};
pub use search::{Filter, Find, Found, Place, Search, SearchError, SearchSettings};
pub use stock::{
    DbStock, Offer, Offers, PricedLine, StockCause, StockError, StockLedger, StockLedgerError,
    StockLine, StockMove, StockService,
};
pub use text::{Text, Texts};
