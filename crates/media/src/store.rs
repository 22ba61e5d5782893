//! Queries on pictures.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use stampede_kernel::{ImageId, Timestamp};
use stampede_persistence::entity::image;
use stampede_persistence::{Database, insert_or_ignore, retrying};

use crate::Image;
use crate::encode::Encoded;

/// Inserts the row of a picture unless it exists and returns whether it is new. Waits
/// for a transaction that is about to insert the same picture.
pub(crate) async fn insert(
    db: &Database,
    tx: &impl ConnectionTrait,
    image: &image::Model,
) -> Result<bool, DbErr> {
    let insert = Query::insert()
        .into_table(image::Entity)
        .columns(["hash", "format", "width", "height", "created_at", "goods"])
        .values_panic([
            image.hash.as_str().into(),
            image.format.as_str().into(),
            image.width.into(),
            image.height.into(),
            image.created_at.into(),
            image.goods.into(),
        ])
        .take();
    let inserted = tx
        .execute_raw(insert_or_ignore(db.backend(), &insert))
        .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Returns the row of a picture, inserted unless it exists. Either way its mark as
/// unreferenced is removed, so that the sweep leaves it alone.
pub(crate) async fn record(
    db: &Database,
    picture: &Encoded,
    goods: bool,
    now: Timestamp,
) -> Result<Image, DbErr> {
    let row = row(picture, goods, now);
    retrying(|| async {
        let tx = db.begin_write().await?;
        if !insert(db, &tx, &row).await? {
            let mut again = image::Entity::update_many()
                .col_expr(image::Column::UnshownSince, Expr::value(None::<Timestamp>))
                .filter(image::Column::Hash.eq(row.hash.as_str()));
            if goods {
                again = again.col_expr(image::Column::Goods, Expr::value(true));
            }
            again.exec(&tx).await?;
        }
        let stored = image::Entity::find()
            .filter(image::Column::Hash.eq(row.hash.as_str()))
            .one(&tx)
            .await?;
        tx.commit().await?;
        stored
            .map(Image::from)
            .ok_or_else(|| DbErr::RecordNotFound(row.hash.clone()))
    })
    .await
}

/// Builds the row; the database assigns its id.
fn row(picture: &Encoded, goods: bool, now: Timestamp) -> image::Model {
    // The large variant has at most 1200 pixels a side.
    let pixels = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    image::Model {
        id: ImageId(0),
        hash: picture.hash.clone(),
        format: picture.format.extension().to_owned(),
        width: pixels(picture.width),
        height: pixels(picture.height),
        created_at: now,
        unshown_since: None,
        goods,
    }
}

pub(crate) async fn by_ids(db: &Database, ids: &[ImageId]) -> Result<Vec<Image>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = image::Entity::find()
        .filter(image::Column::Id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(Image::from).collect())
}

/// Returns those of the hashes that have a row.
pub(crate) async fn known(db: &Database, hashes: &[&str]) -> Result<Vec<String>, DbErr> {
    image::Entity::find()
        .select_only()
        .column(image::Column::Hash)
        .filter(image::Column::Hash.is_in(hashes.iter().copied()))
        .into_tuple()
        .all(db.reader())
        .await
}
