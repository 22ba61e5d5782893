//! Queries on sales.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef, SelectTwo,
};
use stampede_kernel::{SaleId, SkuId, Timestamp};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::{sale, sale_stock};

use super::stock::FIRST;
use crate::sale::NewSale;

/// A sale and its stock, read by one statement.
pub(crate) type Row = (sale::Model, sale_stock::Model);

fn with_stock() -> SelectTwo<sale::Entity, sale_stock::Entity> {
    let stock: RelationDef = sale::Entity::belongs_to(sale_stock::Entity)
        .from(sale::Column::Id)
        .to(sale_stock::Column::SaleId)
        .into();
    sale::Entity::find()
        .join(JoinType::InnerJoin, stock)
        .select_also(sale_stock::Entity)
}

fn whole(rows: Vec<(sale::Model, Option<sale_stock::Model>)>) -> Vec<Row> {
    let whole = |(sale, stock): (_, Option<_>)| stock.map(|stock| (sale, stock));
    rows.into_iter().filter_map(whole).collect()
}

/// Reads a sale.
pub(crate) async fn sale(db: &impl ConnectionTrait, id: SaleId) -> Result<Option<Row>, DbErr> {
    let rows = with_stock().filter(sale::Column::Id.eq(id)).all(db).await?;
    Ok(whole(rows).pop())
}

/// Sales that are not closed and start before `horizon`.
pub(crate) async fn running(
    db: &impl ConnectionTrait,
    horizon: Timestamp,
) -> Result<Vec<SaleId>, DbErr> {
    let rows = with_stock()
        .filter(sale_stock::Column::ClosedAt.is_null())
        .filter(sale::Column::StartsAt.lte(horizon))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(sale, _)| sale.id).collect())
}

/// Whether one of `skus` is in a sale that has not ended at `now`.
pub(in crate::sale) async fn any_of(
    db: &impl ConnectionTrait,
    skus: &[SkuId],
    now: Timestamp,
) -> Result<bool, DbErr> {
    let sales = with_stock()
        .filter(sale::Column::SkuId.is_in(skus.iter().copied()))
        .filter(sale::Column::State.ne(SaleState::Cancelled))
        .filter(sale::Column::EndsAt.gt(now))
        .filter(sale_stock::Column::ClosedAt.is_null())
        .count(db)
        .await?;
    Ok(sales > 0)
}

/// Lists public sales: open ones by their start, then the most recently closed
/// ones.
pub(in crate::sale) async fn list(db: &impl ConnectionTrait, past: u64) -> Result<Vec<Row>, DbErr> {
    let shown = || with_stock().filter(sale::Column::Rehearsal.eq(false));
    let coming = shown()
        .filter(sale_stock::Column::ClosedAt.is_null())
        .order_by_asc(sale::Column::StartsAt)
        .order_by_asc(sale::Column::Id)
        .all(db)
        .await?;
    let over = shown()
        .filter(sale_stock::Column::ClosedAt.is_not_null())
        .order_by_desc(sale_stock::Column::ClosedAt)
        .limit(past)
        .all(db)
        .await?;
    Ok(whole(coming.into_iter().chain(over).collect()))
}

/// At most `limit` sales with ids below `below`, newest first.
pub(in crate::sale) async fn page(
    db: &impl ConnectionTrait,
    below: Option<SaleId>,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut sales = with_stock().filter(sale::Column::Rehearsal.eq(false));
    if let Some(below) = below {
        sales = sales.filter(sale::Column::Id.lt(below));
    }
    let sales = sales.order_by_desc(sale::Column::Id).limit(limit);
    Ok(whole(sales.all(db).await?))
}

/// At most `limit` sales whose window overlaps the time between `since` and `now`, last
/// start first.
pub(in crate::sale) async fn overlapping(
    db: &impl ConnectionTrait,
    since: Timestamp,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let sales = with_stock()
        .filter(sale::Column::Rehearsal.eq(false))
        .filter(sale::Column::StartsAt.lte(now))
        .filter(sale::Column::EndsAt.gte(since))
        .order_by_desc(sale::Column::StartsAt)
        .order_by_desc(sale::Column::Id)
        .limit(limit);
    Ok(whole(sales.all(db).await?))
}

/// Inserts a sale. The caller takes its units from the SKU's stock.
pub(in crate::sale) async fn insert(
    tx: &DatabaseTransaction,
    new: &NewSale,
    now: Timestamp,
) -> Result<SaleId, DbErr> {
    let row = sale::ActiveModel {
        sku_id: Set(new.sku),
        title: Set(new.title.clone()),
        price: Set(new.price),
        per_user_limit: Set(new.per_user_limit),
        starts_at: Set(new.starts_at),
        ends_at: Set(new.ends_at),
        state: Set(SaleState::Open),
        config_version: Set(1),
        rehearsal: Set(new.rehearsal),
        created_at: Set(now),
        ..Default::default()
    };
    let id = sale::Entity::insert(row).exec(tx).await?.last_insert_id;
    let stock = sale_stock::ActiveModel {
        sale_id: Set(id),
        total: Set(new.total),
        taken: Set(0),
        epoch: Set(FIRST.0),
        closed_at: Set(None),
    };
    sale_stock::Entity::insert(stock)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Updates the editable columns of a sale.
pub(in crate::sale) async fn update(
    tx: &DatabaseTransaction,
    row: &sale::Model,
) -> Result<(), DbErr> {
    sale::Entity::update_many()
        .col_expr(sale::Column::Title, Expr::value(row.title.as_str()))
        .col_expr(sale::Column::Price, Expr::value(row.price))
        .col_expr(sale::Column::PerUserLimit, Expr::value(row.per_user_limit))
        .col_expr(sale::Column::StartsAt, Expr::value(row.starts_at))
        .col_expr(sale::Column::EndsAt, Expr::value(row.ends_at))
        .col_expr(sale::Column::State, Expr::value(row.state))
        .col_expr(sale::Column::ConfigVersion, Expr::value(row.config_version))
        .filter(sale::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}
