//! The invariants of sales in the database, checked by a few statements that each
//! read their tables once.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The checks of sales.
pub const AUDIT: Audit = Audit {
    tables: &["sale", "sale_buyer", "ticket"],
    checks: &CHECKS,
};

const CHECKS: [Check; 14] = [
    Check {
        invariant: "J1",
        subject: "sale",
        detail: "more is taken than there is, or less than nothing; or it is over, and has units left",
        sql: "SELECT text(s.sale_id) AS id FROM sale_stock s
            WHERE s.taken < 0 OR s.taken > s.total
            OR (s.closed_at IS NOT NULL AND s.taken <> s.total)",
    },
    Check {
        invariant: "J1",
        subject: "sale",
        detail: "what is taken is not the sum of its tickets that hold units",
        sql: "SELECT text(s.sale_id) AS id FROM sale_stock s
            LEFT JOIN (SELECT sale_id, SUM(units) AS held FROM ticket
                WHERE state = 'ordered' GROUP BY sale_id) t ON t.sale_id = s.sale_id
            WHERE s.taken <> COALESCE(t.held, 0)",
    },
    Check {
        invariant: "J2",
        subject: "sale",
        detail: "somebody's units are not the sum of their tickets that hold units",
        sql: "SELECT DISTINCT text(m.sale_id) AS id FROM (
            SELECT u.sale_id, u.user_id FROM (
                SELECT sale_id, user_id, units FROM sale_buyer
                UNION ALL SELECT sale_id, user_id, -units FROM ticket WHERE state = 'ordered') u
            GROUP BY u.sale_id, u.user_id HAVING SUM(u.units) <> 0) m",
    },
    Check {
        invariant: "J2",
        subject: "sale",
        detail: "somebody has more units than one buyer may, or less than none",
        sql: "SELECT DISTINCT text(b.sale_id) AS id FROM sale_buyer b
            LEFT JOIN sale s ON s.id = b.sale_id
            WHERE s.id IS NULL OR b.units < 0 OR b.units > s.per_user_limit",
    },
    Check {
        invariant: "J3",
        subject: "ticket",
        detail: "it holds units, and its order is absent, somebody else's, or gave them back",
        sql: r#"SELECT hex(t.id) AS id FROM ticket t LEFT JOIN "order" o ON o.id = t.order_id
            WHERE t.state = 'ordered' AND (o.id IS NULL OR o.status = 'cancelled' OR o.restocked
                OR o.user_id <> t.user_id OR o.seckill_id IS NULL OR o.seckill_id <> t.sale_id)"#,
    },
    Check {
        invariant: "J3",
        subject: "ticket",
        detail: "it was released, and its order did not give its units back",
        sql: r#"SELECT hex(t.id) AS id FROM ticket t LEFT JOIN "order" o ON o.id = t.order_id
            WHERE t.state = 'released'
            AND (o.id IS NULL OR NOT (o.status = 'cancelled' OR o.restocked))"#,
    },
    Check {
        invariant: "J3",
        subject: "ticket",
        detail: "it was refused, and has an order",
        sql: "SELECT hex(t.id) AS id FROM ticket t
            WHERE t.state = 'refused' AND t.order_id IS NOT NULL",
    },
    Check {
        invariant: "J3",
        subject: "order",
        detail: "it is a sale's, and has no ticket",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o LEFT JOIN ticket t ON t.order_id = o.id
            WHERE o.seckill_id IS NOT NULL AND t.id IS NULL"#,
    },
    Check {
        invariant: "J3",
        subject: "ticket",
        detail: "its order is not of its units, or not of what the sale sells",
        sql: "SELECT hex(t.id) AS id FROM ticket t
            LEFT JOIN order_line l ON l.order_id = t.order_id
            LEFT JOIN sale s ON s.id = t.sale_id
            WHERE t.order_id IS NOT NULL AND (l.order_id IS NULL OR s.id IS NULL
                OR l.num <> t.units OR l.place <> 0 OR l.sku_id <> s.sku_id)",
    },
    Check {
        invariant: "J4",
        subject: "sale",
        detail: "its units are not what the stock journal gave it and took back",
        sql: "SELECT text(s.sale_id) AS id FROM sale_stock s
            LEFT JOIN (SELECT reference, SUM(delta) AS moved FROM stock_journal
                WHERE reason IN ('sale', 'sale_return') AND actor_id IS NULL
                GROUP BY reference) j ON j.reference = CONCAT('sale:', s.sale_id)
            WHERE s.total + COALESCE(j.moved, 0) <> 0",
    },
    Check {
        invariant: "J7",
        subject: "job",
        detail: "it gives units back to a sale, and was given up",
        sql: "SELECT text(j.id) AS id FROM job j
            WHERE j.kind = 'sale.give' AND j.parked_at IS NOT NULL AND j.done_at IS NULL",
    },
    // Two seconds in which admitted claims may commit (`GRACE`), and five for
    // clocks that differ. An edit cannot move the window away from claims that
    // were won.
    Check {
        invariant: "J8",
        subject: "ticket",
        detail: "it won before its sale began, or after it was over",
        sql: "SELECT hex(t.id) AS id FROM ticket t
            JOIN sale s ON s.id = t.sale_id JOIN sale_stock k ON k.sale_id = t.sale_id
            WHERE t.state <> 'refused' AND (t.created_at < s.starts_at - 5000
                OR t.created_at > s.ends_at + 7000 OR t.created_at > k.closed_at + 5000)",
    },
    Check {
        invariant: "I11",
        subject: "ticket",
        detail: "its sale or its user does not exist",
        sql: r#"SELECT hex(t.id) AS id FROM ticket t
            LEFT JOIN sale_stock s ON s.sale_id = t.sale_id
            LEFT JOIN "user" u ON u.id = t.user_id WHERE s.sale_id IS NULL OR u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "sale",
        detail: "it has no units, or what it sells does not exist",
        sql: "SELECT text(s.id) AS id FROM sale s
            LEFT JOIN sale_stock k ON k.sale_id = s.id
            LEFT JOIN sku u ON u.id = s.sku_id WHERE k.sale_id IS NULL OR u.id IS NULL",
    },
];

/// Finds every sale, ticket and order of a sale that breaks J1–J4, J7, J8 or I11 in
/// the snapshot of `tx`. The gate is not read.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
