//! `stampede export`

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use stampede_catalog::{Category, CategoryService, Product, ProductService, Viewer};
use stampede_kernel::{CategoryId, Money, ProductId};
use stampede_persistence::entity::product;

use super::sheet::Line;
use super::{CommandError, failed, say};
use crate::app::Shop;
use crate::settings::Settings;

/// Ids read in one query.
const SLICE: u64 = 500;

/// All products, also those off sale, as `import` reads them; without their pictures.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file; standard output when absent.
    file: Option<PathBuf>,
}

pub(super) async fn run(export: Export, settings: Settings) -> Result<(), CommandError> {
    let shop = Shop::open(settings).await?;
    let Some(file) = export.file else {
        write(&shop, std::io::stdout().lock()).await?;
        return Ok(());
    };
    let count = write(&shop, std::fs::File::create(file).map_err(failed)?).await?;
    say(&format!("{count} products were written"));
    Ok(())
}

async fn write(shop: &Shop, to: impl Write) -> Result<u64, CommandError> {
    let categories = shop
        .catalogue
        .categories
        .categories()
        .await
        .map_err(failed)?;
    let paths = paths(&categories);
    let mut sheet = csv::Writer::from_writer(to);
    let (mut last, mut count) = (ProductId(0), 0);
    loop {
        let ids = after(shop, last).await?;
        let Some(end) = ids.last() else { break };
        last = *end;
        for id in ids {
            let detail = shop.catalogue.products.product(id, Viewer::Admin).await;
            let product = detail.map_err(failed)?.product;
            for line in lines(&product, &paths)? {
                sheet.serialize(line).map_err(failed)?;
            }
            count += 1;
        }
    }
    sheet.flush().map_err(failed)?;
    Ok(count)
}

async fn after(shop: &Shop, last: ProductId) -> Result<Vec<ProductId>, CommandError> {
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.gt(last))
        .order_by_asc(product::Column::Id)
        .limit(SLICE)
        .into_tuple()
        .all(shop.db.reader())
        .await
        .map_err(failed)
}

fn lines(
    product: &Product,
    paths: &HashMap<CategoryId, String>,
) -> Result<Vec<Line>, CommandError> {
    let category = paths.get(&product.category_id);
    let mut lines = Vec::with_capacity(product.skus.len());
    for sku in &product.skus {
        lines.push(Line {
            product: product.id.to_string(),
            name: product.name.clone(),
            title: product.title.clone(),
            info: product.info.clone(),
            category: category.cloned().unwrap_or_default(),
            on_sale: product.on_sale,
            options: json(&sku.options, sku.options.is_empty())?,
            price: sku.price.minor(),
            discount_price: sku.discount_price.map(Money::minor),
            num: sku.num,
            translations: json(&product.translations, product.translations.is_empty())?,
        });
    }
    Ok(lines)
}

fn json(value: &impl serde::Serialize, empty: bool) -> Result<String, CommandError> {
    if empty {
        return Ok(String::new());
    }
    serde_json::to_string(value).map_err(failed)
}

/// Each category's path from the root; parents are older than their children or not.
fn paths(categories: &[Category]) -> HashMap<CategoryId, String> {
    let known: HashMap<_, _> = categories.iter().map(|one| (one.id, one)).collect();
    let path = |category: &Category| {
        let mut names = vec![category.name.as_str()];
        let mut above = category.parent_id.and_then(|id| known.get(&id));
        while let Some(parent) = above {
            names.push(&parent.name);
            above = parent.parent_id.and_then(|id| known.get(&id));
        }
        names.reverse();
        names.join("/")
    };
    categories.iter().map(|one| (one.id, path(one))).collect()
}
