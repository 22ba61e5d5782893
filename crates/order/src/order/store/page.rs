//! Pages of orders.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use stampede_kernel::{OrderId, Page};
use stampede_persistence::entity::order;

use super::load::load;
use crate::order::{Order, OrderError, OrderFilter};

/// Reads a page of orders, newest first.
pub(in crate::order) async fn page(
    db: &impl ConnectionTrait,
    filter: &OrderFilter,
) -> Result<Page<Order>, OrderError> {
    let name = list_name(filter);
    let mut find = filtered(filter);
    if let Some(cursor) = &filter.cursor {
        find = find.filter(order::Column::Id.lt(cursor.place::<OrderId>(&name)?));
    }
    let rows = find
        .order_by_desc(order::Column::Id)
        .limit(filter.size.get() + 1)
        .all(db)
        .await?;
    let Page { items, next, total } = Page::cut(rows, filter.size, &name, |row| row.id);
    let items = load(db, items).await?;
    Ok(Page {
        items: items.into_iter().map(|record| record.order).collect(),
        next,
        total,
    })
}

fn filtered(filter: &OrderFilter) -> Select<order::Entity> {
    let mut find = order::Entity::find();
    if let Some(buyer) = filter.buyer {
        find = find.filter(order::Column::UserId.eq(buyer));
    }
    if let Some(status) = filter.status {
        find = find.filter(order::Column::Status.eq(status));
    }
    if let Some(sale) = filter.sale {
        find = find.filter(order::Column::SeckillId.eq(sale));
    }
    if let Some(prefix) = &filter.id {
        let ids = prefix.ids();
        find = find
            .filter(order::Column::Id.gte(*ids.start()))
            .filter(order::Column::Id.lte(*ids.end()));
    }
    find
}

fn list_name(filter: &OrderFilter) -> String {
    let OrderFilter {
        buyer,
        status,
        sale,
        id,
        ..
    } = filter;
    format!("orders:{buyer:?}:{status:?}:{sale:?}:{id:?}")
}
