//! The restore of ids into an empty catalogue.

use std::collections::HashSet;

use stampede_kernel::{ProductId, SkuId};

use crate::csv::fault::SheetFaults;
use crate::csv::group::Group;

/// The restore of ids into an empty catalogue: all or none.
#[derive(Default)]
pub(super) struct IdRestore {
    products: HashSet<ProductId>,
    skus: HashSet<SkuId>,
    /// The first lines with and without a product id, and with and without a SKU id.
    lines: [Option<u64>; 4],
}

impl IdRestore {
    /// Notes the first lines with and without ids.
    pub(super) fn note_ids(&mut self, group: &Group<'_>) {
        for row in &group.rows {
            let id = group.first().filled("id");
            let named = [id, id.and_then(|_| row.filled("sku_id"))];
            for (place, cell) in named.into_iter().enumerate() {
                let which = 2 * place + usize::from(cell.is_none());
                self.lines[which].get_or_insert(row.line);
            }
        }
    }

    /// Checks that each id is restored once.
    pub(super) fn check_taken(
        &mut self,
        id: ProductId,
        skus: &[Option<SkuId>],
        group: &Group<'_>,
        faults: &mut SheetFaults,
    ) {
        if !self.products.insert(id) {
            let detail = "the lines of a product must stand together";
            group.first().fault("id", detail, faults);
        }
        for (row, sku) in group.rows.iter().zip(skus) {
            if let Some(sku) = sku
                && !self.skus.insert(*sku)
            {
                row.fault("sku_id", "is there twice", faults);
            }
        }
    }

    /// Checks that new ids and restored ids are not mixed, for they would collide.
    pub(super) fn check_numbering(&self, faults: &mut SheetFaults) {
        let [with, without, sku_with, sku_without] = self.lines;
        for (column, pair) in [
            ("id", with.zip(without)),
            ("sku_id", sku_with.zip(sku_without)),
        ] {
            if let Some((line, other)) = pair {
                let detail = format!(
                    "an empty shop takes ids over if every line has one, and line {other} has none"
                );
                faults.add(line, column, "", &detail);
            }
        }
    }
}
