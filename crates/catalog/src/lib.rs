//! Products and their SKUs, stock, categories, pictures, carousel, favourites, search.

mod carousel;
mod category;
mod favorite;
mod product;
mod search;
mod stock;
mod text;

pub use carousel::{Carousel, CarouselChange, CarouselError, CarouselService, NewCarousel};
pub use category::{Category, CategoryError, CategoryService, NewCategory};
pub use favorite::{Favorite, FavoriteError, FavoriteService};
pub use product::{
    Facets, NewProduct, NewSku, PriceFacet, Product, ProductChange, ProductDetail, ProductError,
    ProductList, ProductQuery, ProductService, Sku, SkuChange, Sort, Viewer, Where,
};
pub use search::{Filter, Find, Found, Place, Search, SearchError, SearchSettings};
pub use stock::{StockError, StockMove, StockService};
pub use text::{Text, Texts};
