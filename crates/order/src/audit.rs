//! What must be true of every order, checked over all of them by a few
//! statements that each read their tables once.

use sea_orm::{ActiveEnum, DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Breach, Check};
use stampede_persistence::entity::order::OrderStatus;

use crate::order::LEGAL;

/// `(legal)` in them is [`legal`].
const CHECKS: [Check; 14] = [
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it stands as paid, and its payment is absent or not its buyer's, total and transfer",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN payment p ON p.order_id = o.id
            LEFT JOIN transfer t
                ON t.id = p.transfer_id AND t.order_id = o.id AND t.kind = 'payment'
            WHERE o.status IN ('paid', 'shipped', 'completed', 'refunded')
            AND (t.id IS NULL OR p.amount <> o.total OR p.user_id <> o.user_id)"#,
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
        subject: "transfer",
        detail: "it pays an order that does not have it as its payment",
        sql: "SELECT hex(t.id) AS id FROM transfer t
            LEFT JOIN payment p ON p.transfer_id = t.id AND p.order_id = t.order_id
            WHERE t.kind = 'payment' AND p.order_id IS NULL",
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "its payment did not take its amount out of the payer's wallet",
        sql: "SELECT hex(p.order_id) AS id FROM payment p
            LEFT JOIN entry e ON e.transfer_id = p.transfer_id
                AND e.account_id = p.user_id AND e.amount = -p.amount
            WHERE e.id IS NULL",
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it stands as refunded, and not exactly one refund gave its payment back",
        sql: r#"SELECT hex(o.id) AS id FROM "order" o
            LEFT JOIN payment p ON p.order_id = o.id
            LEFT JOIN transfer t ON t.order_id = o.id AND t.kind = 'refund'
            LEFT JOIN entry e ON e.transfer_id = t.id
                AND e.account_id = p.user_id AND e.amount = p.amount
            WHERE o.status = 'refunded' GROUP BY o.id
            HAVING COUNT(t.id) <> 1 OR COUNT(e.id) <> 1"#,
    },
    Check {
        invariant: "I5",
        subject: "transfer",
        detail: "it refunds an order that does not stand as refunded",
        sql: r#"SELECT hex(t.id) AS id FROM transfer t
            LEFT JOIN "order" o ON o.id = t.order_id
            WHERE t.kind = 'refund' AND (o.id IS NULL OR o.status <> 'refunded')"#,
    },
    Check {
        invariant: "I10",
        subject: "order",
        detail: "its history has a step that is not legal",
        sql: "SELECT DISTINCT hex(h.order_id) AS id FROM order_history h WHERE NOT (legal)",
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
            WHERE l.order_id IS NULL OR l.total <> o.total OR l.odd > 0"#,
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

/// Names every order, and every transfer that pays or refunds one, that breaks
/// I4, I5, I10 or I11 in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    let legal = format!("({})", legal());
    let mut breaches = Vec::new();
    for check in &CHECKS {
        let sql = check.sql.replace("(legal)", &legal);
        breaches.extend(check.find(tx, &sql).await?);
    }
    Ok(breaches)
}

/// True for a row `h` of the history that is a legal step.
fn legal() -> String {
    let placed = "COALESCE(h.from_status, '') = '' AND h.to_status = 'unpaid'".to_owned();
    let step = |(from, to): &(OrderStatus, OrderStatus)| {
        let (from, to) = (from.to_value(), to.to_value());
        format!("COALESCE(h.from_status, '') = '{from}' AND h.to_status = '{to}'")
    };
    std::iter::once(placed)
        .chain(LEGAL.iter().map(step))
        .collect::<Vec<_>>()
        .join(" OR ")
}
