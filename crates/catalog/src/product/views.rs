//! View counts, added up in memory and written in batches.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter};
use stampede_kernel::ProductId;
use stampede_persistence::entity::product;
use stampede_persistence::{Database, retrying};

/// Products per statement: three parameters each, well below every limit.
const SLICE: usize = 500;
/// Maximum number of products between two flushes. Only a long outage of the database
/// reaches it, and views beyond it are dropped.
const BOUND: usize = 1_000_000;

/// Views that are not written yet.
#[derive(Default)]
pub(super) struct Views(Mutex<HashMap<ProductId, i64>>);

impl Views {
    pub(super) fn count(&self, id: ProductId) {
        self.add(id, 1);
    }

    /// Writes the counts in ascending order of products and returns those that were
    /// written; the others are kept for the next flush.
    pub(super) async fn flush(&self, db: &Database) -> Result<Vec<(ProductId, i64)>, DbErr> {
        let mut looks: Vec<_> = std::mem::take(&mut *self.lock()).into_iter().collect();
        looks.sort_unstable();
        let mut slices = looks.chunks(SLICE);
        while let Some(slice) = slices.next() {
            if let Err(error) = retrying(|| write(db, slice)).await {
                for (id, looks) in slice.iter().chain(slices.flatten()) {
                    self.add(*id, *looks);
                }
                return Err(error);
            }
        }
        Ok(looks)
    }

    fn add(&self, id: ProductId, looks: i64) {
        let mut views = self.lock();
        if views.len() < BOUND || views.contains_key(&id) {
            let counted = views.entry(id).or_default();
            *counted = counted.saturating_add(looks);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ProductId, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes counts by one statement in its own transaction. `updated_at` stays, for a
/// view is not a change.
async fn write(db: &Database, slice: &[(ProductId, i64)]) -> Result<(), DbErr> {
    let looks = slice
        .iter()
        .fold(CaseStatement::new(), |case, (id, looks)| {
            case.case(product::Column::Id.eq(*id), Expr::value(*looks))
        })
        .finally(0);
    let tx = db.begin_write().await?;
    product::Entity::update_many()
        .col_expr(
            product::Column::View,
            Expr::col(product::Column::View).add(looks),
        )
        .filter(product::Column::Id.is_in(slice.iter().map(|(id, _)| *id)))
        .exec(&tx)
        .await?;
    tx.commit().await
}
