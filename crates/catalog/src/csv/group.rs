//! Groups of rows: the consecutive rows of one product.

use super::fault::SheetFaults;
use super::row::Row;

/// Consecutive rows of one product.
#[derive(Debug)]
pub(super) struct Group<'h> {
    /// At least one.
    pub(super) rows: Vec<Row<'h>>,
    too_long: bool,
}

impl<'h> Group<'h> {
    pub(super) fn new(first: Row<'h>) -> Self {
        Self {
            rows: vec![first],
            too_long: false,
        }
    }

    pub(super) fn first(&self) -> &Row<'h> {
        &self.rows[0]
    }

    /// Returns whether the row is a further SKU of this product: it has the same id, or
    /// none and either no name or the same mark in `product`.
    pub(super) fn continues_with(&self, row: &Row<'_>) -> bool {
        let (first, same) = (self.first(), |column: &str| {
            self.first().filled(column).is_some()
                && self.first().filled(column).map(str::trim) == row.filled(column).map(str::trim)
        });
        match row.filled("id") {
            Some(_) => same("id"),
            None if row.filled("name").is_none() && row.cell("name").is_some() => true,
            None => first.filled("id").is_none() && same("product"),
        }
    }

    pub(super) fn too_long(&mut self, row: &Row<'_>, faults: &mut SheetFaults) {
        if !self.too_long {
            self.too_long = true;
            row.fault("id", "a product has at most 100 SKUs", faults);
        }
    }
}
