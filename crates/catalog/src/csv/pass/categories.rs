//! The categories of products, which are created where they are missing.

use serde_json::json;
use stampede_kernel::CategoryId;

use super::ImportPass;
use crate::category::{self, NewCategory};
use crate::csv::cell::Step;
use crate::csv::import::ImportError;

impl ImportPass<'_> {
    /// Returns the category of a path and creates missing ones; a dry run assigns an
    /// unused id.
    pub(super) async fn place(&mut self, path: &[Step]) -> Result<CategoryId, ImportError> {
        let mut above = None;
        for step in path {
            let id = loop {
                if let Some(id) = self.tree.step(above, step) {
                    break id;
                }
                let made = self.make_category(above, &step.name).await?;
                self.tree.learn(made, above, step.name.clone());
            };
            above = Some(id);
        }
        Ok(above.unwrap_or(CategoryId(0)))
    }

    async fn make_category(
        &mut self,
        parent_id: Option<CategoryId>,
        name: &str,
    ) -> Result<CategoryId, ImportError> {
        self.report.categories += 1;
        if !self.writes {
            let made = i64::try_from(self.report.categories).unwrap_or(i64::MAX);
            return Ok(CategoryId(-made));
        }
        let new = NewCategory {
            name: name.to_owned(),
            translations: None,
            parent_id,
            image: None,
        };
        let id = category::store::insert(self.tx, &new, self.at).await?;
        self.new_categories.push(id);
        let detail = json!({ "name": name, "parent_id": parent_id });
        self.act("category.create", format!("category:{id}"), &detail)
            .await?;
        Ok(id)
    }
}
