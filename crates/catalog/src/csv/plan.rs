//! Plans: the new product, or the change of one, that the rows of a product describe.

use std::collections::BTreeMap;

use stampede_kernel::{CategoryId, FieldError, Language, Money, SkuId};

use super::cell::Step;
use super::fault::SheetFaults;
use super::row::Row;
use crate::product::rules::{MAX_SKUS, check_options, check_prices};
use crate::product::{MAX_UNITS, NewProduct, NewSku, Product, ProductChange, Sku, SkuChange};
use crate::text::Texts;

/// The message when stock cannot be taken.
pub(super) const OUT_OF_STOCK: &str =
    "the stock would fall below 0 or rise above 1,000,000,000 units";

/// A stock movement that a row requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Movement {
    pub(super) sku: SkuId,
    pub(super) delta: i64,
    /// The index of the row among those of the product.
    pub(super) row: usize,
}

/// A change of a product and of its stock.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) change: ProductChange,
    pub(super) moves: Vec<Movement>,
}

impl Plan {
    pub(super) fn is_nothing(&self) -> bool {
        self.change == ProductChange::default() && self.moves.is_empty()
    }
}

/// Returns the category path of a new product, which is required.
pub(super) fn required_category(row: &Row<'_>, faults: &mut SheetFaults) -> Vec<Step> {
    if row.filled("category").is_none() {
        row.fault("category", "a new product needs one", faults);
    }
    row.category(faults).unwrap_or_default()
}

/// Builds a new product, whose category is resolved later, with the SKU ids of its
/// rows.
pub(super) fn new(
    rows: &[Row<'_>],
    language: Language,
    faults: &mut SheetFaults,
) -> (NewProduct, Vec<Option<SkuId>>) {
    let first = &rows[0];
    if first.filled("name").is_none() {
        first.fault("name", "a new product needs one", faults);
    }
    let mut text = |column| first.text(column, faults).unwrap_or_default().to_owned();
    let (name, title, info) = (text("name"), text("title"), text("info"));
    let product = NewProduct {
        name,
        title,
        info,
        translations: first.translate(&Texts::new(), language, faults),
        category_id: CategoryId(0),
        on_sale: first.on_sale(faults).unwrap_or(true),
        skus: rows.iter().map(|row| new_sku(row, faults)).collect(),
        images: Vec::new(),
    };
    check_further(rows, faults);
    let ids = rows.iter().map(|row| row.sku(faults)).collect();
    (product, ids)
}

/// Checks that further rows repeat the product's columns of the first row or leave them
/// empty.
fn check_further(rows: &[Row<'_>], faults: &mut SheetFaults) {
    let Some((first, further)) = rows.split_first() else {
        return;
    };
    for row in further {
        for column in row.product_columns() {
            let said = row.filled(&column);
            if said.is_some() && said != first.filled(&column) {
                row.fault(&column, "differs from the product's first line", faults);
            }
        }
    }
}

fn new_sku(row: &Row<'_>, faults: &mut SheetFaults) -> NewSku {
    if row.filled("price").is_none() {
        row.fault("price", "a new SKU needs one", faults);
    }
    let price = row.money("price", faults);
    let sku = NewSku {
        tax_rate: None,
        options: row.options(faults).unwrap_or_default(),
        price: price.unwrap_or_default(),
        discount_price: row.money("discount_price", faults),
        num: row.number("num", faults).unwrap_or(0),
    };
    report(check_options(&sku.options), row, faults);
    if price.is_some() {
        report(check_prices(sku.price, sku.discount_price), row, faults);
    }
    if !(0..=MAX_UNITS).contains(&sku.num) {
        let detail = format!("must be between 0 and {MAX_UNITS}");
        row.fault("num", &detail, faults);
    }
    sku
}

fn report(rule: Result<(), FieldError>, row: &Row<'_>, faults: &mut SheetFaults) {
    if let Err(fault) = rule {
        row.broken(&fault, faults);
    }
}

/// Plans the change of a product, apart from its category.
pub(super) fn change(
    now: &Product,
    rows: &[Row<'_>],
    language: Language,
    faults: &mut SheetFaults,
) -> Plan {
    let first = &rows[0];
    let mut differs = |column: &str, text: &str| {
        let blank_counts = column != "name" && first.describes_product();
        let said = first.text(column, faults)?;
        let counts = blank_counts || !said.trim().is_empty();
        (counts && said != text).then(|| said.to_owned())
    };
    let (name, title, info) = (
        differs("name", &now.name),
        differs("title", &now.title),
        differs("info", &now.info),
    );
    let translations = first.translate(&now.translations, language, faults);
    let on_sale = first.on_sale(faults);
    let mut plan = Plan {
        change: ProductChange {
            name,
            title,
            info,
            translations: (translations != now.translations).then_some(translations),
            on_sale: on_sale.filter(|on_sale| *on_sale != now.on_sale),
            ..ProductChange::default()
        },
        moves: Vec::new(),
    };
    check_further(rows, faults);
    let mut skus = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match target_sku(now, row, faults) {
            TargetSku::Known(sku) if skus.contains(&sku.id) => {
                row.fault("sku_id", "the SKU is there twice", faults);
            }
            TargetSku::Known(sku) => {
                skus.push(sku.id);
                plan.change.skus.extend(sku_change(sku, row, faults));
                plan.moves.extend(movement(sku, row, place, faults));
            }
            TargetSku::New => plan.change.skus.push(added(new_sku(row, faults))),
            TargetSku::None => {}
        }
    }
    let added = plan.change.skus.iter().filter(|sku| sku.id.is_none());
    if now.skus.len() + added.count() > MAX_SKUS {
        first.fault("id", "a product has at most 100 SKUs", faults);
    }
    plan
}

/// The SKU that a row refers to.
enum TargetSku<'p> {
    Known(&'p Sku),
    New,
    /// No SKU: the row is about the product only, or is a reported fault.
    None,
}

/// Finds the SKU of a row: by id, else by options, else the only one.
fn target_sku<'p>(now: &'p Product, row: &Row<'_>, faults: &mut SheetFaults) -> TargetSku<'p> {
    let of_options = |options: &BTreeMap<String, String>| {
        let mut same = now.skus.iter().filter(|sku| sku.options == *options);
        (same.next(), same.next().is_some())
    };
    if row.filled("sku_id").is_some() {
        let Some(id) = row.sku(faults) else {
            return TargetSku::None;
        };
        let known = now.skus.iter().find(|sku| sku.id == id);
        if known.is_none() {
            row.fault("sku_id", "is not one of the product's SKUs", faults);
        }
        return known.map_or(TargetSku::None, TargetSku::Known);
    }
    let options = match row.filled("options") {
        Some(_) => row.options(faults),
        None => Some(BTreeMap::new()),
    };
    let Some(options) = options else {
        return TargetSku::None;
    };
    match (of_options(&options), now.skus.as_slice()) {
        ((Some(sku), false), _) => TargetSku::Known(sku),
        ((None, _), _) if !options.is_empty() => TargetSku::New,
        ((None, _), [only]) => TargetSku::Known(only),
        _ if ["price", "discount_price", "num"]
            .iter()
            .all(|column| row.filled(column).is_none()) =>
        {
            TargetSku::None
        }
        _ => {
            let detail = "the product has several SKUs: say which by `sku_id` or `options`";
            row.fault("sku_id", detail, faults);
            TargetSku::None
        }
    }
}

fn sku_change(sku: &Sku, row: &Row<'_>, faults: &mut SheetFaults) -> Option<SkuChange> {
    let nothing = SkuChange {
        tax_rate: None,
        id: Some(sku.id),
        options: None,
        price: None,
        discount_price: None,
        num: None,
    };
    let options = row.options(faults);
    if let Some(options) = &options {
        report(check_options(options), row, faults);
    }
    let before = faults.count;
    let price = row.money("price", faults).unwrap_or(sku.price);
    let discount = match row.cell("discount_price") {
        Some(_) => row.money("discount_price", faults),
        None => sku.discount_price,
    };
    if faults.count == before {
        report(check_prices(price, discount), row, faults);
    }
    let change = SkuChange {
        options: options.filter(|options| *options != sku.options),
        price: (price != sku.price).then_some(price),
        discount_price: (discount != sku.discount_price).then_some(discount),
        ..nothing.clone()
    };
    (change != nothing).then_some(change)
}

/// Returns the stock movement: the difference between `num` and the exported number, so
/// that units sold meanwhile stay sold; without `num_exported`, the difference to the
/// present stock.
fn movement(sku: &Sku, row: &Row<'_>, place: usize, faults: &mut SheetFaults) -> Option<Movement> {
    let num = row.number("num", faults)?;
    let base = match row.filled("num_exported") {
        Some(_) => row.number("num_exported", faults)?,
        None => sku.num,
    };
    let left = num
        .checked_sub(base)
        .and_then(|delta| Some((delta, sku.num.checked_add(delta)?)));
    match left {
        Some((0, _)) => None,
        Some((delta, left)) if (0..=MAX_UNITS).contains(&left) => Some(Movement {
            sku: sku.id,
            delta,
            row: place,
        }),
        _ => {
            row.fault("num", OUT_OF_STOCK, faults);
            None
        }
    }
}

fn added(new: NewSku) -> SkuChange {
    let NewSku {
        options,
        price,
        discount_price,
        num,
        tax_rate,
    } = new;
    SkuChange {
        id: None,
        options: Some(options),
        price: Some::<Money>(price),
        discount_price: Some(discount_price),
        num: Some(num),
        tax_rate: Some(tax_rate),
    }
}
