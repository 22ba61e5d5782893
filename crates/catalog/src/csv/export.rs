//! The CSV export.

use std::collections::BTreeSet;
use std::io::Write;

use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Language, Money, ProductId};
use stampede_persistence::Database;
use stampede_persistence::entity::product;

use super::cell;
use super::row::{COLUMNS, TEXTS};
use super::tree::CategoryPaths;
use crate::product::{Product, Sku, store};
use crate::{category, text};

/// Products per query.
const SLICE: u64 = 500;
/// Maximum number of digits that every spreadsheet shows in full.
const PLAIN_DIGITS: usize = 9;

/// Errors of the export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file could not be written.
    #[error("the table could not be written: {0}")]
    File(#[from] ::csv::Error),
    /// The catalogue could not be read.
    #[error("the catalogue could not be read: {0}")]
    Database(#[from] DbErr),
}

/// Exports every product, on sale or not, oldest first, from one snapshot of the
/// database, and returns their number. Read-only.
///
/// # Errors
///
/// When the catalogue cannot be read or the table not written.
pub async fn export(db: &Database, writer: impl Write) -> Result<u64, ExportError> {
    let tx = db.snapshot().await?;
    let tree = CategoryPaths::of(category::store::all(&tx).await?);
    let languages = languages(&tx).await?;
    let mut table = ::csv::Writer::from_writer(writer);
    table.write_record(header(&languages))?;
    let mut written = 0;
    let mut last = ProductId(0);
    loop {
        let rows = store::after(&tx, last, SLICE).await?;
        let Some(end) = rows.last() else {
            break;
        };
        last = end.id;
        for product in store::assemble(&tx, rows).await? {
            let path = tree.path(product.category_id);
            write(&mut table, &product, &path, &languages)?;
            written += 1;
        }
    }
    table.flush().map_err(::csv::Error::from)?;
    tx.rollback().await?;
    Ok(written)
}

/// Returns every language of a translation.
async fn languages(tx: &DatabaseTransaction) -> Result<Vec<Language>, DbErr> {
    let mut languages = BTreeSet::new();
    let mut last = ProductId(0);
    loop {
        let rows: Vec<(ProductId, Option<String>)> = product::Entity::find()
            .select_only()
            .columns([product::Column::Id, product::Column::Translations])
            .filter(product::Column::Id.gt(last))
            .filter(product::Column::Translations.is_not_null())
            .order_by_asc(product::Column::Id)
            .limit(SLICE)
            .into_tuple()
            .all(tx)
            .await?;
        let Some((end, _)) = rows.last() else {
            return Ok(languages.into_iter().collect());
        };
        last = *end;
        for (_, column) in rows {
            languages.extend(text::from_column(column.as_deref())?.into_keys());
        }
    }
}

fn header(languages: &[Language]) -> Vec<String> {
    let mut columns: Vec<_> = COLUMNS.map(ToOwned::to_owned).into();
    for language in languages {
        columns.extend(TEXTS.map(|text| format!("{text}_{language}")));
    }
    columns
}

fn write(
    table: &mut ::csv::Writer<impl Write>,
    product: &Product,
    path: &str,
    languages: &[Language],
) -> Result<(), ::csv::Error> {
    for (place, sku) in product.skus.iter().enumerate() {
        let mut record = vec![product.id.to_string(), sku.id.to_string()];
        if place == 0 {
            record.extend(product_cells(product, path));
        } else {
            record.extend([const { String::new() }; 5]);
        }
        record.extend(sku_cells(sku));
        for language in languages {
            record.extend(translation_cells(product, *language, place == 0));
        }
        table.write_record(&record)?;
    }
    Ok(())
}

fn product_cells(product: &Product, path: &str) -> [String; 5] {
    [
        cell::guarded(&product.name),
        cell::guarded(&product.title),
        cell::guarded(&product.info),
        cell::guarded(path),
        product.on_sale.to_string(),
    ]
}

fn sku_cells(sku: &Sku) -> [String; 5] {
    [
        cell::guarded(&cell::options(&sku.options)),
        number(sku.price.minor()),
        sku.discount_price
            .map(Money::minor)
            .map_or_else(String::new, number),
        number(sku.num),
        number(sku.num),
    ]
}

/// Formats a number; a large one as a text, for a spreadsheet would round it.
fn number(number: i64) -> String {
    let digits = number.to_string();
    if digits.len() > PLAIN_DIGITS {
        cell::guarded(&digits)
    } else {
        digits
    }
}

fn translation_cells(product: &Product, language: Language, first: bool) -> [String; 3] {
    let text = product
        .translations
        .get(&language)
        .filter(|_| first)
        .cloned()
        .unwrap_or_default();
    [text.name, text.title, text.info].map(|text| cell::guarded(&text.unwrap_or_default()))
}
