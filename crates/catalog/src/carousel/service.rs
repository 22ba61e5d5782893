//! What the gateway may ask of the carousel.

use async_trait::async_trait;
use stampede_kernel::{CarouselId, UserId};

use super::{Carousel, CarouselChange, CarouselError, NewCarousel};

/// The carousel: read by everybody, changed by admins.
#[async_trait]
pub trait CarouselService: Send + Sync {
    /// All slides, oldest first.
    async fn slides(&self) -> Result<Vec<Carousel>, CarouselError>;

    /// Adds one.
    async fn create(&self, admin: UserId, slide: NewCarousel) -> Result<Carousel, CarouselError>;

    /// Changes one.
    async fn change(
        &self,
        admin: UserId,
        id: CarouselId,
        change: CarouselChange,
    ) -> Result<Carousel, CarouselError>;

    /// Deletes one.
    async fn delete(&self, admin: UserId, id: CarouselId) -> Result<(), CarouselError>;
}
