//! The carousel service.

use async_trait::async_trait;
use stampede_kernel::{CarouselId, UserId};

use super::{Carousel, CarouselChange, CarouselError, NewCarousel};

/// The carousel: read by everybody, changed by admins.
#[async_trait]
pub trait CarouselService: Send + Sync {
    /// Returns all slides, oldest first.
    async fn slides(&self) -> Result<Vec<Carousel>, CarouselError>;

    /// Adds a row and returns it.
    async fn create(&self, admin: UserId, slide: NewCarousel) -> Result<Carousel, CarouselError>;

    /// Changes a slide.
    async fn change(
        &self,
        admin: UserId,
        id: CarouselId,
        change: CarouselChange,
    ) -> Result<Carousel, CarouselError>;

    /// Deletes a slide.
    async fn delete(&self, admin: UserId, id: CarouselId) -> Result<(), CarouselError>;
}
