//! Queries on products, their SKUs and their pictures.

use std::collections::{BTreeMap, HashMap};

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult,
    Iterable, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{ImageId, ProductId, SkuId, TaxRate, Timestamp};
use stampede_media::Image;
use stampede_persistence::entity::{image, product, product_image, sku};

use super::{NewProduct, NewSku, Product, ProductDetail, Sku};
use crate::{price_history, stock, text};

/// Locks the product for this transaction: a second change waits here, before either
/// has read what it changes. `None` if there is no such product.
pub(crate) async fn lock(
    tx: &impl ConnectionTrait,
    id: ProductId,
    at: Timestamp,
) -> Result<Option<product::Model>, DbErr> {
    let held = product::Entity::update_many()
        .col_expr(product::Column::UpdatedAt, Expr::value(at))
        .filter(product::Column::Id.eq(id))
        .exec(tx)
        .await?;
    if held.rows_affected == 0 {
        return Ok(None);
    }
    one(tx, id).await
}

pub(super) async fn one(
    db: &impl ConnectionTrait,
    id: ProductId,
) -> Result<Option<product::Model>, DbErr> {
    product::Entity::find_by_id(id).one(db).await
}

/// Reads the rows of these ids, in the order of the ids.
pub(crate) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<Vec<product::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = product::Entity::find()
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// Returns the highest id.
pub(super) async fn newest(db: &impl ConnectionTrait) -> Result<Option<ProductId>, DbErr> {
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .order_by_desc(product::Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await
}

/// Reads ids and last changes of products on sale, ascending.
pub(super) async fn on_sale_between(
    db: &impl ConnectionTrait,
    after: ProductId,
    through: ProductId,
) -> Result<Vec<(ProductId, Timestamp)>, DbErr> {
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .column(product::Column::UpdatedAt)
        .filter(product::Column::Id.gt(after))
        .filter(product::Column::Id.lte(through))
        .filter(product::Column::OnSale.eq(true))
        .order_by_asc(product::Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// Reads at most `limit` rows with ids above `id`, ascending.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    id: ProductId,
    limit: u64,
) -> Result<Vec<product::Model>, DbErr> {
    product::Entity::find()
        .filter(product::Column::Id.gt(id))
        .order_by_asc(product::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Loads the SKUs and covers of these rows, by one query each.
pub(crate) async fn assemble(
    db: &impl ConnectionTrait,
    rows: Vec<product::Model>,
) -> Result<Vec<Product>, DbErr> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut skus = skus_by_product(db, &ids).await?;
    let mut images = images_by_product(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let skus = skus.remove(&row.id).unwrap_or_default();
            let cover = images
                .remove(&row.id)
                .and_then(|images| images.into_iter().next());
            product(row, skus, cover)
        })
        .collect()
}

/// Loads the product of a row with all its pictures.
pub(super) async fn detail(
    db: &impl ConnectionTrait,
    row: product::Model,
) -> Result<ProductDetail, DbErr> {
    let skus = skus(db, row.id).await?;
    let images = images(db, row.id).await?;
    let product = product(row, skus, images.first().cloned())?;
    Ok(ProductDetail { product, images })
}

/// Locks the rows of a product's SKUs until the transaction ends and returns their ids.
pub(crate) async fn lock_skus(
    tx: &impl ConnectionTrait,
    id: ProductId,
) -> Result<Vec<SkuId>, DbErr> {
    sku::Entity::find()
        .select_only()
        .column(sku::Column::Id)
        .filter(sku::Column::ProductId.eq(id))
        .order_by_asc(sku::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await
}

/// Reads a product's SKUs, oldest first.
pub(super) async fn skus(db: &impl ConnectionTrait, id: ProductId) -> Result<Vec<Sku>, DbErr> {
    let mut skus = skus_by_product(db, &[id]).await?;
    Ok(skus.remove(&id).unwrap_or_default())
}

/// Reads a product's pictures, cover first.
pub(super) async fn images(db: &impl ConnectionTrait, id: ProductId) -> Result<Vec<Image>, DbErr> {
    let mut images = images_by_product(db, &[id]).await?;
    Ok(images.remove(&id).unwrap_or_default())
}

/// Reads the first picture of each of these products that has one.
pub(crate) async fn covers(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Image>, DbErr> {
    let images = images_by_product(db, ids).await?;
    Ok(images
        .into_iter()
        .filter_map(|(id, mut images)| (!images.is_empty()).then(|| (id, images.swap_remove(0))))
        .collect())
}

async fn skus_by_product(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Vec<Sku>>, DbErr> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let rows = sku::Entity::find()
        .filter(sku::Column::ProductId.is_in(ids.iter().copied()))
        .order_by_asc(sku::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.product_id).or_default().push(sku_of(&row)?);
    }
    Ok(found)
}

async fn images_by_product(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Vec<Image>>, DbErr> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let on = Expr::col(product_image::Column::ImageId.as_column_ref())
        .equals(image::Column::Id.as_column_ref());
    let select = Query::select()
        .column(product_image::Column::ProductId.as_column_ref())
        .columns(image::Column::iter().map(|column| column.as_column_ref()))
        .from(product_image::Entity)
        .inner_join(image::Entity, on)
        .and_where(product_image::Column::ProductId.is_in(ids.iter().copied()))
        .order_by(
            product_image::Column::Place.as_column_ref(),
            sea_orm::Order::Asc,
        )
        .order_by(
            product_image::Column::ImageId.as_column_ref(),
            sea_orm::Order::Asc,
        )
        .take();
    for row in db.query_all(&select).await? {
        let of: ProductId = row.try_get("", "product_id")?;
        let picture = image::Model::from_query_result(&row, "")?;
        found.entry(of).or_default().push(Image::from(picture));
    }
    Ok(found)
}

/// Writes the product's row, its SKUs with their opening stock, and its pictures.
pub(crate) async fn insert(
    tx: &impl ConnectionTrait,
    new: &NewProduct,
    by: stock::Cause<'_>,
) -> Result<ProductId, DbErr> {
    let pay_price = new.skus.first().map(NewSku::pay_price).unwrap_or_default();
    let row = product::ActiveModel {
        category_id: Set(new.category_id),
        name: Set(new.name.clone()),
        title: Set(new.title.clone()),
        info: Set(new.info.clone()),
        translations: Set(text::to_column(&new.translations)),
        on_sale: Set(new.on_sale),
        pay_price: Set(pay_price),
        view: Set(0),
        created_at: Set(by.at),
        updated_at: Set(by.at),
        ..Default::default()
    };
    let id = product::Entity::insert(row).exec(tx).await?.last_insert_id;
    for sku in &new.skus {
        insert_sku(tx, id, sku, by).await?;
    }
    append_images(tx, id, &new.images, 0).await?;
    Ok(id)
}

/// Writes a SKU; its opening stock is the first row of its journal.
pub(super) async fn insert_sku(
    tx: &impl ConnectionTrait,
    product: ProductId,
    new: &NewSku,
    by: stock::Cause<'_>,
) -> Result<SkuId, DbErr> {
    let row = sku::ActiveModel {
        product_id: Set(product),
        options: Set(options_column(&new.options)?),
        price: Set(new.price),
        discount_price: Set(new.discount_price),
        num: Set(new.num),
        created_at: Set(by.at),
        price_since: Set(Some(by.at)),
        tax_rate_bp: Set(new.tax_rate.map(TaxRate::basis_points)),
        ..Default::default()
    };
    let id = sku::Entity::insert(row).exec(tx).await?.last_insert_id;
    price_history::write(tx, id, new.pay_price(), by.at).await?;
    if new.num != 0 {
        stock::journal(tx, id, new.num, by).await?;
    }
    Ok(id)
}

/// Writes the changeable columns of a SKU, never its stock; and, when a buyer pays another
/// price than `before` from `at` on, its price history.
pub(super) async fn update_sku(
    tx: &impl ConnectionTrait,
    before: &Sku,
    sku: &Sku,
    at: Timestamp,
) -> Result<(), DbErr> {
    let mut row = sku::ActiveModel {
        options: Set(options_column(&sku.options)?),
        price: Set(sku.price),
        discount_price: Set(sku.discount_price),
        tax_rate_bp: Set(sku.tax_rate.map(TaxRate::basis_points)),
        ..Default::default()
    };
    let (last, price) = (before.pay_price(), sku.pay_price());
    if price != last {
        // A clock that was set back does not turn the history round.
        let since = before.price_since.map_or(at, |since| Ord::max(since, at));
        let lowest = price_history::lowest_before(tx, sku.id, last, since).await?;
        price_history::write(tx, sku.id, price, since).await?;
        row.price_since = Set(Some(since));
        row.lowest_30_days = Set(Some(lowest));
    }
    sku::Entity::update_many()
        .set(row)
        .filter(sku::Column::Id.eq(sku.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes the columns that `row` sets.
pub(super) async fn update(
    tx: &impl ConnectionTrait,
    id: ProductId,
    row: product::ActiveModel,
) -> Result<(), DbErr> {
    product::Entity::update_many()
        .set(row)
        .filter(product::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Appends pictures from this position on; a picture given twice is added once.
pub(super) async fn append_images(
    tx: &impl ConnectionTrait,
    product: ProductId,
    images: &[ImageId],
    from: i32,
) -> Result<(), DbErr> {
    let mut named = Vec::new();
    for image in images {
        if !named.contains(image) {
            named.push(*image);
        }
    }
    let rows = named
        .into_iter()
        .zip(from..)
        .map(|(image, place)| product_image::ActiveModel {
            product_id: Set(product),
            image_id: Set(image),
            place: Set(place),
        });
    product_image::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Returns the position after the last picture.
pub(super) async fn next_place(tx: &impl ConnectionTrait, id: ProductId) -> Result<i32, DbErr> {
    let last = product_image::Entity::find()
        .filter(product_image::Column::ProductId.eq(id))
        .order_by_desc(product_image::Column::Place)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |row| row.place.saturating_add(1)))
}

/// Removes a picture and returns whether it was one of the product's.
pub(super) async fn remove_image(
    tx: &impl ConnectionTrait,
    product: ProductId,
    image: ImageId,
) -> Result<bool, DbErr> {
    let removed = product_image::Entity::delete_by_id((product, image))
        .exec(tx)
        .await?;
    Ok(removed.rows_affected == 1)
}

pub(super) async fn place_images(
    tx: &impl ConnectionTrait,
    product: ProductId,
    order: &[ImageId],
) -> Result<(), DbErr> {
    for (image, place) in order.iter().zip(0_i32..) {
        product_image::Entity::update_many()
            .col_expr(product_image::Column::Place, Expr::value(place))
            .filter(product_image::Column::ProductId.eq(product))
            .filter(product_image::Column::ImageId.eq(*image))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn product(row: product::Model, skus: Vec<Sku>, cover: Option<Image>) -> Result<Product, DbErr> {
    Ok(Product {
        id: row.id,
        translations: text::from_column(row.translations.as_deref())?,
        name: row.name,
        title: row.title,
        info: row.info,
        category_id: row.category_id,
        on_sale: row.on_sale,
        view: row.view,
        cover,
        skus,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Builds a SKU from its row.
pub(crate) fn sku_of(row: &sku::Model) -> Result<Sku, DbErr> {
    let options =
        serde_json::from_str(&row.options).map_err(|error| DbErr::Json(error.to_string()))?;
    let tax_rate = row.tax_rate_bp.map(TaxRate::try_from).transpose();
    Ok(Sku {
        id: row.id,
        product_id: row.product_id,
        options,
        price: row.price,
        discount_price: row.discount_price,
        num: row.num,
        price_since: row.price_since,
        lowest_30_days: row.lowest_30_days,
        tax_rate: tax_rate.map_err(|error| DbErr::Type(error.to_string()))?,
    })
}

/// Serialises options for their column.
pub(crate) fn options_column(options: &BTreeMap<String, String>) -> Result<String, DbErr> {
    serde_json::to_string(options).map_err(|error| DbErr::Json(error.to_string()))
}
