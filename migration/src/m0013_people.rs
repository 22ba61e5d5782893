//! Sessions of one log-in, longer phone numbers, and one spelling for each mailbox.

use sea_orm::sea_query::{ColumnDef, Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, FromQueryResult};

use crate::definition::{string_len, string_len_null, uuid_null};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

/// Rows of one query.
const SLICE: u64 = 1_000;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0013_people"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let columns = [uuid_null("family_id"), string_len_null("spent", 1_024)];
        schema.add_columns("session", columns).await?;
        lengthen(schema, "address", string_len("phone", 32)).await?;
        lengthen(schema, "order", string_len_null("address_phone", 32)).await?;
        spell_mailboxes(schema.connection()).await
    }

    /// Phone numbers stay as long as they may be by now, and mailboxes as they are spelled.
    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema
            .drop_columns("session", &["spent", "family_id"])
            .await
    }
}

/// `SQLite` knows no lengths.
async fn lengthen(
    schema: &Schema<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    if schema.backend() == DatabaseBackend::Sqlite {
        return Ok(());
    }
    schema.modify_column(table, column).await
}

#[derive(FromQueryResult)]
struct Bound {
    id: i64,
    email: String,
    verified_email: Option<String>,
}

/// Writes the domains of bound addresses in their ASCII form. Where two users have proven
/// one mailbox in two spellings, it stays with the older account; the other one keeps it
/// unproven.
async fn spell_mailboxes(db: &DatabaseTransaction) -> Result<(), DbErr> {
    let mut after = 0;
    loop {
        let rows = bound(db, after).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.id;
        for row in &rows {
            let Some(mailbox) = ascii(&row.email) else {
                continue;
            };
            let proven = row.verified_email.is_some() && !is_proven(db, &mailbox).await?;
            let update = Query::update()
                .table("user")
                .value("email", mailbox.clone())
                .value("verified_email", proven.then_some(mailbox))
                .and_where(Expr::col("id").eq(row.id))
                .take();
            db.execute(&update).await?;
        }
    }
}

async fn bound(db: &DatabaseTransaction, after: i64) -> Result<Vec<Bound>, DbErr> {
    let query = Query::select()
        .columns(["id", "email", "verified_email"])
        .from("user")
        .and_where(Expr::col("id").gt(after))
        .and_where(Expr::col("email").is_not_null())
        .order_by("id", Order::Asc)
        .limit(SLICE)
        .take();
    let rows = db.query_all(&query).await?;
    rows.iter()
        .map(|row| Bound::from_query_result(row, ""))
        .collect()
}

async fn is_proven(db: &DatabaseTransaction, mailbox: &str) -> Result<bool, DbErr> {
    let query = Query::select()
        .column("id")
        .from("user")
        .and_where(Expr::col("verified_email").eq(mailbox))
        .take();
    Ok(db.query_one(&query).await?.is_some())
}

/// The spelling with an ASCII domain, where there is another one.
fn ascii(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@').filter(|_| !email.is_ascii())?;
    let domain = idna::domain_to_ascii_strict(domain).ok()?;
    Some(format!("{local}@{domain}"))
}
