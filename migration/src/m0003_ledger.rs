//! Wallets and the double-entry ledger.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::schema::{create, drop, index, insert_only, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = vec![wallet(), pin(), transfer(), entry(), payment()];
        let indexes = vec![
            index("transfer", &["order_id"]),
            index("entry", &["account_id", "id"]),
            index("entry", &["transfer_id"]),
            unique("payment", &["transfer_id"]),
        ];
        create(manager, tables, indexes).await?;
        insert_only(manager, "transfer").await?;
        insert_only(manager, "entry").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["payment", "entry", "transfer", "pin", "wallet"]).await
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
