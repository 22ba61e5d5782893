//! Jobs, the change feed, idempotency keys, the audit log and markers.

use sea_orm::DbErr;
use sea_orm::sea_query::{Index, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, char_len, index, integer, string_len, table, text,
    text_null,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0001_platform"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![job(), feed(), idempotency(), audit_log(), marker()];
        let indexes = vec![
            index("job", &["done_at", "run_at"]),
            index("feed", &["at"]),
            index("idempotency", &["created_at"]),
            index("audit_log", &["target"]),
        ];
        schema.create(tables, indexes).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema
            .drop(&["marker", "audit_log", "idempotency", "feed", "job"])
            .await
    }
}

fn job() -> TableCreateStatement {
    table("job")
        .col(big_pk_auto("id"))
        .col(string_len("kind", 64))
        .col(text("payload"))
        .col(big_integer("run_at"))
        .col(big_integer_null("claimed_until"))
        .col(integer("attempts").default(0))
        .col(big_integer_null("parked_at"))
        .col(big_integer_null("done_at"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .take()
}

fn feed() -> TableCreateStatement {
    table("feed")
        .col(big_pk_auto("id"))
        .col(string_len("topic", 32))
        .col(string_len("key", 64))
        .col(big_integer("at"))
        .take()
}

fn idempotency() -> TableCreateStatement {
    table("idempotency")
        .col(big_integer("user_id"))
        .col(string_len("scope", 190))
        .col(string_len("key", 255))
        .col(char_len("fingerprint", 64))
        .col(text_null("answer"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("user_id").col("scope").col("key"))
        .take()
}

fn audit_log() -> TableCreateStatement {
    table("audit_log")
        .col(big_pk_auto("id"))
        .col(big_integer_null("actor_id"))
        .col(string_len("action", 64))
        .col(string_len("target", 128))
        .col(text("detail"))
        .col(big_integer("created_at"))
        .take()
}

/// Installation-wide values, such as the identity of the media folder.
fn marker() -> TableCreateStatement {
    table("marker")
        .col(string_len("name", 64).primary_key())
        .col(string_len("value", 255))
        .take()
}
