//! The audit of webhooks.

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_persistence::audit::{Audit, Breach, Check};

/// The invariants of webhooks.
pub const AUDIT: Audit = Audit {
    tables: &["webhook", "webhook_delivery"],
    checks: &[
        Check {
            invariant: "I11",
            subject: "delivery",
            detail: "its webhook does not exist",
            sql: "SELECT text(d.id) AS id FROM webhook_delivery d
                LEFT JOIN webhook w ON w.id = d.webhook_id WHERE w.id IS NULL",
        },
        Check {
            invariant: "I11",
            subject: "delivery",
            detail: "it was delivered without a time, an attempt or an answer",
            sql: "SELECT text(d.id) AS id FROM webhook_delivery d WHERE d.status = 'delivered'
                AND (d.delivered_at IS NULL OR d.answer_status IS NULL OR d.attempts < 1)",
        },
    ],
};

/// Lists the deliveries that break I11 in the snapshot of `tx`.
///
/// # Errors
///
/// When the tables cannot be read.
pub async fn audit(tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
    AUDIT.breaches(tx).await
}
