//! The invariants of carts and orders, checked by a few statements that each read
//! their tables once.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The checks of carts and orders.
pub const AUDIT: Audit = Audit {
    tables: &["cart_item", "order", "order_line", "order_history"],
    checks: &CHECKS,
};

/// This crate checks one half of I5: the status of an order agrees with its
/// payment.
const CHECKS: [Check; 22] = [
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it stands as paid, and its payment is absent or not its buyer's and total",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN payment p ON p.order_id = o.id
            WHERE o.status IN ('paid', 'shipped', 'completed', 'refunded')
            AND (p.order_id IS NULL OR p.amount <> o.total OR p.user_id <> o.user_id)"#,
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it has a payment, and is absent, unpaid or cancelled",
        sql: r#"SELECT hex(p.order_id) AS id FROM payment p
            LEFT JOIN "order" o ON o.id = p.order_id
            WHERE o.id IS NULL OR o.status IN ('unpaid', 'cancelled')"#,
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it stands as refunded, and was not",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN transfer t ON t.order_id = o.id AND t.kind = 'refund'
            WHERE o.status = 'refunded' AND t.id IS NULL"#,
    },
    Check {
        invariant: "I5",
        subject: "transfer",
        detail: "it refunds an order that does not stand as refunded",
        sql: r#"SELECT hex(t.id) AS id FROM transfer t
            LEFT JOIN "order" o ON o.id = t.order_id
            WHERE t.kind = 'refund' AND t.order_id IS NOT NULL
            AND (o.id IS NULL OR o.status <> 'refunded')"#,
    },
    // `{"id":"` stands before the id of a stored order, `{"order":` before that in a receipt.
    Check {
        invariant: "I6",
        subject: "answer",
        detail: "it is an order that its key's user does not have",
        sql: r#"SELECT CONCAT('to ', i."key", ' of user ', i.user_id) AS id
            FROM (SELECT user_id, "key", SUBSTR(answer, 8, 36) AS order_id FROM idempotency
                WHERE scope = 'POST /order' AND answer IS NOT NULL) i
            LEFT JOIN "order" o ON same(o.id, i.order_id)
            WHERE o.id IS NULL OR o.user_id <> i.user_id"#,
    },
    Check {
        invariant: "I6",
        subject: "answer",
        detail: "it is a receipt for an order that its key's user did not pay",
        sql: r#"SELECT CONCAT('to ', i."key", ' of user ', i.user_id) AS id
            FROM (SELECT user_id, "key", SUBSTR(answer, 17, 36) AS order_id FROM idempotency
                WHERE scope = 'POST /paydown' AND answer IS NOT NULL) i
            LEFT JOIN payment p ON same(p.order_id, i.order_id)
            WHERE p.order_id IS NULL OR p.user_id <> i.user_id"#,
    },
    // The order's id stands behind `POST /admin/order/`, too.
    Check {
        invariant: "I6",
        subject: "answer",
        detail: "it is an order that its key's request did not refund",
        sql: r#"SELECT CONCAT('to ', i."key", ' of user ', i.user_id) AS id
            FROM (SELECT user_id, "key", SUBSTR(scope, 19, 36) AS named,
                    SUBSTR(answer, 8, 36) AS order_id FROM idempotency
                WHERE scope LIKE 'POST /admin/order/%/refund' AND answer IS NOT NULL) i
            LEFT JOIN transfer t ON same(t.order_id, i.order_id) AND t.kind = 'refund'
            WHERE t.id IS NULL OR i.named <> i.order_id"#,
    },
    Check {
        invariant: "I6",
        subject: "order",
        detail: "two keys have it as their answer",
        sql: "SELECT i.order_id AS id FROM (
                SELECT 'placed' AS what, SUBSTR(answer, 8, 36) AS order_id FROM idempotency
                WHERE scope = 'POST /order' AND answer IS NOT NULL
                UNION ALL SELECT 'paid', SUBSTR(answer, 17, 36) FROM idempotency
                WHERE scope = 'POST /paydown' AND answer IS NOT NULL
                UNION ALL SELECT 'refunded', SUBSTR(answer, 8, 36) FROM idempotency
                WHERE scope LIKE 'POST /admin/order/%/refund' AND answer IS NOT NULL) i
            GROUP BY i.what, i.order_id HAVING COUNT(*) > 1",
    },
    Check {
        invariant: "I10",
        subject: "order",
        detail: "its history has a step that is not legal",
        sql: "SELECT DISTINCT hex(h.order_id) AS id FROM order_history h
            WHERE NOT (COALESCE(h.from_status, '') = '' AND h.to_status = 'unpaid'
                OR COALESCE(h.from_status, '') = 'unpaid' AND h.to_status = 'paid'
                OR COALESCE(h.from_status, '') = 'unpaid' AND h.to_status = 'cancelled'
                OR COALESCE(h.from_status, '') = 'paid' AND h.to_status = 'shipped'
                OR COALESCE(h.from_status, '') = 'paid' AND h.to_status = 'refunded'
                OR COALESCE(h.from_status, '') = 'shipped' AND h.to_status = 'completed')",
    },
    Check {
        invariant: "I10",
        subject: "order",
        detail: "a step of its history does not start where the one before ended",
        sql: "SELECT DISTINCT hex(h.order_id) AS id FROM (
                SELECT order_id, from_status,
                    LAG(to_status) OVER (PARTITION BY order_id ORDER BY id) AS prior
                FROM order_history) h
            WHERE COALESCE(h.from_status, '') <> COALESCE(h.prior, '')",
    },
    Check {
        invariant: "I10",
        subject: "order",
        detail: "its history does not end where it stands",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN (SELECT order_id, MAX(id) AS latest FROM order_history GROUP BY order_id) l
                ON l.order_id = o.id
            LEFT JOIN order_history h ON h.id = l.latest
            WHERE h.id IS NULL OR h.to_status <> o.status"#,
    },
    Check {
        invariant: "I10",
        subject: "order",
        detail: "its times, its reason or its restocking do not fit where it stands",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            WHERE (o.paid_at IS NULL) <> (o.status IN ('unpaid', 'cancelled'))
            OR (o.shipped_at IS NULL) <> (o.status NOT IN ('shipped', 'completed'))
            OR (o.completed_at IS NULL) <> (o.status <> 'completed')
            OR (o.cancelled_at IS NULL) <> (o.status <> 'cancelled')
            OR (o.cancel_reason IS NULL) <> (o.status <> 'cancelled')
            OR (o.refunded_at IS NULL) <> (o.status <> 'refunded')
            OR (o.restocked AND o.status <> 'refunded')
            OR (o.status = 'unpaid' AND o.pay_by IS NULL)"#,
    },
    Check {
        invariant: "I11",
        subject: "order",
        detail: "it has no lines, or they do not add up to its total",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN (SELECT order_id, SUM(total) AS total,
                    SUM(CASE WHEN total = unit_price * num THEN 0 ELSE 1 END) AS odd
                FROM order_line GROUP BY order_id) l
                ON l.order_id = o.id
            WHERE l.order_id IS NULL OR l.total <> o.total + o.discount - o.shipping OR l.odd > 0"#,
    },
    Check {
        invariant: "P1",
        subject: "order",
        detail: "its discount is not the sum of its lines', or a line's is below 0 or above its price",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            JOIN (SELECT order_id, SUM(discount) AS discount,
                    SUM(CASE WHEN discount BETWEEN 0 AND total THEN 0 ELSE 1 END) AS odd
                FROM order_line GROUP BY order_id) l
                ON l.order_id = o.id
            WHERE l.discount <> o.discount OR l.odd > 0 OR o.shipping < 0"#,
    },
    // What a promotion of delivery takes off the lines is nothing. `_` is a quotation mark,
    // which stands around names here.
    Check {
        invariant: "P1",
        subject: "order",
        detail: "it pays for its delivery neither the price of that, nor nothing by a promotion",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            WHERE o.shipping <> COALESCE(o.delivery_price, 0)
            AND (o.shipping <> 0 OR COALESCE(o.promotions, '') NOT LIKE '%_discount_:0}%')"#,
    },
    // Each rate is rounded once, to at most half a unit; the rest is room for floating point.
    Check {
        invariant: "P1",
        subject: "order",
        detail: "its tax is not what its lines and its delivery include",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            JOIN (SELECT order_id, COUNT(DISTINCT tax_rate_bp) AS rates,
                    MAX(tax_rate_bp) AS highest,
                    SUM((total - discount) * (tax_rate_bp * 1e0 / (10000 + tax_rate_bp))) AS tax
                FROM order_line GROUP BY order_id) l
                ON l.order_id = o.id
            WHERE ABS(o.tax - l.tax - o.shipping * (l.highest * 1e0 / (10000 + l.highest)))
                > 0.5 * l.rates + 0.01 + o.total * 1e-9"#,
    },
    Check {
        invariant: "I11",
        subject: "order",
        detail: "it has no address",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o WHERE o.address_name IS NULL
            OR o.address_phone IS NULL OR o.address_text IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "order",
        detail: "it has lines or a history, and does not exist",
        sql: r#"SELECT DISTINCT hex(x.order_id) AS id
            FROM (SELECT order_id FROM order_line WHERE place = 0
                UNION ALL SELECT order_id FROM order_history WHERE from_status IS NULL) x
            LEFT JOIN "order" o ON o.id = x.order_id WHERE o.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "order",
        detail: "its buyer does not exist",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN "user" u ON u.id = o.user_id WHERE u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "order",
        detail: "a line names a SKU that does not exist or is another product's",
        sql: "SELECT DISTINCT hex(l.order_id) AS id FROM order_line l
            LEFT JOIN sku s ON s.id = l.sku_id
            WHERE s.id IS NULL OR s.product_id <> l.product_id",
    },
    Check {
        invariant: "I11",
        subject: "cart",
        detail: "it has a line of a user or a SKU that does not exist",
        sql: r#"SELECT DISTINCT text(c.user_id) AS id FROM cart_item c
            LEFT JOIN "user" u ON u.id = c.user_id
            LEFT JOIN sku s ON s.id = c.sku_id
            WHERE u.id IS NULL OR s.id IS NULL"#,
    },
    // An admin's own movement has an actor and may be called anything.
    Check {
        invariant: "I4",
        subject: "order",
        detail: "the stock journal did not take its units once, or give them back once when it ended",
        sql: r#"SELECT DISTINCT m.ref AS id FROM (
            SELECT u.ref FROM (
                SELECT hex(l.order_id) AS ref, l.sku_id, l.num AS owed, 0 AS taken,
                    CASE WHEN o.status = 'cancelled' OR o.restocked THEN l.num ELSE 0 END AS due,
                    0 AS given
                FROM order_line l JOIN "order" o ON o.id = l.order_id WHERE o.seckill_id IS NULL
                UNION ALL
                SELECT LOWER(REPLACE(j.reference, '-', '')), j.sku_id, 0,
                    CASE WHEN j.delta < 0 THEN -j.delta ELSE 0 END, 0,
                    CASE WHEN j.delta > 0 THEN j.delta ELSE 0 END
                FROM stock_journal j WHERE j.reason IN ('order', 'cancel', 'expiry', 'refund')
                AND j.reference IS NOT NULL AND j.actor_id IS NULL) u
            GROUP BY u.ref, u.sku_id
            HAVING SUM(u.owed) <> SUM(u.taken) OR SUM(u.due) <> SUM(u.given)) m"#,
    },
];

/// Finds every order, stored answer, cart and refund transfer that breaks I4, I5,
/// I6, I10, I11 or P1 in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::*;
    use crate::order::LEGAL;

    #[test]
    fn what_the_audit_calls_legal_is_what_the_orders_do() {
        let legal = CHECKS
            .iter()
            .find(|check| check.sql.contains("WHERE NOT ("));
        let sql = legal.map_or("", |check| check.sql);

        assert_eq!(sql.matches("h.to_status").count(), LEGAL.len() + 1);
        for (from, to) in LEGAL {
            let (from, to) = (from.to_value(), to.to_value());
            let step = format!("COALESCE(h.from_status, '') = '{from}' AND h.to_status = '{to}'");
            assert!(sql.contains(&step), "{step}");
        }
    }
}
