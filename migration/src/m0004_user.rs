//! Accounts, sessions, revocations, e-mail proofs and addresses.

use sea_orm::DbErr;
use sea_orm::sea_query::TableCreateStatement;

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, char_len, index, pk_uuid, string_len,
    string_len_null, table, unique, uuid_null,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0004_user"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![user(), session(), revocation(), email_proof(), address()];
        let indexes = vec![
            unique("user", &["name_key"]),
            unique("user", &["verified_email"]),
            index("user", &["email"]),
            index("session", &["user_id"]),
            index("session", &["expires_at"]),
            index("revocation", &["at"]),
            index("email_proof", &["user_id", "purpose", "created_at"]),
            index("email_proof", &["email", "purpose", "created_at"]),
            index("email_proof", &["expires_at"]),
            index("address", &["user_id"]),
        ];
        schema.create(tables, indexes).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema
            .drop(&["address", "email_proof", "revocation", "session", "user"])
            .await
    }
}

/// `name_key` is the user name after NFKC and case folding; `verified_email`
/// repeats `email`, lower case, once it is proven, so that a unique index can
/// give a verified address to one user only.
fn user() -> TableCreateStatement {
    table("user")
        .col(big_pk_auto("id"))
        .col(string_len("user_name", 64))
        .col(string_len("name_key", 190))
        .col(string_len("nick_name", 255))
        .col(string_len("password_hash", 100))
        .col(string_len_null("email", 254))
        .col(string_len_null("verified_email", 254))
        .col(big_integer_null("avatar_id"))
        .col(string_len("role", 16))
        .col(string_len("status", 16))
        .col(string_len("language", 2))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

/// `token_hash` is the SHA-256 of the one refresh token that may still be spent.
fn session() -> TableCreateStatement {
    table("session")
        .col(pk_uuid("id"))
        .col(big_integer("user_id"))
        .col(char_len("token_hash", 64))
        .col(big_integer("created_at"))
        .col(big_integer("refreshed_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .take()
}

/// `session_id` null: every access token of the user issued before `before`.
fn revocation() -> TableCreateStatement {
    table("revocation")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(uuid_null("session_id"))
        .col(big_integer("before"))
        .col(big_integer("at"))
        .take()
}

/// `password_hash` is what a confirmed password change sets; no token is stored.
fn email_proof() -> TableCreateStatement {
    table("email_proof")
        .col(pk_uuid("id"))
        .col(big_integer("user_id"))
        .col(string_len("purpose", 16))
        .col(string_len("email", 254))
        .col(string_len_null("password_hash", 100))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("spent_at"))
        .take()
}

fn address() -> TableCreateStatement {
    table("address")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(string_len("name", 64))
        .col(string_len("phone", 20))
        .col(string_len("address", 255))
        .col(boolean("is_default"))
        .col(big_integer("created_at"))
        .col(big_integer_null("deleted_at"))
        .take()
}
