//! The lines of orders, from and to their rows.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use stampede_kernel::{OrderId, TaxRate};
use stampede_persistence::entity::order_line;

use crate::order::Line;

pub(in crate::order) fn line_row(
    order: OrderId,
    place: i32,
    line: &Line,
) -> Result<order_line::ActiveModel, DbErr> {
    Ok(order_line::ActiveModel {
        order_id: Set(order),
        place: Set(place),
        sku_id: Set(line.sku_id),
        product_id: Set(line.product_id),
        name: Set(line.name.clone()),
        options: Set(serde_json::to_string(&line.options).map_err(json)?),
        image: Set(match &line.image {
            Some(image) => Some(serde_json::to_string(image).map_err(json)?),
            None => None,
        }),
        unit_price: Set(line.unit_price),
        num: Set(line.num),
        total: Set(line.total),
        discount: Set(line.discount),
        tax_rate_bp: Set(line.tax_rate.basis_points()),
    })
}

/// Reads the lines of these orders, in their places.
pub(super) async fn lines(
    db: &impl ConnectionTrait,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Line>>, DbErr> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let rows = order_line::Entity::find()
        .filter(order_line::Column::OrderId.is_in(ids.iter().copied()))
        .order_by_asc(order_line::Column::OrderId)
        .order_by_asc(order_line::Column::Place)
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.order_id).or_default().push(line(row)?);
    }
    Ok(found)
}

fn line(row: order_line::Model) -> Result<Line, DbErr> {
    Ok(Line {
        sku_id: row.sku_id,
        product_id: row.product_id,
        name: row.name,
        options: serde_json::from_str(&row.options).map_err(json)?,
        image: match row.image {
            Some(image) => Some(serde_json::from_str(&image).map_err(json)?),
            None => None,
        },
        unit_price: row.unit_price,
        num: row.num,
        total: row.total,
        discount: row.discount,
        tax_rate: TaxRate::try_from(row.tax_rate_bp)
            .map_err(|error| DbErr::Type(error.to_string()))?,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
