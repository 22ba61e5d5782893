//! The product service.

use async_trait::async_trait;
use stampede_kernel::{ImageId, Language, Page, ProductId, UserId};
use stampede_media::Image;

use super::{
    AdminProductQuery, NewProduct, Product, ProductChange, ProductDetail, ProductError,
    ProductList, ProductQuery,
};

/// The role of a product's viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Sees products on sale.
    Customer,
    /// Sees all products.
    Admin,
}

/// Products: read by everybody, changed by admins. Every change is in the audit
/// log, in the feed, and visible to the next read of this process.
#[async_trait]
pub trait ProductService: Send + Sync {
    /// Returns a page of the products on sale.
    async fn list(&self, query: ProductQuery) -> Result<ProductList, ProductError>;

    /// Returns a page of all products, those off sale included, newest first, with the
    /// total.
    async fn all(&self, query: AdminProductQuery) -> Result<Page<Product>, ProductError>;

    /// Suggests at most ten completions of a partial query.
    async fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, ProductError>;

    /// Returns the product with its pictures.
    async fn product(&self, id: ProductId, viewer: Viewer) -> Result<ProductDetail, ProductError>;

    /// Counts a view; counts are written in batches.
    fn count_view(&self, id: ProductId);

    /// Validates everything of a new product but its pictures, so that no picture is
    /// stored for a product that will be refused.
    async fn check_new(&self, product: &NewProduct) -> Result<(), ProductError>;

    /// Creates a product; the opening stock of its SKUs is journalled.
    async fn create(
        &self,
        admin: UserId,
        product: NewProduct,
    ) -> Result<ProductDetail, ProductError>;

    /// Changes a product.
    async fn change(
        &self,
        admin: UserId,
        id: ProductId,
        change: ProductChange,
    ) -> Result<ProductDetail, ProductError>;

    /// Takes a product off sale; nothing is deleted. Fails with
    /// [`ProductError::InSale`] while it is in a flash sale that is not over.
    async fn take_off_sale(&self, admin: UserId, id: ProductId) -> Result<(), ProductError>;

    /// Adds pictures at the end; at most 10 in all.
    async fn add_images(
        &self,
        admin: UserId,
        id: ProductId,
        images: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError>;

    /// Removes a picture.
    async fn remove_image(
        &self,
        admin: UserId,
        id: ProductId,
        image: ImageId,
    ) -> Result<(), ProductError>;

    /// Reorders the pictures; the order must contain each exactly once.
    async fn order_images(
        &self,
        admin: UserId,
        id: ProductId,
        order: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError>;

    /// Returns those of the products that are on sale, in the order of the ids.
    async fn on_sale(&self, ids: &[ProductId]) -> Result<Vec<Product>, ProductError>;
}
