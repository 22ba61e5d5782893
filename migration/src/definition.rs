//! Tables, columns and indexes, as the steps write them down.

use sea_orm::sea_query::{ColumnDef, Index, IndexCreateStatement, Table, TableCreateStatement};

/// A new table.
pub(crate) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// A plain index named after its table and columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(index_name(table, columns)).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// What [`index`] calls it.
pub(crate) fn index_name(table: &str, columns: &[&str]) -> String {
    format!("ix_{table}_{}", columns.join("_"))
}

/// A unique index named after its table and columns.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut unique = index(table, columns);
    unique
        .name(format!("ux_{table}_{}", columns.join("_")))
        .unique();
    unique
}

/// A number that the database counts up; the primary key.
pub(crate) fn big_pk_auto(name: &'static str) -> ColumnDef {
    big_integer(name).auto_increment().primary_key().take()
}

/// A UUID that is the primary key.
pub(crate) fn pk_uuid(name: &'static str) -> ColumnDef {
    uuid(name).primary_key().take()
}

/// `BIGINT NOT NULL`
pub(crate) fn big_integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// `BIGINT NULL`
pub(crate) fn big_integer_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// `INTEGER NOT NULL`
pub(crate) fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// `INTEGER NULL`
pub(crate) fn integer_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().null().take()
}

/// `BOOLEAN NOT NULL`
pub(crate) fn boolean(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// `BOOLEAN NULL`
pub(crate) fn boolean_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().null().take()
}

/// `CHAR(length) NOT NULL`
pub(crate) fn char_len(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).char_len(length).not_null().take()
}

/// `VARCHAR(length) NOT NULL`
pub(crate) fn string_len(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// `VARCHAR(length) NULL`
pub(crate) fn string_len_null(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// `TEXT NOT NULL`
pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// `TEXT NULL`
pub(crate) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// A UUID, in each database's own type; `NOT NULL`.
pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// A UUID, in each database's own type; `NULL`.
pub(crate) fn uuid_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}
