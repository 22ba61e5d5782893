//! Writing the table.

use std::io::Write;

use stampede_kernel::{Language, ProductId};

use super::paths::Paths;
use super::row::{COLUMNS, TEXTS};
use super::{CsvError, cell};
use crate::category::CategoryService;
use crate::product::{DbProducts, Product, Sku};

/// Products read at once.
const SLICE: u64 = 500;

/// Writes every product, on sale or not, oldest first, with its translations
/// into `languages`, and says how many that were.
pub async fn export(
    writer: impl Write,
    products: &DbProducts,
    categories: &dyn CategoryService,
    languages: &[Language],
) -> Result<u64, CsvError> {
    let paths = Paths::read(categories).await?;
    let mut table = ::csv::Writer::from_writer(writer);
    table.write_record(header(languages))?;
    let mut written = 0;
    let mut last = ProductId(0);
    loop {
        let slice = products.after(last, SLICE).await?;
        let Some(end) = slice.last() else {
            break;
        };
        last = end.id;
        for product in &slice {
            let path = paths.of(product.category_id);
            write(&mut table, product, &path, languages)?;
            written += 1;
        }
    }
    table.flush().map_err(::csv::Error::from)?;
    Ok(written)
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
) -> Result<(), CsvError> {
    for (place, sku) in product.skus.iter().enumerate() {
        let mut record = vec![product.id.to_string(), sku.id.to_string()];
        if place == 0 {
            record.extend(said(product, path));
        } else {
            record.extend([const { String::new() }; 5]);
        }
        record.extend(counted(sku));
        for language in languages {
            record.extend(translated(product, *language, place == 0));
        }
        table.write_record(&record)?;
    }
    Ok(())
}

fn said(product: &Product, path: &str) -> [String; 5] {
    [
        cell::guarded(&product.name),
        cell::guarded(&product.title),
        cell::guarded(&product.info),
        cell::guarded(path),
        product.on_sale.to_string(),
    ]
}

fn counted(sku: &Sku) -> [String; 4] {
    [
        cell::guarded(&cell::options(&sku.options)),
        sku.price.to_string(),
        sku.discount_price
            .map_or_else(String::new, |price| price.to_string()),
        sku.num.to_string(),
    ]
}

fn translated(product: &Product, language: Language, first: bool) -> [String; 3] {
    let text = product
        .translations
        .get(&language)
        .filter(|_| first)
        .cloned()
        .unwrap_or_default();
    [text.name, text.title, text.info].map(|text| cell::guarded(&text.unwrap_or_default()))
}
