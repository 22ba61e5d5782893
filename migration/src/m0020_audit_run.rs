//! The audits that admins ask for: the one that runs, and what the last one found.

use sea_orm::DbErr;
use sea_orm::sea_query::TableCreateStatement;

use crate::definition::{big_integer, big_integer_null, boolean_null, table, text_null};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0020_audit_run"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.create(vec![audit_run()], Vec::new()).await?;
        schema
            .execute("INSERT INTO audit_run (id, runs) VALUES (1, 0)")
            .await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop(&["audit_run"]).await
    }
}

/// One row for all gateways. `runs` counts the audits that began, and names the one that
/// may write its result.
fn audit_run() -> TableCreateStatement {
    table("audit_run")
        .col(big_integer("id").primary_key())
        .col(big_integer("runs"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("started_at"))
        .col(big_integer_null("finished_at"))
        .col(boolean_null("clean"))
        .col(text_null("report"))
        .col(text_null("error"))
        .take()
}
