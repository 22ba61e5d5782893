//! The category service on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_kernel::{CategoryId, Clock, FieldError, ImageId, UserId};
use stampede_media::Image;
use stampede_persistence::entity::category;
use stampede_persistence::{Database, Topic, impl_conflict, retrying};

use super::{Category, CategoryChange, CategoryError, CategoryService, NewCategory, store};
use crate::context::{AuditedChange, CatalogContext, CatalogSettings};
use crate::search::Search;
use crate::text::Texts;
use crate::{picture, text};

impl_conflict!(CategoryError: Database);

/// The category service on the database.
pub struct DbCategories {
    context: CatalogContext,
}

impl DbCategories {
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
        Self { context }
    }

    fn check(&self, name: Option<&String>, translations: Option<&Texts>) -> Result<(), FieldError> {
        name.map_or(Ok(()), |name| text::check_name("name", name))?;
        translations.map_or(Ok(()), |texts| {
            text::check_texts(texts, self.context.settings.language)
        })
    }

    async fn insert(&self, admin: UserId, new: &NewCategory) -> Result<CategoryId, CategoryError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        if let Some(parent) = new.parent_id
            && !store::lock(&tx, parent).await?
        {
            return Err(unknown_parent().into());
        }
        check_picture(&tx, new.image).await?;
        let id = store::insert(&tx, new, at).await?;
        audited_change(admin, "category.create", id, summary(new))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn update(
        &self,
        admin: UserId,
        id: CategoryId,
        change: &CategoryChange,
    ) -> Result<(), CategoryError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let tree = store::lock_tree(&tx).await?;
        if !tree.has(id) {
            return Err(CategoryError::NotFound);
        }
        if let Some(Some(parent)) = change.parent_id {
            if !tree.has(parent) {
                return Err(unknown_parent().into());
            }
            if tree.from(id).contains(&parent) {
                return Err(ring().into());
            }
        }
        check_picture(&tx, change.image.flatten()).await?;
        store::update(&tx, id, change).await?;
        audited_change(admin, "category.update", id, change_summary(change))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn erase(&self, admin: UserId, id: CategoryId) -> Result<(), CategoryError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        if !store::lock(&tx, id).await? {
            return Err(CategoryError::NotFound);
        }
        let (products, categories) = store::contents(&tx, id).await?;
        if products + categories > 0 {
            return Err(CategoryError::NotEmpty {
                products,
                categories,
            });
        }
        store::delete(&tx, id).await?;
        audited_change(admin, "category.delete", id, json!({}))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn one(&self, id: CategoryId) -> Result<Category, CategoryError> {
        let all = self.categories().await?;
        all.into_iter()
            .find(|category| category.id == id)
            .ok_or(CategoryError::NotFound)
    }
}

#[async_trait]
impl CategoryService for DbCategories {
    async fn categories(&self) -> Result<Vec<Category>, CategoryError> {
        let db = self.context.db.reader();
        let rows = store::all(db).await?;
        let ids: Vec<_> = rows.iter().filter_map(|row| row.image_id).collect();
        let images = picture::by_id(db, &ids).await?;
        rows.into_iter()
            .map(|row| {
                let image = row.image_id.and_then(|id| images.get(&id).cloned());
                category(row, image)
            })
            .collect()
    }

    async fn create(&self, admin: UserId, new: NewCategory) -> Result<Category, CategoryError> {
        self.check(Some(&new.name), new.translations.as_ref())?;
        let id = retrying(|| self.insert(admin, &new)).await?;
        self.context.publish(Topic::Category, id.0);
        self.one(id).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: CategoryId,
        change: CategoryChange,
    ) -> Result<Category, CategoryError> {
        self.check(change.name.as_ref(), change.translations.as_ref())?;
        retrying(|| self.update(admin, id, &change)).await?;
        self.context.publish(Topic::Category, id.0);
        self.one(id).await
    }

    async fn delete(&self, admin: UserId, id: CategoryId) -> Result<(), CategoryError> {
        retrying(|| self.erase(admin, id)).await?;
        self.context.publish(Topic::Category, id.0);
        Ok(())
    }
}

fn category(row: category::Model, image: Option<Image>) -> Result<Category, CategoryError> {
    Ok(Category {
        id: row.id,
        translations: text::from_column(row.translations.as_deref())?,
        name: row.name,
        parent_id: row.parent_id,
        image,
        created_at: row.created_at,
    })
}

async fn check_picture(
    tx: &DatabaseTransaction,
    image: Option<ImageId>,
) -> Result<(), CategoryError> {
    if let Some(image) = image
        && !stampede_media::lock_images(tx, &[image]).await?
    {
        return Err(FieldError::new("image", "unknown_image", "the picture does not exist").into());
    }
    Ok(())
}

fn unknown_parent() -> FieldError {
    FieldError::new(
        "parent_id",
        "unknown_category",
        "the category above does not exist",
    )
}

fn ring() -> FieldError {
    FieldError::new("parent_id", "ring", "a category cannot stand below itself")
}

fn summary(new: &NewCategory) -> serde_json::Value {
    json!({ "name": new.name, "parent_id": new.parent_id })
}

/// Summarises a change for the audit log: the fields that it set.
fn change_summary(change: &CategoryChange) -> serde_json::Value {
    let mut said = serde_json::Map::new();
    if let Some(name) = &change.name {
        said.insert("name".to_owned(), json!(name));
    }
    if let Some(parent) = change.parent_id {
        said.insert("parent_id".to_owned(), json!(parent));
    }
    if change.translations.is_some() {
        said.insert("translations".to_owned(), json!("changed"));
    }
    if let Some(image) = change.image {
        said.insert("image_id".to_owned(), json!(image));
    }
    said.into()
}

fn audited_change(
    admin: UserId,
    action: &'static str,
    id: CategoryId,
    detail: serde_json::Value,
) -> AuditedChange {
    AuditedChange {
        admin,
        action,
        target: format!("category:{id}"),
        topic: Topic::Category,
        key: id.0,
        detail,
    }
}
