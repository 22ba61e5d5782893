//! The audit of the catalogue and its stock: each check reads its tables once.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The invariants of the catalogue.
pub const AUDIT: Audit = Audit {
    tables: &[
        "category",
        "product",
        "sku",
        "stock_journal",
        "price_history",
        "favorite",
    ],
    checks: &CHECKS,
};

const CHECKS: [Check; 17] = [
    Check {
        invariant: "I4",
        subject: "sku",
        detail: "its units are below 0, or not the sum of its journal",
        sql: "SELECT text(s.id) AS id FROM sku s
            LEFT JOIN (SELECT sku_id, SUM(delta) AS total FROM stock_journal GROUP BY sku_id) j
                ON j.sku_id = s.id
            WHERE s.num < 0 OR s.num <> COALESCE(j.total, 0)",
    },
    Check {
        invariant: "I4",
        subject: "sku",
        detail: "its stock was moved, and it does not exist",
        sql: "SELECT DISTINCT text(j.sku_id) AS id FROM stock_journal j
            LEFT JOIN sku s ON s.id = j.sku_id WHERE s.id IS NULL",
    },
    // A key and its movement are written at one instant by one admin.
    Check {
        invariant: "I6",
        subject: "answer",
        detail: "it is a movement of stock that the journal does not have, or has for another key",
        sql: r#"SELECT CONCAT('to ', MAX(m."key"), ' of user ', m.user_id) AS id FROM (
                SELECT scope, user_id, created_at, "key", 1 AS asked, 0 AS done FROM idempotency
                WHERE scope LIKE 'POST /sku/%/stock' AND answer IS NOT NULL
                UNION ALL
                SELECT CONCAT('POST /sku/', sku_id, '/stock'), actor_id, created_at, '', 0, 1
                FROM stock_journal WHERE actor_id IS NOT NULL) m
            GROUP BY m.scope, m.user_id, m.created_at HAVING SUM(m.asked) > SUM(m.done)"#,
    },
    Check {
        invariant: "I11",
        subject: "product",
        detail: "its category does not exist",
        sql: "SELECT text(p.id) AS id FROM product p
            LEFT JOIN category c ON c.id = p.category_id WHERE c.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "product",
        detail: "it has no SKU",
        sql: "SELECT text(p.id) AS id FROM product p
            LEFT JOIN sku s ON s.product_id = p.id WHERE s.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "sku",
        detail: "its product does not exist",
        sql: "SELECT text(s.id) AS id FROM sku s
            LEFT JOIN product p ON p.id = s.product_id WHERE p.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "sku",
        detail: "it costs nothing, or more with its discount than without",
        sql: "SELECT text(s.id) AS id FROM sku s
            WHERE s.price <= 0 OR s.discount_price <= 0 OR s.discount_price > s.price",
    },
    Check {
        invariant: "I11",
        subject: "category",
        detail: "what it stands below does not exist",
        sql: "SELECT text(c.id) AS id FROM category c
            LEFT JOIN category p ON p.id = c.parent_id
            WHERE c.parent_id IS NOT NULL AND p.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "category",
        detail: "it stands below itself, or below one that does",
        sql: "WITH RECURSIVE tree AS (
                SELECT c.id FROM category c LEFT JOIN category p ON p.id = c.parent_id
                WHERE p.id IS NULL
                UNION ALL SELECT c.id FROM category c JOIN tree t ON c.parent_id = t.id)
            SELECT text(c.id) AS id FROM category c
            LEFT JOIN tree t ON t.id = c.id WHERE t.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "category",
        detail: "its picture does not exist",
        sql: "SELECT text(c.id) AS id FROM category c LEFT JOIN image i ON i.id = c.image_id
            WHERE c.image_id IS NOT NULL AND i.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "product",
        detail: "a picture of it does not exist",
        sql: "SELECT DISTINCT text(x.product_id) AS id FROM product_image x
            LEFT JOIN image i ON i.id = x.image_id WHERE i.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "product",
        detail: "it has pictures, and does not exist",
        sql: "SELECT DISTINCT text(x.product_id) AS id FROM product_image x
            LEFT JOIN product p ON p.id = x.product_id WHERE p.id IS NULL",
    },
    Check {
        invariant: "I11",
        subject: "carousel slide",
        detail: "its picture or its product does not exist",
        sql: "SELECT text(c.id) AS id FROM carousel c
            LEFT JOIN image i ON i.id = c.image_id
            LEFT JOIN product p ON p.id = c.product_id
            WHERE i.id IS NULL OR (c.product_id IS NOT NULL AND p.id IS NULL)",
    },
    Check {
        invariant: "I11",
        subject: "favourite",
        detail: "its product or its user does not exist",
        sql: r#"SELECT text(f.id) AS id FROM favorite f
            LEFT JOIN product p ON p.id = f.product_id
            LEFT JOIN "user" u ON u.id = f.user_id
            WHERE p.id IS NULL OR u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "sku",
        detail: "it has a price history, and does not exist",
        sql: "SELECT DISTINCT text(h.sku_id) AS id FROM price_history h
            LEFT JOIN sku s ON s.id = h.sku_id WHERE s.id IS NULL",
    },
    // The release before the price history may have changed a price beside it: the price
    // itself is not compared.
    Check {
        invariant: "I13",
        subject: "sku",
        detail: "its price is in force since another time than its price history says",
        sql: "SELECT text(s.id) AS id FROM sku s
            LEFT JOIN (SELECT sku_id, MAX(since) AS since FROM price_history GROUP BY sku_id) h
                ON h.sku_id = s.id
            WHERE s.price_since IS NOT NULL
            AND (h.since IS NULL OR h.since <> s.price_since)",
    },
    Check {
        invariant: "I13",
        subject: "product",
        detail: "lists sort it by a price that is not its first SKU's",
        sql: "SELECT text(p.id) AS id FROM product p
            JOIN (SELECT product_id, MIN(id) AS first FROM sku GROUP BY product_id) f
                ON f.product_id = p.id
            JOIN sku s ON s.id = f.first
            WHERE p.pay_price <> COALESCE(s.discount_price, s.price)",
    },
];

/// Lists the rows of the catalogue that break I4, I11 or I13 in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
