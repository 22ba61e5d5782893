//! Recording of the statements that the shop sends.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sea_orm::Statement;
use sea_orm::sea_query::Values;
use stampede_persistence::Database;

tokio::task_local! {
    static SENT: RefCell<Vec<Sent>>;
}

/// Statements of all tasks, while [`record_all`] runs: a batch of a sale is sent by
/// the task of its queue.
static RECORDED_BY_ALL: Mutex<Option<Vec<Sent>>> = Mutex::new(None);

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

    /// Whether the statement is on no table of the sale.
    pub(crate) fn orders(&self) -> bool {
        let of_the_sale = ["ticket", "sale_buyer", "sale_stock"];
        !of_the_sale.iter().any(|name| self.sql.contains(name))
    }

    /// Whether the statement begins the transaction of an order: the insert of
    /// its idempotency key.
    fn begins(&self) -> bool {
        self.sql.starts_with("INSERT") && self.sql.contains("idempotency")
    }
}

/// The statements of one placed and paid order.
#[derive(Debug)]
pub struct Purchase {
    pub(crate) parts: [Part; 2],
}

/// The statements before a transaction, and those inside of it.
#[derive(Debug)]
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

/// The transaction of one batch of a sale.
#[derive(Debug)]
pub struct Batch {
    pub(crate) sent: Vec<Sent>,
}

impl Batch {
    /// `None` when `sent` is not exactly one transaction; each ends with the
    /// UPDATE of the sale's stock.
    pub(crate) fn of(sent: Vec<Sent>) -> Option<Self> {
        let last = |sent: &Sent| sent.sql.starts_with("UPDATE") && sent.sql.contains("sale_stock");
        let begin = sent.iter().position(|sent| sent.sql.contains("address"))?;
        let mut sent = sent;
        sent.drain(..begin);
        (sent.iter().filter(|sent| last(sent)).count() == 1).then_some(Self { sent })
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

/// Records every statement of `db` in the task that sends it.
pub(crate) fn observe(db: &mut Database) {
    db.observe(|statement| {
        let note = |sent: &RefCell<Vec<Sent>>| sent.borrow_mut().push(Sent::of(statement));
        // Statements outside of [`recorded`] go to the recording of all
        // tasks.
        if SENT.try_with(note).is_err()
            && let Some(recorded_by_all) = recorded_by_all().as_mut()
        {
            recorded_by_all.push(Sent::of(statement));
        }
    });
}

fn recorded_by_all() -> MutexGuard<'static, Option<Vec<Sent>>> {
    RECORDED_BY_ALL
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

/// Runs `work`, and returns the statements that all tasks sent meanwhile.
pub(crate) async fn record_all<T>(work: impl Future<Output = T>) -> (T, Vec<Sent>) {
    *recorded_by_all() = Some(Vec::new());
    let done = work.await;
    (done, recorded_by_all().take().unwrap_or_default())
}

/// Runs `work`, and returns the statements that it sent.
pub(crate) async fn recorded<T>(work: impl Future<Output = T>) -> (T, Vec<Sent>) {
    let both = async {
        let done = work.await;
        (done, SENT.with(RefCell::take))
    };
    SENT.scope(RefCell::default(), both).await
}
