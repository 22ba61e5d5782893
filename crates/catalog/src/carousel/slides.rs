//! The carousel service on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;
use stampede_kernel::{CarouselId, Clock, FieldError, ProductId, UserId};
use stampede_media::Image;
use stampede_persistence::entity::carousel;
use stampede_persistence::{Change, Database, Topic, impl_conflict, retrying};

use super::{Carousel, CarouselChange, CarouselError, CarouselService, NewCarousel, store};
use crate::context::{AuditedChange, CatalogSettings};
use crate::text::Texts;
use crate::{picture, text};

impl_conflict!(CarouselError: Database);

/// The carousel service on the database.
pub struct DbCarousel {
    db: Database,
    clock: Arc<dyn Clock>,
    settings: CatalogSettings,
}

impl DbCarousel {
    /// Creates the service.
    pub fn new(db: Database, clock: Arc<dyn Clock>, settings: CatalogSettings) -> Self {
        Self {
            db,
            clock,
            settings,
        }
    }

    fn check(&self, title: Option<&String>, texts: Option<&Texts>) -> Result<(), FieldError> {
        if let Some(title) = title {
            check_title(title)?;
        }
        texts.map_or(Ok(()), |texts| {
            text::check_texts(texts, self.settings.language)
        })
    }

    async fn insert(&self, admin: UserId, new: &NewCarousel) -> Result<CarouselId, CarouselError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        check_product(&tx, new.product_id).await?;
        if !stampede_media::lock_images(&tx, &[new.image]).await? {
            return Err(
                FieldError::new("file", "unknown_image", "the picture does not exist").into(),
            );
        }
        let id = store::insert(&tx, new, at).await?;
        let detail = json!({ "title": new.title, "product_id": new.product_id });
        audited_change(admin, "carousel.create", id, detail)
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn update(
        &self,
        admin: UserId,
        id: CarouselId,
        change: &CarouselChange,
    ) -> Result<(), CarouselError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        if !store::lock(&tx, id).await? {
            return Err(CarouselError::NotFound);
        }
        check_product(&tx, change.product_id.flatten()).await?;
        store::update(&tx, id, change).await?;
        let detail = json!({ "title": change.title, "product_id": change.product_id });
        audited_change(admin, "carousel.update", id, detail)
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn erase(&self, admin: UserId, id: CarouselId) -> Result<(), CarouselError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        if !store::delete(&tx, id).await? {
            return Err(CarouselError::NotFound);
        }
        audited_change(admin, "carousel.delete", id, json!({}))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    fn publish(&self, id: CarouselId) {
        self.db
            .changes()
            .publish(&Change::Row(Topic::Carousel, id.0));
    }

    async fn one(&self, id: CarouselId) -> Result<Carousel, CarouselError> {
        let slides = self.slides().await?;
        slides
            .into_iter()
            .find(|slide| slide.id == id)
            .ok_or(CarouselError::NotFound)
    }
}

#[async_trait]
impl CarouselService for DbCarousel {
    async fn slides(&self) -> Result<Vec<Carousel>, CarouselError> {
        let db = self.db.reader();
        let rows = store::all(db).await?;
        let ids: Vec<_> = rows.iter().map(|row| row.image_id).collect();
        let images = picture::by_id(db, &ids).await?;
        let slides = rows.into_iter().filter_map(|row| {
            let image = images.get(&row.image_id)?.clone();
            Some(slide(row, image))
        });
        Ok(slides.collect::<Result<_, _>>()?)
    }

    async fn create(&self, admin: UserId, new: NewCarousel) -> Result<Carousel, CarouselError> {
        self.check(Some(&new.title), Some(&new.translations))?;
        let id = retrying(|| self.insert(admin, &new)).await?;
        self.publish(id);
        self.one(id).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: CarouselId,
        change: CarouselChange,
    ) -> Result<Carousel, CarouselError> {
        self.check(change.title.as_ref(), change.translations.as_ref())?;
        retrying(|| self.update(admin, id, &change)).await?;
        self.publish(id);
        self.one(id).await
    }

    async fn delete(&self, admin: UserId, id: CarouselId) -> Result<(), CarouselError> {
        retrying(|| self.erase(admin, id)).await?;
        self.publish(id);
        Ok(())
    }
}

fn slide(row: carousel::Model, image: Image) -> Result<Carousel, DbErr> {
    Ok(Carousel {
        id: row.id,
        product_id: row.product_id,
        translations: text::from_column(row.translations.as_deref())?,
        title: row.title,
        image,
        created_at: row.created_at,
    })
}

/// Checks a title: 1–255 characters on one line, not blank.
fn check_title(title: &str) -> Result<(), FieldError> {
    if title.trim().is_empty() {
        return Err(FieldError::new("title", "too_short", "must not be blank"));
    }
    text::check_line("title", title, 255)
}

async fn check_product(
    tx: &DatabaseTransaction,
    product: Option<ProductId>,
) -> Result<(), CarouselError> {
    match product {
        Some(id) if !store::product_exists(tx, id).await? => {
            let fault = FieldError::new(
                "product_id",
                "unknown_product",
                "the product does not exist",
            );
            Err(fault.into())
        }
        _ => Ok(()),
    }
}

fn audited_change(
    admin: UserId,
    action: &'static str,
    id: CarouselId,
    detail: serde_json::Value,
) -> AuditedChange {
    AuditedChange {
        admin,
        action,
        target: format!("carousel:{id}"),
        topic: Topic::Carousel,
        key: id.0,
        detail,
    }
}
