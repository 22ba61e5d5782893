//! What holds when many ask at once. `STAMPEDE_RACE_ROUNDS` says how often; the
//! audits run after every round.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::idempotency::IdempotencyError;

use crate::shop::*;

mod endings;
mod keys;
mod promotions;
mod shelf;

/// One of several who want different things: whether they got theirs.
type Racer = Pin<Box<dyn Future<Output = bool> + Send>>;

/// A client that asks again while the shop has no connection free or is still at it.
async fn patient<T, F>(mut ask: impl FnMut() -> F) -> Result<T, OrderError>
where
    F: Future<Output = Result<T, OrderError>>,
{
    loop {
        match ask().await {
            Err(
                OrderError::Database(DbErr::ConnectionAcquire(_))
                | OrderError::Idempotency(IdempotencyError::InFlight),
            ) => tokio::time::sleep(Duration::from_millis(20)).await,
            answer => return answer,
        }
    }
}

async fn place(
    orders: DbOrders,
    order: NewOrder,
    key: String,
) -> Result<Replayable<Order>, OrderError> {
    patient(|| orders.place(order.clone(), place_key(&order, &key))).await
}

async fn pay(
    orders: DbOrders,
    buyer: Buyer,
    id: OrderId,
    key: String,
) -> Result<Replayable<Receipt>, OrderError> {
    patient(|| {
        let (payment, key) = payment(buyer, id, &key);
        orders.pay(payment, key)
    })
    .await
}

/// How many of the answers are as `is` says.
fn count<T>(answers: &[T], is: impl Fn(&T) -> bool) -> usize {
    answers.iter().filter(|answer| is(answer)).count()
}
