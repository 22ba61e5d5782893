//! The audit of users, sessions, proofs and addresses: each check reads its tables
//! once.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The invariants of users.
pub const AUDIT: Audit = Audit {
    tables: &["user", "session", "email_proof", "address"],
    checks: &CHECKS,
};

/// User 0 asks for the proofs of addresses that nobody has proven.
const CHECKS: [Check; 11] = [
    Check {
        invariant: "I12",
        subject: "user",
        detail: "two e-mail proofs of one purpose are open",
        sql: "SELECT DISTINCT text(o.user_id) AS id FROM (
                SELECT e.user_id FROM email_proof e
                WHERE e.spent_at IS NULL AND e.user_id <> 0
                GROUP BY e.user_id, e.purpose HAVING COUNT(*) > 1) o",
    },
    Check {
        invariant: "I12",
        subject: "proof",
        detail: "it changes the password to none, or is of another purpose and has one",
        sql: "SELECT hex(e.id) AS id FROM email_proof e
            WHERE (e.purpose = 'password') <> (e.password_hash IS NOT NULL)",
    },
    Check {
        invariant: "I12",
        subject: "e-mail address",
        detail: "two users have proven it",
        sql: r#"SELECT u.verified_email AS id FROM "user" u WHERE u.verified_email IS NOT NULL
            GROUP BY u.verified_email HAVING COUNT(*) > 1"#,
    },
    Check {
        invariant: "I12",
        subject: "user",
        detail: "the proven address is not the bound one",
        sql: r#"SELECT text(u.id) AS id FROM "user" u
            WHERE u.verified_email IS NOT NULL AND u.verified_email <> COALESCE(u.email, '')"#,
    },
    Check {
        invariant: "I11",
        subject: "user",
        detail: "the name is another user's too",
        sql: r#"SELECT text(n.id) AS id FROM (
                SELECT MIN(u.id) AS id FROM "user" u
                GROUP BY u.name_key HAVING COUNT(*) > 1) n"#,
    },
    Check {
        invariant: "I11",
        subject: "user",
        detail: "the picture does not exist",
        sql: r#"SELECT text(u.id) AS id FROM "user" u LEFT JOIN image i ON i.id = u.avatar_id
            WHERE u.avatar_id IS NOT NULL AND i.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "user",
        detail: "there is a wallet, and no such user",
        sql: r#"SELECT text(w.user_id) AS id FROM wallet w
            LEFT JOIN "user" u ON u.id = w.user_id WHERE u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "session",
        detail: "its user does not exist",
        sql: r#"SELECT hex(s.id) AS id FROM session s
            LEFT JOIN "user" u ON u.id = s.user_id WHERE u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "proof",
        detail: "its user does not exist",
        sql: r#"SELECT hex(e.id) AS id FROM email_proof e
            LEFT JOIN "user" u ON u.id = e.user_id WHERE u.id IS NULL AND e.user_id <> 0"#,
    },
    Check {
        invariant: "I11",
        subject: "address",
        detail: "its user does not exist",
        sql: r#"SELECT text(a.id) AS id FROM address a
            LEFT JOIN "user" u ON u.id = a.user_id WHERE u.id IS NULL"#,
    },
    Check {
        invariant: "I11",
        subject: "user",
        detail: "not exactly one of the kept addresses is the default, or a deleted one is",
        sql: "SELECT text(a.user_id) AS id FROM address a GROUP BY a.user_id
            HAVING SUM(CASE WHEN a.is_default AND a.deleted_at IS NOT NULL THEN 1 ELSE 0 END) > 0
            OR SUM(CASE WHEN a.is_default AND a.deleted_at IS NULL THEN 1 ELSE 0 END)
                <> MAX(CASE WHEN a.deleted_at IS NULL THEN 1 ELSE 0 END)",
    },
];

/// Lists the users, proofs, sessions and addresses that break I11 or I12 in the
/// snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
