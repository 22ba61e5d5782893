//! What statements the shop sends.

use std::cell::RefCell;
use std::sync::Arc;

use sea_orm::Statement;
use sea_orm::sea_query::Values;
use stampede_persistence::Database;

tokio::task_local! {
    static SENT: RefCell<Vec<Sent>>;
}

/// A statement with its values.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) sql: Arc<str>,
    pub(crate) values: Values,
}

impl Sent {
    fn of(statement: &Statement) -> Self {
        Self {
            sql: statement.sql.as_str().into(),
            values: statement.values.clone().unwrap_or(Values(Vec::new())),
        }
    }

    pub(crate) fn reads(&self) -> bool {
        self.sql.starts_with("SELECT")
    }

    /// The transaction of an order begins with its idempotency key.
    fn begins(&self) -> bool {
        self.sql.starts_with("INSERT") && self.sql.contains("idempotency")
    }
}

/// The statements of one placed and paid order.
#[derive(Debug, Clone)]
pub struct Purchase {
    pub(crate) parts: [Part; 2],
}

/// What is read before a transaction, and what the transaction sends.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) before: Vec<Sent>,
    pub(crate) inside: Vec<Sent>,
}

impl Purchase {
    pub(crate) fn of(placing: Vec<Sent>, paying: Vec<Sent>) -> Self {
        Self {
            parts: [Part::of(placing), Part::of(paying)],
        }
    }
}

impl Part {
    fn of(mut sent: Vec<Sent>) -> Self {
        let begin = sent.iter().position(Sent::begins).unwrap_or_default();
        let inside = sent.split_off(begin);
        Self {
            before: sent,
            inside,
        }
    }
}

/// Has every statement of `db` noted by the task that sends it.
pub(crate) fn listen(db: &mut Database) {
    db.observe(|statement| {
        let note = |sent: &RefCell<Vec<Sent>>| sent.borrow_mut().push(Sent::of(statement));
        // What nobody records is sent by somebody else's task.
        let _ = SENT.try_with(note);
    });
}

/// Runs `work` and says what it sent.
pub(crate) async fn recorded<T>(work: impl Future<Output = T>) -> (T, Vec<Sent>) {
    let both = async {
        let done = work.await;
        (done, SENT.with(RefCell::take))
    };
    SENT.scope(RefCell::default(), both).await
}
