//! The audit of all money: each check reads its tables once.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The invariants of all money.
pub const AUDIT: Audit = Audit {
    tables: &["wallet", "transfer", "entry", "payment"],
    checks: &CHECKS,
};

/// I5 is checked here by half: that a payment and a refund move the amounts that they
/// state.
const CHECKS: [Check; 16] = [
    Check {
        invariant: "I1",
        subject: "transfer",
        detail: "its entries do not sum to 0",
        sql: "SELECT hex(e.transfer_id) AS id FROM entry e
            GROUP BY e.transfer_id HAVING SUM(e.amount) <> 0",
    },
    Check {
        invariant: "I1",
        subject: "ledger",
        detail: "all entries together do not sum to 0",
        sql: "SELECT 'as a whole' AS id
            FROM (SELECT SUM(amount) AS total FROM entry) s WHERE s.total <> 0",
    },
    Check {
        invariant: "I1",
        subject: "transfer",
        detail: "it has fewer than two entries",
        sql: "SELECT hex(t.id) AS id FROM transfer t
            LEFT JOIN (SELECT transfer_id, COUNT(*) AS sides FROM entry GROUP BY transfer_id) e
                ON e.transfer_id = t.id
            WHERE COALESCE(e.sides, 0) < 2",
    },
    Check {
        invariant: "I1",
        subject: "transfer",
        detail: "it has entries, and does not exist",
        sql: "SELECT DISTINCT hex(e.transfer_id) AS id FROM entry e
            LEFT JOIN transfer t ON t.id = e.transfer_id WHERE t.id IS NULL",
    },
    Check {
        invariant: "I2",
        subject: "wallet",
        detail: "its balance is below 0, or not the sum of its entries",
        sql: "SELECT text(w.user_id) AS id FROM wallet w
            LEFT JOIN (SELECT account_id, SUM(amount) AS total FROM entry
                WHERE account_id > 0 GROUP BY account_id) e ON e.account_id = w.user_id
            WHERE w.balance < 0 OR w.balance <> COALESCE(e.total, 0)",
    },
    Check {
        invariant: "I2",
        subject: "wallet",
        detail: "an entry's balance is not the one before and its amount",
        sql: "SELECT DISTINCT text(s.account_id) AS id FROM (
                SELECT account_id, amount, balance_after,
                    LAG(balance_after) OVER (PARTITION BY account_id ORDER BY id) AS prior
                FROM entry WHERE account_id > 0) s
            WHERE s.balance_after IS NULL OR s.balance_after <> COALESCE(s.prior, 0) + s.amount",
    },
    Check {
        invariant: "I2",
        subject: "wallet",
        detail: "its last entry's balance is not its own",
        sql: "SELECT text(w.user_id) AS id FROM wallet w
            JOIN (SELECT account_id, MAX(id) AS latest FROM entry
                WHERE account_id > 0 GROUP BY account_id) l ON l.account_id = w.user_id
            JOIN entry e ON e.id = l.latest
            WHERE e.balance_after IS NULL OR e.balance_after <> w.balance",
    },
    Check {
        invariant: "I3",
        subject: "ledger",
        detail: "the wallets together do not hold what the shop's own accounts gave",
        sql: "SELECT 'as a whole' AS id
            FROM (SELECT COALESCE(SUM(balance), 0) AS held FROM wallet) w
            CROSS JOIN (SELECT COALESCE(SUM(amount), 0) AS kept FROM entry
                WHERE account_id < 0) s
            WHERE w.held + s.kept <> 0",
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "its payment's transfer did not move its amount from the payer to the shop",
        sql: "SELECT hex(p.order_id) AS id FROM payment p
            LEFT JOIN transfer t
                ON t.id = p.transfer_id AND t.order_id = p.order_id AND t.kind = 'payment'
            LEFT JOIN entry o
                ON o.transfer_id = t.id AND o.account_id = p.user_id AND o.amount = -p.amount
            LEFT JOIN entry i
                ON i.transfer_id = t.id AND i.account_id = -1 AND i.amount = p.amount
            WHERE o.id IS NULL OR i.id IS NULL",
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
        subject: "transfer",
        detail: "it does not give an order's payment back from the shop to the payer",
        sql: "SELECT hex(t.id) AS id FROM transfer t
            LEFT JOIN payment p ON p.order_id = t.order_id
            LEFT JOIN entry o
                ON o.transfer_id = t.id AND o.account_id = -1 AND o.amount = -p.amount
            LEFT JOIN entry i
                ON i.transfer_id = t.id AND i.account_id = p.user_id AND i.amount = p.amount
            WHERE t.kind = 'refund' AND (o.id IS NULL OR i.id IS NULL)",
    },
    Check {
        invariant: "I5",
        subject: "order",
        detail: "it was refunded more than once",
        sql: "SELECT hex(t.order_id) AS id FROM transfer t
            WHERE t.kind = 'refund' AND t.order_id IS NOT NULL
            GROUP BY t.order_id HAVING COUNT(*) > 1",
    },
    // `{"id":"` stands before the id of a transfer.
    Check {
        invariant: "I6",
        subject: "answer",
        detail: "it is a top-up that its key's request did not make",
        sql: r#"SELECT CONCAT('to ', i."key", ' of user ', i.user_id) AS id
            FROM (SELECT user_id, "key", scope, SUBSTR(answer, 8, 36) AS transfer_id
                FROM idempotency
                WHERE scope LIKE 'POST /admin/user/%/top_up' AND answer IS NOT NULL) i
            LEFT JOIN transfer t ON same(t.id, i.transfer_id) AND t.kind = 'top_up'
            LEFT JOIN entry e ON e.transfer_id = t.id AND e.account_id > 0
                AND i.scope = CONCAT('POST /admin/user/', e.account_id, '/top_up')
            WHERE e.id IS NULL"#,
    },
    Check {
        invariant: "I6",
        subject: "transfer",
        detail: "two keys have it as their answer",
        sql: "SELECT i.transfer_id AS id FROM (
                SELECT SUBSTR(answer, 8, 36) AS transfer_id FROM idempotency
                WHERE scope LIKE 'POST /admin/user/%/top_up' AND answer IS NOT NULL) i
            GROUP BY i.transfer_id HAVING COUNT(*) > 1",
    },
    Check {
        invariant: "I11",
        subject: "account",
        detail: "it has entries, and is neither a wallet nor the shop's",
        sql: "SELECT DISTINCT text(e.account_id) AS id FROM entry e
            LEFT JOIN wallet w ON w.user_id = e.account_id
            WHERE w.user_id IS NULL AND e.account_id NOT IN (-1, -2, -3)",
    },
    Check {
        invariant: "I11",
        subject: "user",
        detail: "there is no wallet",
        sql: r#"SELECT text(u.id) AS id FROM "user" u
            LEFT JOIN wallet w ON w.user_id = u.id WHERE w.user_id IS NULL"#,
    },
];

/// Lists the transfers, wallets, accounts and payments that break I1, I2, I3, I5 or I11
/// in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
