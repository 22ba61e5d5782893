//! The carousel on the front page.

mod model;
mod service;
mod slides;
mod store;

pub use model::{Carousel, CarouselChange, CarouselError, NewCarousel};
pub use service::CarouselService;
pub use slides::DbCarousel;
