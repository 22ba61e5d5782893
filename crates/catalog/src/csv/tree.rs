//! Categories by path.

use std::collections::{HashMap, HashSet};

use stampede_kernel::CategoryId;
use stampede_persistence::entity::category;

use super::cell::{self, Step};

/// Paths of categories. Siblings with the same name are distinguished by age.
#[derive(Debug, Default)]
pub(super) struct CategoryPaths {
    known: HashMap<CategoryId, (Option<CategoryId>, String)>,
    /// Oldest first.
    below: HashMap<(Option<CategoryId>, String), Vec<CategoryId>>,
}

impl CategoryPaths {
    /// Builds the paths of these rows, which are sorted by age.
    pub(super) fn of(rows: Vec<category::Model>) -> Self {
        let mut tree = Self::default();
        for row in rows {
            tree.learn(row.id, row.parent_id, row.name);
        }
        tree
    }

    pub(super) fn learn(&mut self, id: CategoryId, parent: Option<CategoryId>, name: String) {
        let siblings = self.below.entry((parent, name.clone())).or_default();
        siblings.push(id);
        self.known.insert(id, (parent, name));
    }

    /// Returns the path of a category. It ends on a cycle, which only raw SQL could
    /// make.
    pub(super) fn path(&self, id: CategoryId) -> String {
        let mut steps = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let Some((parent, name)) = self.known.get(&id) else {
                break;
            };
            let siblings = self.below.get(&(*parent, name.clone()));
            let place = siblings.and_then(|all| all.iter().position(|one| *one == id));
            steps.push(Step {
                name: name.clone(),
                nth: place.map_or(1, |place| place + 1),
            });
            next = *parent;
        }
        steps.reverse();
        cell::path(&steps)
    }

    /// Returns the child of `above` that a step names.
    pub(super) fn step(&self, above: Option<CategoryId>, step: &Step) -> Option<CategoryId> {
        let siblings = self.below.get(&(above, step.name.clone()))?;
        siblings.get(step.nth.checked_sub(1)?).copied()
    }
}
