//! `stampede import`

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use stampede_catalog::{CategoryService, NewCategory, NewProduct, NewSku, ProductService};
use stampede_kernel::{CategoryId, Money};

use super::sheet::Line;
use super::{COMMAND_LINE, CommandError, failed, say};
use crate::app::Shop;
use crate::settings::Settings;

/// Products from a CSV file, one line per SKU.
#[derive(Debug, Args)]
#[command(after_help = "\
Columns: product, name, title, info, category, on_sale, options, price, discount_price, num, translations.
Lines that stand together and have the same `product` are one product. `category` is a path
from the root, Home/Furniture; what is missing is made. `options` and `translations` are JSON,
prices are in minor units. Everything is checked before anything is written; importing a file
twice adds its products twice.")]
pub(super) struct Import {
    /// The file.
    file: PathBuf,
}

pub(super) async fn run(import: Import, settings: Settings) -> Result<(), CommandError> {
    let products = read(&import)?;
    let shop = Shop::open(settings).await?;
    let mut tree = Tree::of(&shop).await?;
    let count = products.len();
    for (line, category, product) in products {
        let failed = |error: &dyn std::fmt::Display| at(line, error);
        let category_id = tree
            .place(&shop, &category)
            .await
            .map_err(|error| failed(&error))?;
        let product = NewProduct {
            category_id,
            ..product
        };
        let made = shop.catalogue.products.create(COMMAND_LINE, product).await;
        made.map_err(|error| failed(&error))?;
    }
    say(&format!("{count} products were added"));
    Ok(())
}

/// The line a product starts on, its category's path, and the product.
type Read = (u64, String, NewProduct);

fn read(import: &Import) -> Result<Vec<Read>, CommandError> {
    let mut sheet = csv::Reader::from_path(&import.file).map_err(failed)?;
    let mut products: Vec<Read> = Vec::new();
    let mut before: Option<Line> = None;
    for (line, number) in sheet.deserialize::<Line>().zip(2_u64..) {
        let line = line.map_err(failed)?;
        let sku = sku(&line).map_err(|error| at(number, &error))?;
        match products.last_mut() {
            Some((_, _, product)) if before.as_ref().is_some_and(|one| line.continues(one)) => {
                product.skus.push(sku);
            }
            _ => {
                let product = product(&line, sku).map_err(|error| at(number, &error))?;
                products.push((number, line.category.clone(), product));
            }
        }
        before = Some(line);
    }
    Ok(products)
}

fn product(line: &Line, sku: NewSku) -> Result<NewProduct, serde_json::Error> {
    Ok(NewProduct {
        name: line.name.clone(),
        title: line.title.clone(),
        info: line.info.clone(),
        translations: line.translations()?,
        category_id: CategoryId(0),
        on_sale: line.on_sale,
        skus: vec![sku],
        images: Vec::new(),
    })
}

fn sku(line: &Line) -> Result<NewSku, String> {
    let money = |minor| Money::new(minor).map_err(|error| error.to_string());
    Ok(NewSku {
        options: line.options().map_err(|error| error.to_string())?,
        price: money(line.price)?,
        discount_price: line.discount_price.map(money).transpose()?,
        num: line.num,
    })
}

/// The categories by where they stand and what they are called.
struct Tree(HashMap<(Option<CategoryId>, String), CategoryId>);

impl Tree {
    async fn of(shop: &Shop) -> Result<Self, CommandError> {
        let categories = shop.catalogue.categories.categories().await;
        let categories = categories.map_err(failed)?.into_iter();
        let each = categories.map(|one| ((one.parent_id, one.name), one.id));
        Ok(Self(each.collect()))
    }

    /// The category at the end of `path`; what is missing on the way is made.
    async fn place(&mut self, shop: &Shop, path: &str) -> Result<CategoryId, CommandError> {
        let mut above = None;
        for name in path
            .split('/')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let key = (above, name.to_owned());
            let id = match self.0.get(&key) {
                Some(id) => *id,
                None => add(shop, above, name).await?,
            };
            self.0.insert(key, id);
            above = Some(id);
        }
        above.ok_or_else(|| CommandError::Failed("`category` is empty".to_owned()))
    }
}

async fn add(
    shop: &Shop,
    parent_id: Option<CategoryId>,
    name: &str,
) -> Result<CategoryId, CommandError> {
    let category = NewCategory {
        name: name.to_owned(),
        translations: None,
        parent_id,
        image: None,
    };
    let made = shop
        .catalogue
        .categories
        .create(COMMAND_LINE, category)
        .await;
    Ok(made.map_err(failed)?.id)
}

fn at(line: u64, error: &(impl std::fmt::Display + ?Sized)) -> CommandError {
    CommandError::Failed(format!("line {line}: {error}"))
}
