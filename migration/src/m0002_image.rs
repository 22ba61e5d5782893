//! Pictures, content-addressed: the same bytes are one row and one set of files.

use sea_orm::DbErr;

use crate::definition::{big_integer, big_pk_auto, char_len, integer, string_len, table, unique};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0002_image"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let image = table("image")
            .col(big_pk_auto("id"))
            .col(char_len("hash", 64))
            .col(string_len("format", 8))
            .col(integer("width"))
            .col(integer("height"))
            .col(big_integer("created_at"))
            .take();
        schema
            .create(vec![image], vec![unique("image", &["hash"])])
            .await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop(&["image"]).await
    }
}
