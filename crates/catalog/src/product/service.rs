//! What the gateway may ask of products.

use async_trait::async_trait;
use stampede_kernel::{ImageId, Language, Page, ProductId, UserId};
use stampede_media::Image;

use super::{
    AdminProductQuery, NewProduct, Product, ProductChange, ProductDetail, ProductError,
    ProductList, ProductQuery,
};

/// Who looks at a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Sees what is on sale.
    Customer,
    /// Sees everything.
    Admin,
}

/// Products: read by everybody, changed by admins. Every change is in the audit
/// log, in the feed, and visible to the next read of this process.
#[async_trait]
pub trait ProductService: Send + Sync {
    /// A page of what is on sale.
    async fn list(&self, query: ProductQuery) -> Result<ProductList, ProductError>;

    /// A page of all products, those off sale too, newest first, with their total.
    async fn all(&self, query: AdminProductQuery) -> Result<Page<Product>, ProductError>;

    /// At most ten completions of what was typed.
    async fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, ProductError>;

    /// The product with its pictures.
    async fn product(&self, id: ProductId, viewer: Viewer) -> Result<ProductDetail, ProductError>;

    /// Counts a look; written later, together with others.
    fn count_view(&self, id: ProductId);

    /// Checks everything of a new product but its pictures, so that none is stored
    /// for a product that will be refused.
    async fn check_new(&self, product: &NewProduct) -> Result<(), ProductError>;

    /// Makes a product; its SKUs' opening stock is journalled.
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

    /// Takes it off sale; nothing is erased. [`ProductError::InSale`] while it is in
    /// a flash sale that is not over.
    async fn take_off_sale(&self, admin: UserId, id: ProductId) -> Result<(), ProductError>;

    /// Adds pictures at the end; at most 10 in all.
    async fn add_images(
        &self,
        admin: UserId,
        id: ProductId,
        images: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError>;

    /// Takes a picture away.
    async fn remove_image(
        &self,
        admin: UserId,
        id: ProductId,
        image: ImageId,
    ) -> Result<(), ProductError>;

    /// Puts the pictures into this order, which names each exactly once.
    async fn order_images(
        &self,
        admin: UserId,
        id: ProductId,
        order: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError>;

    /// The products of these ids that are on sale, in the order of the ids.
    async fn on_sale(&self, ids: &[ProductId]) -> Result<Vec<Product>, ProductError>;
}
