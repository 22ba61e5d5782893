//! Reading the table.

use std::io::Read;

use ::csv::StringRecord;
use stampede_kernel::{ProductId, UserId};

use super::paths::Paths;
use super::row::{Header, Row};
use super::{CsvError, Refusal, Report};
use crate::category::{CategoryError, CategoryService};
use crate::product::{
    NewProduct, NewSku, Product, ProductChange, ProductError, ProductService, Sku, SkuChange,
    Viewer,
};
use crate::text::Texts;

/// Makes and changes products as the table says: each as a whole or not at all.
///
/// # Errors
///
/// For a header that is not ours and when the catalogue fails; a product that
/// breaks a rule is in the report instead.
pub async fn import(
    reader: impl Read + Send,
    admin: UserId,
    products: &dyn ProductService,
    categories: &dyn CategoryService,
) -> Result<Report, CsvError> {
    let mut table = ::csv::Reader::from_reader(reader);
    let header = Header::read(table.headers()?)?;
    let mut import = Import {
        admin,
        products,
        paths: Paths::read(categories).await?,
        report: Report::default(),
    };
    let mut group: Vec<Row<'_>> = Vec::new();
    for record in table.into_records() {
        let row = match record {
            Ok(record) => Row::new(line(&record), &header, record),
            Err(error) => {
                import.take(std::mem::take(&mut group)).await?;
                import.unreadable(error)?;
                continue;
            }
        };
        if !group.first().is_some_and(|first| continues(first, &row)) {
            import.take(std::mem::take(&mut group)).await?;
        }
        group.push(row);
    }
    import.take(group).await?;
    Ok(import.report)
}

/// Whether the row is a further SKU of the product that begins with `first`.
fn continues(first: &Row<'_>, row: &Row<'_>) -> bool {
    match row.filled("product_id") {
        Some(id) => first.filled("product_id") == Some(id),
        None => row.filled("name").is_none(),
    }
}

fn line(record: &StringRecord) -> u64 {
    record.position().map_or(0, ::csv::Position::line)
}

/// Why a product is not taken over: it breaks a rule, or everything failed.
enum Trouble {
    Refused(String),
    Failed(CsvError),
}

impl From<String> for Trouble {
    fn from(reason: String) -> Self {
        Self::Refused(reason)
    }
}

impl From<ProductError> for Trouble {
    fn from(error: ProductError) -> Self {
        match error {
            ProductError::Invalid { field, detail, .. } => {
                Self::Refused(format!("{field}: {detail}"))
            }
            ProductError::NotFound => Self::Refused(error.to_string()),
            other => Self::Failed(other.into()),
        }
    }
}

impl From<CategoryError> for Trouble {
    fn from(error: CategoryError) -> Self {
        match error {
            CategoryError::Invalid { detail, .. } => Self::Refused(format!("category: {detail}")),
            other => Self::Failed(other.into()),
        }
    }
}

enum Done {
    Created,
    Changed,
    Unchanged,
}

struct Import<'a> {
    admin: UserId,
    products: &'a dyn ProductService,
    paths: Paths<'a>,
    report: Report,
}

impl Import<'_> {
    /// Takes over one product, whose rows these are.
    async fn take(&mut self, rows: Vec<Row<'_>>) -> Result<(), CsvError> {
        let Some(first) = rows.first() else {
            return Ok(());
        };
        match self.one(first, &rows).await {
            Ok(Done::Created) => self.report.created += 1,
            Ok(Done::Changed) => self.report.changed += 1,
            Ok(Done::Unchanged) => self.report.unchanged += 1,
            Err(Trouble::Refused(reason)) => {
                let line = first.line;
                self.report.refused.push(Refusal { line, reason });
            }
            Err(Trouble::Failed(error)) => return Err(error),
        }
        Ok(())
    }

    /// A line that is no row of this table; a file that cannot be read ends the import.
    fn unreadable(&mut self, error: ::csv::Error) -> Result<(), CsvError> {
        if error.is_io_error() {
            return Err(error.into());
        }
        self.report.refused.push(Refusal {
            line: error.position().map_or(0, ::csv::Position::line),
            reason: error.to_string(),
        });
        Ok(())
    }

    async fn one(&mut self, first: &Row<'_>, rows: &[Row<'_>]) -> Result<Done, Trouble> {
        match first.product()? {
            Some(id) => self.change(id, first, rows).await,
            None => self.create(first, rows).await,
        }
    }

    async fn create(&mut self, first: &Row<'_>, rows: &[Row<'_>]) -> Result<Done, Trouble> {
        let name = first
            .filled("name")
            .ok_or_else(|| "name: a new product needs one".to_owned())?;
        let path = first
            .filled("category")
            .ok_or_else(|| "category: a new product needs one".to_owned())?;
        let skus = rows.iter().map(new_sku).collect::<Result<_, _>>()?;
        let on_sale = first.on_sale()?.unwrap_or(true);
        let product = NewProduct {
            name: name.to_owned(),
            title: first.text("title").unwrap_or_default().to_owned(),
            info: first.text("info").unwrap_or_default().to_owned(),
            translations: first.translate(Texts::new()),
            category_id: self.paths.at(self.admin, path).await?,
            on_sale,
            skus,
            images: Vec::new(),
        };
        self.products.create(self.admin, product).await?;
        Ok(Done::Created)
    }

    async fn change(
        &mut self,
        id: ProductId,
        first: &Row<'_>,
        rows: &[Row<'_>],
    ) -> Result<Done, Trouble> {
        let now = self.products.product(id, Viewer::Admin).await?.product;
        let mut change = said(&now, first)?;
        change.skus = sku_changes(&now, rows)?;
        if let Some(path) = first.filled("category")
            && path != self.paths.of(now.category_id)
        {
            let category = self.paths.at(self.admin, path).await?;
            change.category_id = (category != now.category_id).then_some(category);
        }
        if change == ProductChange::default() {
            return Ok(Done::Unchanged);
        }
        self.products.change(self.admin, id, change).await?;
        Ok(Done::Changed)
    }
}

fn new_sku(row: &Row<'_>) -> Result<NewSku, String> {
    let price = row
        .price()?
        .ok_or_else(|| "price: a new SKU needs one".to_owned())?;
    Ok(NewSku {
        options: row.options()?.unwrap_or_default(),
        price,
        discount_price: row.discount(None)?,
        num: row.num()?,
    })
}

/// What the row says of the product and is not so yet.
fn said(now: &Product, row: &Row<'_>) -> Result<ProductChange, String> {
    let differs =
        |cell: Option<&str>, text: &str| cell.filter(|cell| *cell != text).map(ToOwned::to_owned);
    let translations = row.translate(now.translations.clone());
    Ok(ProductChange {
        name: differs(row.filled("name"), &now.name),
        title: differs(row.text("title"), &now.title),
        info: differs(row.text("info"), &now.info),
        translations: (translations != now.translations).then_some(translations),
        on_sale: row.on_sale()?.filter(|on_sale| *on_sale != now.on_sale),
        ..ProductChange::default()
    })
}

/// What the rows say of SKUs and is not so yet.
fn sku_changes(now: &Product, rows: &[Row<'_>]) -> Result<Vec<SkuChange>, String> {
    let mut changes = Vec::new();
    for row in rows {
        match meant(now, row)? {
            Some(sku) => changes.extend(sku_change(sku, row)?),
            None => changes.push(added(row)?),
        }
    }
    Ok(changes)
}

/// The SKU that the row speaks of: by id, else by options; `None` for a new one.
fn meant<'a>(now: &'a Product, row: &Row<'_>) -> Result<Option<&'a Sku>, String> {
    if let Some(id) = row.sku()? {
        let sku = now.skus.iter().find(|sku| sku.id == id);
        return sku
            .map(Some)
            .ok_or_else(|| format!("sku_id: {id} is not one of the product's"));
    }
    let options = row.options()?.unwrap_or_default();
    Ok(now.skus.iter().find(|sku| sku.options == options))
}

fn sku_change(sku: &Sku, row: &Row<'_>) -> Result<Option<SkuChange>, String> {
    let nothing = SkuChange {
        id: Some(sku.id),
        options: None,
        price: None,
        discount_price: None,
        num: None,
    };
    let change = SkuChange {
        options: row.options()?.filter(|options| *options != sku.options),
        price: row.price()?.filter(|price| *price != sku.price),
        discount_price: Some(row.discount(sku.discount_price)?)
            .filter(|discount| *discount != sku.discount_price),
        ..nothing.clone()
    };
    Ok((change != nothing).then_some(change))
}

fn added(row: &Row<'_>) -> Result<SkuChange, String> {
    let new = new_sku(row)?;
    Ok(SkuChange {
        id: None,
        options: Some(new.options),
        price: Some(new.price),
        discount_price: Some(new.discount_price),
        num: Some(new.num),
    })
}
