//! The changes of existing products.

use sea_orm::DbErr;
use serde_json::json;
use stampede_kernel::ProductId;

use super::ImportPass;
use crate::csv::group::Group;
use crate::csv::import::{ImportError, products};
use crate::csv::plan::{self, Plan};
use crate::product::{Product, ProductError, change, store};
use crate::stock;

impl ImportPass<'_> {
    pub(super) async fn change(
        &mut self,
        now: &Product,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        let before = self.faults.count;
        let plan = self.plan(now, group).await?;
        if self.faults.count > before {
            return Ok(());
        }
        if plan.is_nothing() {
            self.report.unchanged += 1;
            return Ok(());
        }
        self.report.changed += 1;
        if !self.writes {
            return self.check_sale(now, &plan, group).await;
        }
        // The product is locked from here on, and its change is planned again.
        let gone = || DbErr::RecordNotFound(format!("product {}", now.id));
        store::lock(self.tx, now.id, self.at)
            .await?
            .ok_or_else(gone)?;
        let held = products(self.tx, &[now.id]).await?;
        let now = held.get(&now.id).ok_or_else(gone)?;
        let plan = self.plan(now, group).await?;
        self.check_sale(now, &plan, group).await?;
        if self.faults.count > before {
            return Ok(());
        }
        self.write_change(now.id, &plan, group).await
    }

    /// Plans the change of the product.
    async fn plan(&mut self, now: &Product, group: &Group<'_>) -> Result<Plan, ImportError> {
        let before = self.faults.count;
        let mut plan = plan::change(now, &group.rows, self.language(), &mut self.faults);
        if let Some(path) = group.first().category(&mut self.faults)
            && self.faults.count == before
        {
            let category = self.place(&path).await?;
            plan.change.category_id = (category != now.category_id).then_some(category);
        }
        Ok(plan)
    }

    async fn check_sale(
        &mut self,
        now: &Product,
        plan: &Plan,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        if !now.on_sale || plan.change.on_sale != Some(false) {
            return Ok(());
        }
        let skus: Vec<_> = if self.writes {
            store::lock_skus(self.tx, now.id).await?
        } else {
            now.skus.iter().map(|sku| sku.id).collect()
        };
        if self.importer.sales.in_sale(self.tx, &skus, self.at).await? {
            let detail = ProductError::InSale.to_string();
            group.first().fault("on_sale", &detail, &mut self.faults);
        }
        Ok(())
    }

    async fn write_change(
        &mut self,
        id: ProductId,
        plan: &Plan,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        match change::write(self.tx, id, &plan.change, self.cause()).await {
            Ok(()) => {}
            Err(ProductError::Invalid(fault)) => {
                group.first().broken(&fault, &mut self.faults);
            }
            Err(ProductError::Database(error)) => return Err(error.into()),
            Err(other) => return Err(DbErr::Custom(other.to_string()).into()),
        }
        for movement in &plan.moves {
            let moved = stock::adjust(self.tx, movement.sku, movement.delta, self.cause()).await?;
            if let (false, Some(row)) = (moved, group.rows.get(movement.row)) {
                row.fault("num", plan::OUT_OF_STOCK, &mut self.faults);
            }
        }
        let moves = plan.moves.iter();
        let moves: Vec<_> = moves
            .map(|one| json!({ "sku": one.sku, "delta": one.delta }))
            .collect();
        let mut detail = change::summary(&plan.change);
        if let (false, Some(detail)) = (moves.is_empty(), detail.as_object_mut()) {
            detail.insert("stock".to_owned(), json!(moves));
        }
        self.touched.push(id.0);
        self.act("product.update", format!("product:{id}"), &detail)
            .await
    }
}
