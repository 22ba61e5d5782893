//! The audits that admins ask for: one row for all gateways.

use sea_orm::entity::prelude::*;
use stampede_kernel::Timestamp;

/// The audit that runs, and the result of the last one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_run")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// How many audits began; the fencing token of the last one.
    pub runs: i64,
    /// The lease of the process that audits; null when none does.
    pub leased_until: Option<Timestamp>,
    /// When the last audit began.
    pub started_at: Option<Timestamp>,
    /// When the last audit that ended did so.
    pub finished_at: Option<Timestamp>,
    /// Whether that one found nothing; null when it could not check.
    pub clean: Option<bool>,
    /// What it found, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    /// Why it could not check.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
