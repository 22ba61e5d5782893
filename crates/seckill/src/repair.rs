//! Reloading every gate at an operator's command. No number is edited: the gate is
//! loaded from the database, which is right.

use stampede_kernel::{SaleId, Timestamp};
use stampede_persistence::Database;

use crate::gate::{Epoch, Flipped, Gate};
use crate::load;
use crate::sale::{SaleError, store};

/// Begins the next epoch of every sale that is not over, and loads it if the gate
/// can be reached from here. A process whose gate is in its memory is fenced at its
/// next commit, and loads the gate then. Returns the sales, each with whether its
/// gate was loaded here.
///
/// # Errors
///
/// When the database cannot be read or written; earlier sales are at their next epoch then.
pub async fn repair(
    db: &Database,
    gate: Option<&dyn Gate>,
    now: Timestamp,
) -> Result<Vec<(SaleId, bool)>, SaleError> {
    let mut repaired = Vec::new();
    for sale in store::running(db.reader(), Timestamp(i64::MAX)).await? {
        let Some(stock) = store::stock(db.reader(), sale).await? else {
            continue;
        };
        let (seen, next) = (Epoch(stock.epoch), Epoch(stock.epoch + 1));
        if !load::begin(db, sale, (seen, next), now).await? {
            continue;
        }
        let loaded = match gate {
            Some(gate) => reload(db, gate, (sale, next)).await,
            None => false,
        };
        repaired.push((sale, loaded));
    }
    Ok(repaired)
}

/// A sale that was not loaded here is loaded by the first process that is fenced.
async fn reload(db: &Database, gate: &dyn Gate, (sale, epoch): (SaleId, Epoch)) -> bool {
    let Ok(run_id) = gate.run_id(sale).await else {
        return false;
    };
    let flipped = load::load(db, gate, (sale, epoch), run_id).await;
    matches!(flipped, Ok(Some(Flipped::Done(_))))
}
