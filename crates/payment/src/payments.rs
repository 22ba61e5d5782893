//! The payment service on the database: balances, statements and top-ups.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
};
use secrecy::SecretString;
use stampede_kernel::{
    Clock, Cursor, Money, OrderId, Page, PageSize, Timestamp, TransferId, UserId,
};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::{entry, transfer, wallet};
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::{Database, retrying};

use crate::model::between;
use crate::{
    Account, NewTransfer, PaymentError, PaymentService, Pins, TopUp, Transfer, TransferKind, post,
};

/// The name of the statement in its cursors; every query is restricted to the account.
const STATEMENT: &str = "statement";

/// The payment service on the database.
pub struct DbPayments {
    db: Database,
    clock: Arc<dyn Clock>,
    pins: Arc<dyn Pins>,
}

impl DbPayments {
    /// Creates the service; `pins` checks the payment PINs.
    pub fn new(db: Database, clock: Arc<dyn Clock>, pins: Arc<dyn Pins>) -> Self {
        Self { db, clock, pins }
    }

    async fn fill(
        &self,
        admin: UserId,
        top_up: &TopUp,
        key: Option<&Idempotency>,
    ) -> Result<(Transfer, bool), PaymentError> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        if let Some(key) = key
            && let Some(answer) = key.begin(&tx, now).await?
        {
            return Ok((answer, true));
        }
        let transfer = credit(&tx, admin, top_up, now).await?;
        audit_log::write(&tx, audit_entry(admin, top_up, &transfer), now).await?;
        if let Some(key) = key {
            key.finish(&tx, &transfer).await?;
        }
        tx.commit().await?;
        Ok((transfer, false))
    }
}

impl std::fmt::Debug for DbPayments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbPayments").finish_non_exhaustive()
    }
}

#[async_trait]
impl PaymentService for DbPayments {
    async fn balance(&self, user: UserId, pin: &SecretString) -> Result<Money, PaymentError> {
        self.pins.check(user, pin).await?;
        let wallet = wallet::Entity::find_by_id(user)
            .one(self.db.reader())
            .await?;
        wallet
            .map(|wallet| wallet.balance)
            .ok_or(PaymentError::NotFound)
    }

    async fn statement(
        &self,
        user: UserId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Transfer>, PaymentError> {
        let after = cursor
            .map(|cursor| cursor.place::<i64>(STATEMENT))
            .transpose()?;
        let mut query = statement_rows(user);
        if let Some(after) = after {
            query = query.filter(entry::Column::Id.lt(after));
        }
        let lines = query
            .limit(size.get() + 1)
            .into_model::<StatementRow>()
            .all(self.db.reader())
            .await?;
        Ok(Page::cut(lines, size, STATEMENT, |line| line.place).map(Transfer::from))
    }

    async fn top_up(
        &self,
        admin: UserId,
        top_up: TopUp,
        key: Option<Idempotency>,
    ) -> Result<(Transfer, bool), PaymentError> {
        top_up.check()?;
        retrying(|| self.fill(admin, &top_up, key.as_ref())).await
    }
}

async fn credit(
    tx: &DatabaseTransaction,
    admin: UserId,
    top_up: &TopUp,
    now: Timestamp,
) -> Result<Transfer, PaymentError> {
    let transfer = NewTransfer {
        reason: Some(top_up.reason.clone()),
        actor: Some(admin),
        ..NewTransfer::plain(TransferKind::TopUp)
    };
    let postings = between(Account::TopUp, Account::User(top_up.user), top_up.amount);
    let posted = post(tx, transfer, &postings, now).await?;
    Ok(posted.seen_by(top_up.user)?)
}

fn audit_entry(admin: UserId, top_up: &TopUp, transfer: &Transfer) -> AuditEntry {
    let detail = serde_json::json!({
        "amount": top_up.amount,
        "reason": top_up.reason,
        "transfer": transfer.id,
    });
    AuditEntry {
        actor: Some(admin),
        action: "user.top_up",
        target: format!("user:{}", top_up.user),
        detail: detail.to_string(),
    }
}

/// A row of a statement: an entry with its transfer.
#[derive(Debug, FromQueryResult)]
struct StatementRow {
    place: i64,
    id: TransferId,
    kind: String,
    amount: Money,
    balance_after: Money,
    order_id: Option<OrderId>,
    created_at: Timestamp,
}

impl From<StatementRow> for Transfer {
    fn from(line: StatementRow) -> Self {
        Self {
            id: line.id,
            kind: line.kind,
            amount: line.amount,
            balance_after: line.balance_after,
            order_id: line.order_id,
            created_at: line.created_at,
        }
    }
}

/// Selects the rows of `user`'s statement, newest first. A wallet's entries are written
/// under its lock, so that their ids are in the order of their commits.
fn statement_rows(user: UserId) -> sea_orm::Select<entry::Entity> {
    let transfer = entry::Entity::belongs_to(transfer::Entity)
        .from(entry::Column::TransferId)
        .to(transfer::Column::Id)
        .into();
    entry::Entity::find()
        .select_only()
        .column_as(entry::Column::Id, "place")
        .columns([
            entry::Column::Amount,
            entry::Column::BalanceAfter,
            entry::Column::CreatedAt,
        ])
        .columns([
            transfer::Column::Id,
            transfer::Column::Kind,
            transfer::Column::OrderId,
        ])
        .join(JoinType::InnerJoin, transfer)
        .filter(entry::Column::AccountId.eq(user.0))
        .order_by_desc(entry::Column::Id)
}
