//! The product service on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;
use stampede_kernel::{Clock, ImageId, Language, Page, ProductId, Timestamp, UserId};
use stampede_media::Image;
use stampede_persistence::{Database, Topic, impl_conflict, retrying};

use super::create::unknown_category;
use super::views::Views;
use super::{
    AdminProductQuery, NewProduct, Product, ProductChange, ProductDetail, ProductError,
    ProductList, ProductQuery, ProductService, SaleWatch, Viewer, rules, store,
};
use crate::category;
use crate::context::{AuditedChange, CatalogContext, CatalogSettings};
use crate::search::{Search, SearchError};

impl_conflict!(ProductError: Database);

impl From<SearchError> for ProductError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Busy => Self::Busy,
            SearchError::Index(error) => Self::Search(error.to_string()),
            SearchError::Database(error) => Self::Database(error),
        }
    }
}

/// The product service on the database.
pub struct DbProducts {
    pub(super) context: CatalogContext,
    views: Views,
    sales: Option<Arc<dyn SaleWatch>>,
}

impl DbProducts {
    /// Creates the service.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        search: Arc<Search>,
        settings: CatalogSettings,
    ) -> Self {
        let context = CatalogContext {
            db,
            clock,
            search,
            settings,
        };
        Self {
            context,
            views: Views::default(),
            sales: None,
        }
    }

    /// Sets the watch that keeps products of a running sale on sale.
    #[must_use]
    pub fn watching(self, sales: Arc<dyn SaleWatch>) -> Self {
        Self {
            sales: Some(sales),
            ..self
        }
    }

    /// Fails when a SKU of the product is in a sale that is not over. The SKU rows are
    /// locked, as a transaction that creates a sale locks them: the second of two
    /// concurrent transactions sees what the first did.
    pub(super) async fn check_not_in_sale(
        &self,
        tx: &DatabaseTransaction,
        id: ProductId,
        now: Timestamp,
    ) -> Result<(), ProductError> {
        let skus = store::lock_skus(tx, id).await?;
        match &self.sales {
            Some(sales) if sales.in_sale(tx, &skus, now).await? => Err(ProductError::InSale),
            _ => Ok(()),
        }
    }

    /// Writes the views that were counted since the last flush. Call it every 2 s and
    /// once before the process ends; a failure keeps the counts.
    pub async fn flush_views(&self) -> Result<(), ProductError> {
        let looks = self.views.flush(&self.context.db).await?;
        self.context.search.add_views(&looks)?;
        Ok(())
    }

    /// Returns the newest product, on sale or not.
    pub async fn newest(&self) -> Result<Option<ProductId>, DbErr> {
        store::newest(self.context.db.reader()).await
    }

    /// Returns the products on sale with ids above `after`, through `through`, and when each was
    /// changed last.
    pub async fn on_sale_between(
        &self,
        after: ProductId,
        through: ProductId,
    ) -> Result<Vec<(ProductId, Timestamp)>, DbErr> {
        store::on_sale_between(self.context.db.reader(), after, through).await
    }

    /// Publishes the change to this process after the commit, then reads the product.
    async fn changed(&self, id: ProductId) -> Result<ProductDetail, ProductError> {
        self.context.products_changed(Topic::Product, &[id]).await;
        self.product(id, Viewer::Admin).await
    }

    pub(super) fn audited_change(
        admin: UserId,
        action: &'static str,
        id: ProductId,
        detail: serde_json::Value,
    ) -> AuditedChange {
        AuditedChange {
            admin,
            action,
            target: format!("product:{id}"),
            topic: Topic::Product,
            key: id.0,
            detail,
        }
    }

    async fn withdraw(&self, admin: UserId, id: ProductId) -> Result<(), ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        store::lock(&tx, id, at)
            .await?
            .ok_or(ProductError::NotFound)?;
        self.check_not_in_sale(&tx, id, at).await?;
        let off = stampede_persistence::entity::product::ActiveModel {
            on_sale: sea_orm::ActiveValue::Set(false),
            ..Default::default()
        };
        store::update(&tx, id, off).await?;
        Self::audited_change(admin, "product.off_sale", id, json!({}))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl ProductService for DbProducts {
    async fn list(&self, query: ProductQuery) -> Result<ProductList, ProductError> {
        self.page(query).await
    }

    async fn suggest(&self, q: &str, language: Language) -> Result<Vec<String>, ProductError> {
        let q = q.to_owned();
        let names = self
            .context
            .search
            .run(move |search| search.suggest(&q, language));
        Ok(names.await?)
    }

    async fn product(&self, id: ProductId, viewer: Viewer) -> Result<ProductDetail, ProductError> {
        let db = self.context.db.reader();
        let row = store::one(db, id)
            .await?
            .filter(|row| row.on_sale || viewer == Viewer::Admin)
            .ok_or(ProductError::NotFound)?;
        Ok(store::detail(db, row).await?)
    }

    async fn all(&self, query: AdminProductQuery) -> Result<Page<Product>, ProductError> {
        self.admin_page(query).await
    }

    fn count_view(&self, id: ProductId) {
        self.views.count(id);
    }

    async fn check_new(&self, product: &NewProduct) -> Result<(), ProductError> {
        rules::check_new(product, self.context.settings.language)?;
        let tree = category::store::tree(self.context.db.reader()).await?;
        if tree.has(product.category_id) {
            Ok(())
        } else {
            Err(unknown_category().into())
        }
    }

    async fn create(
        &self,
        admin: UserId,
        product: NewProduct,
    ) -> Result<ProductDetail, ProductError> {
        rules::check_new(&product, self.context.settings.language)?;
        let id = retrying(|| self.insert(admin, &product)).await?;
        self.changed(id).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: ProductId,
        change: ProductChange,
    ) -> Result<ProductDetail, ProductError> {
        rules::check_change(&change, self.context.settings.language)?;
        retrying(|| self.update(admin, id, &change)).await?;
        self.changed(id).await
    }

    async fn take_off_sale(&self, admin: UserId, id: ProductId) -> Result<(), ProductError> {
        retrying(|| self.withdraw(admin, id)).await?;
        self.context.products_changed(Topic::Product, &[id]).await;
        Ok(())
    }

    async fn add_images(
        &self,
        admin: UserId,
        id: ProductId,
        images: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError> {
        rules::check_images(&images)?;
        retrying(|| self.append_images(admin, id, &images)).await?;
        Ok(self.changed(id).await?.images)
    }

    async fn remove_image(
        &self,
        admin: UserId,
        id: ProductId,
        image: ImageId,
    ) -> Result<(), ProductError> {
        retrying(|| self.drop_image(admin, id, image)).await?;
        self.context.products_changed(Topic::Product, &[id]).await;
        Ok(())
    }

    async fn order_images(
        &self,
        admin: UserId,
        id: ProductId,
        order: Vec<ImageId>,
    ) -> Result<Vec<Image>, ProductError> {
        retrying(|| self.place_images(admin, id, &order)).await?;
        Ok(self.changed(id).await?.images)
    }

    async fn on_sale(&self, ids: &[ProductId]) -> Result<Vec<Product>, ProductError> {
        let db = self.context.db.reader();
        let mut rows = store::by_ids(db, ids).await?;
        rows.retain(|row| row.on_sale);
        Ok(store::assemble(db, rows).await?)
    }
}
