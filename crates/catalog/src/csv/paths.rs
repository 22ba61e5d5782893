//! Categories by their path.

use std::collections::HashMap;

use stampede_kernel::{CategoryId, UserId};

use super::cell;
use crate::category::{Category, CategoryError, CategoryService, NewCategory};

/// The category tree as paths; siblings of one name are the oldest of them.
pub(super) struct Paths<'a> {
    service: &'a dyn CategoryService,
    known: HashMap<CategoryId, Category>,
    ids: HashMap<(Option<CategoryId>, String), CategoryId>,
}

impl<'a> Paths<'a> {
    pub(super) async fn read(service: &'a dyn CategoryService) -> Result<Self, CategoryError> {
        let mut paths = Self {
            service,
            known: HashMap::new(),
            ids: HashMap::new(),
        };
        for category in service.categories().await? {
            paths.learn(category);
        }
        Ok(paths)
    }

    /// The path of a category, from the root down.
    pub(super) fn of(&self, id: CategoryId) -> String {
        let mut names = Vec::new();
        let mut next = self.known.get(&id);
        while let Some(category) = next.filter(|_| names.len() < self.known.len()) {
            names.push(category.name.as_str());
            next = category.parent_id.and_then(|id| self.known.get(&id));
        }
        cell::path(names.into_iter().rev())
    }

    /// The category at this path; what is missing of it is made.
    pub(super) async fn at(
        &mut self,
        admin: UserId,
        path: &str,
    ) -> Result<CategoryId, CategoryError> {
        let mut above = None;
        let mut names = cell::names(path);
        let last = names.pop().unwrap_or_default();
        for name in names {
            above = Some(self.below(admin, above, name).await?);
        }
        self.below(admin, above, last).await
    }

    async fn below(
        &mut self,
        admin: UserId,
        parent_id: Option<CategoryId>,
        name: String,
    ) -> Result<CategoryId, CategoryError> {
        if let Some(id) = self.ids.get(&(parent_id, name.clone())) {
            return Ok(*id);
        }
        let new = NewCategory {
            name,
            translations: None,
            parent_id,
            image: None,
        };
        let made = self.service.create(admin, new).await?;
        let id = made.id;
        self.learn(made);
        Ok(id)
    }

    fn learn(&mut self, category: Category) {
        let key = (category.parent_id, category.name.trim().to_owned());
        self.ids.entry(key).or_insert(category.id);
        self.known.insert(category.id, category);
    }
}
