//! The rows of promotions.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use stampede_kernel::{
    CategoryId, Cursor, Money, Page, PageSize, ProductId, PromotionId, Timestamp, UserId,
};
use stampede_persistence::entity::{
    category, product, promotion, promotion_buyer, promotion_stock,
};

use crate::PromotionError;
use crate::code::key;
use crate::model::{Kind, Promotion, Terms};

/// A promotion that may apply, as a buyer finds it.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) promotion: Promotion,
    pub(crate) key: Option<String>,
    pub(crate) version: i64,
    /// How often the buyer has used it.
    pub(crate) units: i64,
}

/// Reads the promotions that apply by themselves, and those with one of the keys.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    keys: &[String],
    buyer: UserId,
) -> Result<Vec<Candidate>, DbErr> {
    let automatic = promotion::Column::CodeKey
        .is_null()
        .and(promotion::Column::Enabled.eq(true));
    let wanted = match keys {
        [] => automatic,
        keys => automatic.or(promotion::Column::CodeKey.is_in(keys.iter().cloned())),
    };
    // Terms and version by one statement: they belong together.
    let counted = promotion::Entity::belongs_to(promotion_stock::Entity)
        .from(promotion::Column::Id)
        .to(promotion_stock::Column::PromotionId)
        .into();
    let rows = promotion::Entity::find()
        .join(JoinType::InnerJoin, counted)
        .select_also(promotion_stock::Entity)
        .filter(wanted)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|(row, _)| row.id);
    let units = promotion_buyer::Entity::find()
        .filter(promotion_buyer::Column::PromotionId.is_in(ids))
        .filter(promotion_buyer::Column::UserId.eq(buyer))
        .all(db)
        .await?;
    let units: HashMap<_, _> = units
        .into_iter()
        .map(|row| (row.promotion_id, row.units))
        .collect();
    let candidates = rows.into_iter().filter_map(|(row, stock)| {
        let stock = stock?;
        let key = row.code_key.clone();
        let units = units.get(&row.id).copied().unwrap_or(0);
        Some(promotion_of(row, &stock).map(|promotion| Candidate {
            promotion,
            key,
            version: stock.version,
            units,
        }))
    });
    candidates.collect()
}

async fn stocks(
    db: &impl ConnectionTrait,
    ids: &[PromotionId],
) -> Result<HashMap<PromotionId, promotion_stock::Model>, DbErr> {
    let rows = promotion_stock::Entity::find()
        .filter(promotion_stock::Column::PromotionId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.promotion_id, row))
        .collect())
}

/// Reads a promotion.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    id: PromotionId,
) -> Result<Option<Promotion>, DbErr> {
    let row = promotion::Entity::find_by_id(id).one(db).await?;
    let stock = promotion_stock::Entity::find_by_id(id).one(db).await?;
    row.zip(stock)
        .map(|(row, stock)| promotion_of(row, &stock))
        .transpose()
}

/// Locks the hot row, so that nobody redeems the promotion until the transaction ends, and
/// reads the promotion.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    id: PromotionId,
) -> Result<Option<Promotion>, DbErr> {
    let stock = promotion_stock::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    let row = promotion::Entity::find_by_id(id).one(tx).await?;
    row.zip(stock)
        .map(|(row, stock)| promotion_of(row, &stock))
        .transpose()
}

/// Reads a page of promotions, newest first.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Page<Promotion>, PromotionError> {
    let mut find = promotion::Entity::find();
    if let Some(cursor) = cursor {
        find = find.filter(promotion::Column::Id.lt(cursor.place::<i64>("promotions")?));
    }
    let rows = find
        .order_by_desc(promotion::Column::Id)
        .limit(size.get() + 1)
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let stocks = stocks(db, &ids).await?;
    let promotions = rows.into_iter().filter_map(|row| {
        let stock = stocks.get(&row.id)?;
        Some(promotion_of(row, stock))
    });
    let promotions = promotions.collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(promotions, size, "promotions", |one| one.id.0))
}

/// Inserts a promotion that nobody has used.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    terms: &Terms,
    now: Timestamp,
) -> Result<PromotionId, DbErr> {
    let row = promotion::ActiveModel {
        created_at: Set(now),
        ..columns(terms)?
    };
    let id = promotion::Entity::insert(row)
        .exec(tx)
        .await?
        .last_insert_id;
    let stock = promotion_stock::ActiveModel {
        promotion_id: Set(id),
        used: Set(0),
        usage_limit: Set(terms.usage_limit),
        version: Set(1),
    };
    promotion_stock::Entity::insert(stock)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Writes the terms of a locked promotion, as a new version.
pub(crate) async fn update(
    tx: &DatabaseTransaction,
    id: PromotionId,
    terms: &Terms,
) -> Result<(), DbErr> {
    let version = Expr::col(promotion_stock::Column::Version).add(1);
    promotion_stock::Entity::update_many()
        .col_expr(
            promotion_stock::Column::UsageLimit,
            Expr::value(terms.usage_limit),
        )
        .col_expr(promotion_stock::Column::Version, version)
        .filter(promotion_stock::Column::PromotionId.eq(id))
        .exec(tx)
        .await?;
    promotion::Entity::update_many()
        .set(columns(terms)?)
        .filter(promotion::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes a locked promotion that no order ever used.
pub(crate) async fn delete(tx: &DatabaseTransaction, id: PromotionId) -> Result<(), DbErr> {
    promotion_buyer::Entity::delete_many()
        .filter(promotion_buyer::Column::PromotionId.eq(id))
        .exec(tx)
        .await?;
    promotion_stock::Entity::delete_by_id(id).exec(tx).await?;
    promotion::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Whether one of the categories does not exist.
pub(crate) async fn unknown_category(
    tx: &DatabaseTransaction,
    ids: &BTreeSet<CategoryId>,
) -> Result<bool, DbErr> {
    let known = category::Entity::find()
        .filter(category::Column::Id.is_in(ids.iter().copied()))
        .count(tx)
        .await?;
    Ok(usize::try_from(known).ok() != Some(ids.len()))
}

/// Whether one of the products does not exist.
pub(crate) async fn unknown_product(
    tx: &DatabaseTransaction,
    ids: &BTreeSet<ProductId>,
) -> Result<bool, DbErr> {
    let known = product::Entity::find()
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .count(tx)
        .await?;
    Ok(usize::try_from(known).ok() != Some(ids.len()))
}

/// The columns of the terms; `usage_limit` stands beside the hot counter.
fn columns(terms: &Terms) -> Result<promotion::ActiveModel, DbErr> {
    let (kind, value, bundle) = match terms.kind {
        Kind::Percent(rate) => ("percent", rate, None),
        Kind::Amount(amount) => ("amount", amount.minor(), None),
        Kind::FreeShipping => ("free_shipping", 0, None),
        Kind::BuyXGetY { buy, get } => ("buy_x_get_y", 0, Some((buy, get))),
    };
    let units = |units: i64| i32::try_from(units).unwrap_or(i32::MAX);
    Ok(promotion::ActiveModel {
        name: Set(terms.name.clone()),
        code: Set(terms.code.as_deref().map(|code| code.trim().to_owned())),
        code_key: Set(terms.code.as_deref().and_then(key)),
        kind: Set(kind.to_owned()),
        value: Set(value),
        buy_units: Set(bundle.map(|(buy, _)| units(buy))),
        get_units: Set(bundle.map(|(_, get)| units(get))),
        min_items: Set(terms.min_items),
        category_ids: Set(terms.categories.as_ref().map(json).transpose()?),
        product_ids: Set(terms.products.as_ref().map(json).transpose()?),
        starts_at: Set(terms.starts_at),
        ends_at: Set(terms.ends_at),
        per_user_limit: Set(terms.per_user_limit),
        combinable: Set(terms.combinable),
        enabled: Set(terms.enabled),
        ..Default::default()
    })
}

fn promotion_of(row: promotion::Model, stock: &promotion_stock::Model) -> Result<Promotion, DbErr> {
    let units = |units: Option<i32>| units.map_or(1, i64::from);
    let kind = match row.kind.as_str() {
        "percent" => Kind::Percent(row.value),
        "amount" => {
            let amount = Money::new(row.value);
            Kind::Amount(amount.map_err(|error| DbErr::Type(error.to_string()))?)
        }
        "free_shipping" => Kind::FreeShipping,
        "buy_x_get_y" => Kind::BuyXGetY {
            buy: units(row.buy_units),
            get: units(row.get_units),
        },
        other => return Err(DbErr::Type(format!("`{other}` is no kind of promotion"))),
    };
    Ok(Promotion {
        id: row.id,
        terms: Terms {
            name: row.name,
            code: row.code,
            kind,
            min_items: row.min_items,
            categories: row.category_ids.as_deref().map(of_json).transpose()?,
            products: row.product_ids.as_deref().map(of_json).transpose()?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            usage_limit: stock.usage_limit,
            per_user_limit: row.per_user_limit,
            combinable: row.combinable,
            enabled: row.enabled,
        },
        used: stock.used,
        created_at: row.created_at,
    })
}

fn json(ids: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(ids).map_err(|error| DbErr::Json(error.to_string()))
}

fn of_json<T: DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}
