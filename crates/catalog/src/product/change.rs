//! Changes of products.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, DatabaseTransaction};
use serde_json::json;
use stampede_kernel::{FieldError, Money, ProductId, UserId};
use stampede_persistence::entity::product;

use super::create::{check_category, sku_summary};
use super::{DbProducts, ProductChange, ProductError, Sku, SkuChange, rules, store};
use crate::{stock, text};

impl DbProducts {
    /// Applies the whole change in one transaction, which locks the product's row
    /// first: concurrent changes are serialised.
    pub(super) async fn update(
        &self,
        admin: UserId,
        id: ProductId,
        change: &ProductChange,
    ) -> Result<(), ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let now = store::lock(&tx, id, at)
            .await?
            .ok_or(ProductError::NotFound)?;
        if now.on_sale && change.on_sale == Some(false) {
            self.check_not_in_sale(&tx, id, at).await?;
        }
        write(&tx, id, change, stock::Cause::opening(admin, at)).await?;
        Self::audited_change(admin, "product.update", id, summary(change))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Writes a change of a product that the transaction has locked.
pub(crate) async fn write(
    tx: &DatabaseTransaction,
    id: ProductId,
    change: &ProductChange,
    by: stock::Cause<'_>,
) -> Result<(), ProductError> {
    if let Some(category) = change.category_id {
        check_category(tx, category).await?;
    }
    let pay_price = change_skus(tx, id, change, by).await?;
    let row = columns(change, pay_price);
    if row.is_changed() {
        store::update(tx, id, row).await?;
    }
    Ok(())
}

/// Changes and adds SKUs, ascending, and returns the price that a buyer pays for the
/// first one.
async fn change_skus(
    tx: &DatabaseTransaction,
    id: ProductId,
    change: &ProductChange,
    by: stock::Cause<'_>,
) -> Result<Option<Money>, ProductError> {
    let mut skus = store::skus(tx, id).await?;
    let Some(first) = skus.first().map(|sku| sku.id) else {
        return Err(ProductError::NotFound);
    };
    let before = skus.clone();
    let (changed, added): (Vec<_>, Vec<_>) = change
        .sku_changes(first)
        .into_iter()
        .partition(|sku| sku.id.is_some());
    apply(&mut skus, &changed)?;
    rules::check_count(skus.len() + added.len())?;
    for (old, new) in before.iter().zip(&skus) {
        if old != new {
            rules::check_prices(new.price, new.discount_price)?;
            store::update_sku(tx, old, new, by.at).await?;
        }
    }
    for sku in added {
        store::insert_sku(tx, id, &sku.into_new()?, by).await?;
    }
    Ok(skus.first().map(Sku::pay_price))
}

fn apply(skus: &mut [Sku], changes: &[SkuChange]) -> Result<(), FieldError> {
    for change in changes {
        let sku = skus
            .iter_mut()
            .find(|sku| Some(sku.id) == change.id)
            .ok_or_else(|| {
                FieldError::new("skus", "unknown_sku", "the SKU is not one of the product's")
            })?;
        change.apply(sku);
    }
    Ok(())
}

/// The columns of the product's row that the change sets.
fn columns(change: &ProductChange, pay_price: Option<Money>) -> product::ActiveModel {
    let mut row = <product::ActiveModel as Default>::default();
    if let Some(name) = &change.name {
        row.name = Set(name.clone());
    }
    if let Some(title) = &change.title {
        row.title = Set(title.clone());
    }
    if let Some(info) = &change.info {
        row.info = Set(info.clone());
    }
    if let Some(translations) = &change.translations {
        row.translations = Set(text::to_column(translations));
    }
    if let Some(category) = change.category_id {
        row.category_id = Set(category);
    }
    if let Some(on_sale) = change.on_sale {
        row.on_sale = Set(on_sale);
    }
    if let Some(pay_price) = pay_price {
        row.pay_price = Set(pay_price);
    }
    row
}

/// Summarises a change for the audit log: values where they are short, else that they
/// changed.
pub(crate) fn summary(change: &ProductChange) -> serde_json::Value {
    let mut said = serde_json::Map::new();
    let mut say = |name: &str, value: Option<serde_json::Value>| {
        if let Some(value) = value {
            said.insert(name.to_owned(), value);
        }
    };
    say("name", change.name.as_ref().map(|name| json!(name)));
    say("title", change.title.as_ref().map(|title| json!(title)));
    say("info", change.info.as_ref().map(|_| json!("changed")));
    say(
        "translations",
        change.translations.as_ref().map(|_| json!("changed")),
    );
    say("category_id", change.category_id.map(|id| json!(id)));
    say("on_sale", change.on_sale.map(|on_sale| json!(on_sale)));
    say("price", change.price.map(|price| json!(price)));
    say(
        "discount_price",
        change.discount_price.map(|price| json!(price)),
    );
    say("tax_rate_bp", change.tax_rate.map(|rate| json!(rate)));
    let skus: Vec<_> = change.skus.iter().map(sku_change_summary).collect();
    say("skus", (!skus.is_empty()).then(|| json!(skus)));
    said.into()
}

fn sku_change_summary(sku: &SkuChange) -> serde_json::Value {
    match (sku.id, sku.clone().into_new()) {
        (None, Ok(added)) => sku_summary(&added),
        _ => json!({
            "id": sku.id,
            "price": sku.price,
            "discount_price": sku.discount_price,
            "options": sku.options.is_some(),
            "tax_rate_bp": sku.tax_rate,
        }),
    }
}
