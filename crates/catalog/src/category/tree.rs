//! The shape of the category tree.

use std::collections::{HashMap, HashSet};

use stampede_kernel::CategoryId;

/// Parent–child links of all categories.
#[derive(Debug, Default)]
pub(crate) struct CategoryTree {
    children: HashMap<CategoryId, Vec<CategoryId>>,
    known: HashSet<CategoryId>,
}

impl CategoryTree {
    pub(crate) fn has(&self, id: CategoryId) -> bool {
        self.known.contains(&id)
    }

    /// Returns `id` and its descendants; nothing if it does not exist.
    ///
    /// It ends even on a cycle, which only raw SQL could make.
    pub(crate) fn from(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut next: Vec<_> = self.known.get(&id).copied().into_iter().collect();
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                found.push(id);
                next.extend(self.children.get(&id).into_iter().flatten());
            }
        }
        found
    }
}

impl FromIterator<(CategoryId, Option<CategoryId>)> for CategoryTree {
    /// Builds the tree from categories and their parents.
    fn from_iter<I: IntoIterator<Item = (CategoryId, Option<CategoryId>)>>(rows: I) -> Self {
        let mut tree = Self::default();
        for (id, parent) in rows {
            tree.known.insert(id);
            if let Some(parent) = parent {
                tree.children.entry(parent).or_default().push(id);
            }
        }
        tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(rows: &[(i64, Option<i64>)]) -> CategoryTree {
        rows.iter()
            .map(|(id, parent)| (CategoryId(*id), parent.map(CategoryId)))
            .collect()
    }

    fn below(tree: &CategoryTree, id: i64) -> Vec<i64> {
        let mut ids: Vec<_> = tree
            .from(CategoryId(id))
            .into_iter()
            .map(|id| id.0)
            .collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn a_category_stands_for_everything_below_it() {
        let tree = tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, None)]);

        assert_eq!(below(&tree, 1), [1, 2, 3]);
        assert_eq!(below(&tree, 3), [3]);
        assert_eq!(below(&tree, 9), [0_i64; 0]);
    }

    #[test]
    fn a_ring_made_behind_our_back_does_not_hang_the_shop() {
        let tree = tree(&[(1, Some(2)), (2, Some(1))]);

        assert_eq!(below(&tree, 1), [1, 2]);
    }
}
