//! Wallets and the double-entry ledger.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, index, pk_uuid, string_len, string_len_null, table,
    unique, uuid, uuid_null,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0003_ledger"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![wallet(), pin(), transfer(), entry(), payment()];
        let indexes = vec![
            index("transfer", &["order_id"]),
            index("entry", &["account_id", "id"]),
            index("entry", &["transfer_id"]),
            unique("payment", &["transfer_id"]),
        ];
        schema.create(tables, indexes).await?;
        schema.insert_only("transfer").await?;
        schema.insert_only("entry").await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema
            .drop(&["payment", "entry", "transfer", "pin", "wallet"])
            .await
    }
}

fn wallet() -> TableCreateStatement {
    table("wallet")
        .col(big_integer("user_id").primary_key())
        .col(big_integer("balance").check(Expr::col("balance").gte(0)))
        .col(big_integer("created_at"))
        .take()
}

fn pin() -> TableCreateStatement {
    table("pin")
        .col(big_integer("user_id").primary_key())
        .col(string_len("mac", 96))
        .col(big_integer("updated_at"))
        .take()
}

fn transfer() -> TableCreateStatement {
    table("transfer")
        .col(pk_uuid("id"))
        .col(string_len("kind", 16))
        .col(uuid_null("order_id"))
        .col(string_len_null("reason", 255))
        .col(big_integer_null("actor_id"))
        .col(big_integer("created_at"))
        .take()
}

/// `account_id` is a user's id, or a negative number for a system account.
fn entry() -> TableCreateStatement {
    table("entry")
        .col(big_pk_auto("id"))
        .col(uuid("transfer_id"))
        .col(big_integer("account_id"))
        .col(big_integer("amount"))
        .col(big_integer_null("balance_after"))
        .col(big_integer("created_at"))
        .take()
}

fn payment() -> TableCreateStatement {
    table("payment")
        .col(pk_uuid("order_id"))
        .col(uuid("transfer_id"))
        .col(big_integer("user_id"))
        .col(big_integer("amount"))
        .col(big_integer("created_at"))
        .take()
}
