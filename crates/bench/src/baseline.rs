//! Baselines: usual ways to sell, with one transaction per order.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use stampede_persistence::Database;

use crate::Failure;
use crate::record::{Batch, Sent};

/// The way in which a baseline prevents overselling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// A counter in the database, decremented by a conditional UPDATE.
    Counter,
    /// A row per unit; each transaction takes one that is not locked.
    Rows,
}

impl Baseline {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "one conditional UPDATE per order",
            Self::Rows => "one row per unit, SKIP LOCKED",
        }
    }

    /// Creates the table with `units` units.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn stock(self, db: &Database, units: usize) -> Result<(), Failure> {
        let tx = db.begin_write().await?;
        if self == Self::Counter {
            tx.execute_unprepared("CREATE TABLE counter (id BIGINT PRIMARY KEY, units BIGINT)")
                .await?;
            let insert = format!("INSERT INTO counter VALUES (1, {units})");
            tx.execute_unprepared(&insert).await?;
        } else {
            tx.execute_unprepared("CREATE TABLE unit (id BIGINT PRIMARY KEY)")
                .await?;
            let rows: Vec<_> = (1..=units).map(|id| format!("({id})")).collect();
            for rows in rows.chunks(1_000) {
                let insert = format!("INSERT INTO unit VALUES {}", rows.join(", "));
                tx.execute_unprepared(&insert).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Sells one unit: the statements of `batch`, which has one order, without
    /// those on tables of the sale.
    ///
    /// # Errors
    ///
    /// When the database fails or no unit is left.
    pub async fn sell(self, db: &Database, batch: &Batch) -> Result<(), Failure> {
        let tx = db.begin_write().await?;
        if !self.take(&tx).await? {
            return Err("sold out".into());
        }
        for sent in batch.sent.iter().filter(|sent| sent.orders()) {
            let statement = statement(&tx, sent);
            if sent.reads() {
                tx.query_all_raw(statement).await?;
            } else {
                tx.execute_raw(statement).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    async fn take(self, tx: &DatabaseTransaction) -> Result<bool, Failure> {
        let run = |sql: String| Statement::from_string(tx.get_database_backend(), sql);
        if self == Self::Counter {
            let down = "UPDATE counter SET units = units - 1 WHERE id = 1 AND units >= 1";
            return Ok(tx.execute_raw(run(down.into())).await?.rows_affected() == 1);
        }
        let free = "SELECT id FROM unit LIMIT 1 FOR UPDATE SKIP LOCKED";
        let Some(row) = tx.query_one_raw(run(free.into())).await? else {
            return Ok(false);
        };
        let id: i64 = row.try_get("", "id")?;
        let take = format!("DELETE FROM unit WHERE id = {id}");
        Ok(tx.execute_raw(run(take)).await?.rows_affected() == 1)
    }
}

fn statement(tx: &DatabaseTransaction, sent: &Sent) -> Statement {
    Statement::from_sql_and_values(
        tx.get_database_backend(),
        sent.sql.as_ref(),
        sent.values.clone(),
    )
}
