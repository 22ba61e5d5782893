//! Queries on accounts.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{ImageId, PageSize, Timestamp, UserId};
use stampede_media::Image;
use stampede_persistence::entity::{image, user};

use super::{User, name};
use crate::email::Mailbox;

pub(crate) async fn find(
    db: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id).one(db).await
}

pub(crate) async fn find_by_key(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find()
        .filter(user::Column::NameKey.eq(key))
        .one(db)
        .await
}

pub(crate) async fn find_by_proven_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find()
        .filter(user::Column::VerifiedEmail.eq(email))
        .one(db)
        .await
}

/// Reads and locks the row. All changes that depend on a user's password, status, role,
/// e-mail or number of rows are serialised by this lock. (SQLite has one writer
/// anyway.)
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    id: UserId,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// Updates columns of a row that the transaction has locked.
pub(crate) async fn update(
    tx: &DatabaseTransaction,
    row: user::ActiveModel,
    id: UserId,
) -> Result<(), DbErr> {
    user::Entity::update_many()
        .set(row)
        .filter(user::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Loads the picture of a row and returns the user.
pub(crate) async fn present(db: &impl ConnectionTrait, row: user::Model) -> Result<User, DbErr> {
    let image = match row.avatar_id {
        Some(id) => image::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    Ok(user_of(row, image.map(Image::from)))
}

/// Loads the pictures of a page of users by one query.
pub(super) async fn present_all(
    db: &impl ConnectionTrait,
    rows: Vec<user::Model>,
) -> Result<Vec<User>, DbErr> {
    let ids: Vec<ImageId> = rows.iter().filter_map(|row| row.avatar_id).collect();
    let mut images: HashMap<ImageId, Image> = HashMap::new();
    if !ids.is_empty() {
        let found = image::Entity::find()
            .filter(image::Column::Id.is_in(ids))
            .all(db)
            .await?;
        images.extend(found.into_iter().map(|row| (row.id, Image::from(row))));
    }
    let with_image = |row: user::Model| {
        let image = row.avatar_id.and_then(|id| images.get(&id).cloned());
        user_of(row, image)
    };
    Ok(rows.into_iter().map(with_image).collect())
}

fn user_of(row: user::Model, avatar: Option<Image>) -> User {
    User {
        id: row.id,
        user_name: row.user_name,
        nick_name: row.nick_name,
        email_verified: row.verified_email.is_some(),
        email: row.email,
        avatar,
        role: row.role,
        status: row.status,
        created_at: row.created_at,
    }
}

/// Reads one row more than `size`, newest first, with ids below `below`. Rehearsal
/// users are left out.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    q: Option<&str>,
    below: Option<i64>,
    size: PageSize,
) -> Result<Vec<user::Model>, DbErr> {
    let mut query = user::Entity::find().filter(user::Column::Rehearsal.eq(false));
    if let Some(q) = q {
        query = query.filter(mentions(q));
    }
    if let Some(below) = below {
        query = query.filter(user::Column::Id.lt(below));
    }
    query
        .order_by_desc(user::Column::Id)
        .limit(size.get() + 1)
        .all(db)
        .await
}

/// Condition for `q` anywhere in user name, nick name or e-mail, in any case.
fn mentions(q: &str) -> Condition {
    Condition::any()
        .add(Expr::col(user::Column::NameKey).like(anywhere(&name::key(q))))
        .add(
            Expr::expr(Func::lower(Expr::col(user::Column::NickName)))
                .like(anywhere(&q.to_lowercase())),
        )
        .add(Expr::col(user::Column::Email).like(anywhere(&q.to_lowercase())))
        .add_option(
            Mailbox::parse(q)
                .ok()
                .map(|it| user::Column::Email.eq(it.as_str())),
        )
}

/// Builds a LIKE pattern in which `%`, `_` and the escape character are literal.
fn anywhere(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}

/// Returns the issue time of a new token: later than the last revocation of the user's
/// tokens, whichever process's clock dated it.
pub(crate) fn issue_time(user: &user::Model, now: Timestamp) -> Timestamp {
    Ord::max(now, Timestamp(user.updated_at.0.saturating_add(1)))
}
