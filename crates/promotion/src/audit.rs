//! The invariants of promotions: what is used is what orders that stand have redeemed.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The checks of promotions.
pub const AUDIT: Audit = Audit {
    tables: &[
        "promotion",
        "promotion_stock",
        "promotion_buyer",
        "redemption",
    ],
    checks: &CHECKS,
};

const CHECKS: [Check; 4] = [
    Check {
        invariant: "P2",
        subject: "promotion",
        detail: "it is used more or less often than orders that stand have redeemed it, or above its limit",
        sql: r#"SELECT text(s.promotion_id) AS id FROM promotion_stock s
            LEFT JOIN (SELECT r.promotion_id, COUNT(*) AS orders FROM redemption r
                JOIN "order" o ON o.id = r.order_id WHERE o.status <> 'cancelled'
                GROUP BY r.promotion_id) x ON x.promotion_id = s.promotion_id
            WHERE s.used <> COALESCE(x.orders, 0) OR s.used > s.usage_limit"#,
    },
    Check {
        invariant: "P2",
        subject: "promotion",
        detail: "a buyer used it more or less often than their orders that stand have redeemed it, or above the limit",
        sql: r#"SELECT CONCAT(u.promotion_id, ' of user ', u.user_id) AS id FROM (
                SELECT promotion_id, user_id, units, 0 AS orders FROM promotion_buyer
                UNION ALL SELECT r.promotion_id, r.user_id, 0, 1 FROM redemption r
                JOIN "order" o ON o.id = r.order_id WHERE o.status <> 'cancelled') u
            LEFT JOIN promotion p ON p.id = u.promotion_id
            GROUP BY u.promotion_id, u.user_id
            HAVING SUM(u.units) <> SUM(u.orders) OR SUM(u.units) > MIN(p.per_user_limit)"#,
    },
    Check {
        invariant: "P2",
        subject: "order",
        detail: "it redeemed a promotion for another buyer, or keeps it though it ended unpaid, or gave it back though it stands",
        sql: r#"SELECT DISTINCT hex(r.order_id) AS id FROM redemption r
            LEFT JOIN "order" o ON o.id = r.order_id
            WHERE o.id IS NULL OR o.user_id <> r.user_id
            OR (r.released_at IS NULL) <> (o.status <> 'cancelled')"#,
    },
    Check {
        invariant: "P2",
        subject: "promotion",
        detail: "it is counted, or was redeemed, and does not exist",
        sql: "SELECT DISTINCT text(x.promotion_id) AS id FROM (
                SELECT promotion_id FROM promotion_stock
                UNION ALL SELECT promotion_id FROM redemption) x
            LEFT JOIN promotion p ON p.id = x.promotion_id WHERE p.id IS NULL",
    },
];

/// Lists the promotions that break P2 in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
