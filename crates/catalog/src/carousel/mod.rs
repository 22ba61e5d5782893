//! The carousel on the front page.

mod model;
mod service;

pub use model::{Carousel, CarouselChange, CarouselError, NewCarousel};
pub use service::CarouselService;
