//! The CSV export.

use std::collections::BTreeSet;
use std::io::Write;

use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Language, Money, ProductId, Refusal, Refuse};
use stampede_persistence::entity::product;
use stampede_persistence::{Database, database_refusal};

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
    /// The file could not be written.
    #[error("the table could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The catalogue could not be read.
    #[error("the catalogue could not be read: {0}")]
    Database(#[from] DbErr),
}

impl Refuse for ExportError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::File(error) => Refusal::internal(error),
            Self::Io(error) => Refusal::internal(error),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

/// An export under way: every product, on sale or not, oldest first, from one snapshot of
/// the database, a few hundred at a time. Read-only.
pub struct Export {
    tx: DatabaseTransaction,
    tree: CategoryPaths,
    languages: Vec<Language>,
    last: ProductId,
    begun: bool,
    /// Products so far.
    written: u64,
}

impl Export {
    /// Begins an export.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be read.
    pub async fn begin(db: &Database) -> Result<Self, ExportError> {
        let tx = db.snapshot().await?;
        Ok(Self {
            tree: CategoryPaths::of(category::store::all(&tx).await?),
            languages: languages(&tx).await?,
            last: ProductId(0),
            begun: false,
            written: 0,
            tx,
        })
    }

    /// Returns the next part of the table, the first one with the names of the columns;
    /// `None` after the last.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be read.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        let mut table = ::csv::Writer::from_writer(Vec::new());
        if !self.begun {
            table.write_record(header(&self.languages))?;
        }
        let rows = store::after(&self.tx, self.last, SLICE).await?;
        if self.begun && rows.is_empty() {
            return Ok(None);
        }
        self.begun = true;
        self.last = rows.last().map_or(self.last, |row| row.id);
        for product in store::assemble(&self.tx, rows).await? {
            let path = self.tree.path(product.category_id);
            write(&mut table, &product, &path, &self.languages)?;
            self.written += 1;
        }
        let bytes = table.into_inner();
        Ok(Some(bytes.map_err(csv::IntoInnerError::into_error)?))
    }
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let written = &self.written;
        f.debug_struct("Export")
            .field("written", written)
            .finish_non_exhaustive()
    }
}

/// Exports every product to `writer` and returns their number.
///
/// # Errors
///
/// When the catalogue cannot be read or the table not written.
pub async fn export(db: &Database, mut writer: impl Write) -> Result<u64, ExportError> {
    let mut export = Export::begin(db).await?;
    while let Some(part) = export.next().await? {
        writer.write_all(&part)?;
    }
    writer.flush()?;
    export.tx.rollback().await?;
    Ok(export.written)
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
