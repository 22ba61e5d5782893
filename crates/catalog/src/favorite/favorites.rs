//! The favourites service on the database.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use stampede_kernel::{Clock, Cursor, FavoriteId, Page, PageSize, ProductId, UserId};
use stampede_persistence::account::lock_active;
use stampede_persistence::entity::favorite;
use stampede_persistence::{Database, impl_conflict, retrying};

use super::{Favorite, FavoriteError, FavoriteService, store};
use crate::product;

impl_conflict!(FavoriteError: Database);

/// Maximum number of favourites of one user.
const MAX_FAVORITES: u64 = 1_000;

/// The favourites service on the database.
pub struct DbFavorites {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl DbFavorites {
    /// Creates the service.
    pub fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn insert(
        &self,
        owner: UserId,
        product: ProductId,
    ) -> Result<(favorite::Model, bool), FavoriteError> {
        let tx = self.db.begin_write().await?;
        if !lock_active(&tx, owner).await? {
            return Err(FavoriteError::Banned);
        }
        if let Some(row) = store::find(&tx, owner, product).await? {
            return Ok((row, false));
        }
        if !store::is_on_sale(&tx, product).await? {
            return Err(FavoriteError::NotFound);
        }
        if store::count(&tx, owner).await? >= MAX_FAVORITES {
            return Err(FavoriteError::TooMany);
        }
        let new = store::insert(&tx, owner, product, self.clock.now()).await?;
        let row = store::find(&tx, owner, product).await?;
        tx.commit().await?;
        Ok((row.ok_or(FavoriteError::NotFound)?, new))
    }

    /// Loads the products of these favourites.
    async fn assemble(&self, rows: Vec<favorite::Model>) -> Result<Vec<Favorite>, FavoriteError> {
        let db = self.db.reader();
        let ids: Vec<_> = rows.iter().map(|row| row.product_id).collect();
        let products = product::store::by_ids(db, &ids).await?;
        let products = product::store::assemble(db, products).await?;
        let mut products: HashMap<_, _> = products
            .into_iter()
            .map(|product| (product.id, product))
            .collect();
        let favorite = |row: favorite::Model| {
            let product = products.remove(&row.product_id)?;
            Some(Favorite {
                id: row.id,
                product,
                created_at: row.created_at,
            })
        };
        Ok(rows.into_iter().filter_map(favorite).collect())
    }
}

#[async_trait]
impl FavoriteService for DbFavorites {
    async fn favorites(
        &self,
        owner: UserId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Favorite>, FavoriteError> {
        let filters = format!("favorites {owner}");
        let below = cursor
            .map(|cursor| cursor.place::<FavoriteId>(&filters))
            .transpose()?;
        let rows = store::page(self.db.reader(), owner, below, size.get() + 1).await?;
        let page = Page::cut(rows, size, &filters, |row| row.id);
        Ok(Page {
            items: self.assemble(page.items).await?,
            next: page.next,
            total: None,
        })
    }

    async fn add(
        &self,
        owner: UserId,
        product: ProductId,
    ) -> Result<(Favorite, bool), FavoriteError> {
        let (row, new) = retrying(|| self.insert(owner, product)).await?;
        let favorite = self.assemble(vec![row]).await?.pop();
        Ok((favorite.ok_or(FavoriteError::NotFound)?, new))
    }

    async fn remove(&self, owner: UserId, product: ProductId) -> Result<(), FavoriteError> {
        let gone = retrying(|| async {
            let tx = self.db.begin_write().await?;
            if !lock_active(&tx, owner).await? {
                return Err(FavoriteError::Banned);
            }
            let gone = store::delete(&tx, owner, product).await?;
            tx.commit().await?;
            Ok::<_, FavoriteError>(gone)
        })
        .await?;
        if gone {
            Ok(())
        } else {
            Err(FavoriteError::NotFound)
        }
    }
}
