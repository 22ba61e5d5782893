//! Jobs run once per success, are retried, and are parked in the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, ManualClock, Timestamp};
use stampede_persistence::job::{self, JobError, Payload, Worker, Workers};
use stampede_test_support::TestDb;

#[derive(Serialize, Deserialize)]
struct Ring {
    times: u32,
}

impl Payload for Ring {
    const KIND: &'static str = "test.ring";
}

#[derive(Default)]
struct Bell(AtomicUsize);

#[async_trait]
impl Worker for Bell {
    fn kind(&self) -> &'static str {
        Ring::KIND
    }

    async fn run(&self, _: &str) -> Result<(), JobError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn a_job_of_a_rolled_back_transaction_never_runs() {
    let shop = TestDb::open().await;
    let clock = Arc::new(ManualClock::at(Timestamp(1_000)));
    let bell = Arc::new(Bell::default());
    let workers = Workers::new(shop.db.clone(), clock.clone(), vec![bell.clone()]);

    let tx = shop.db.begin_write().await.unwrap();
    job::push(&tx, &Ring { times: 1 }, clock.now())
        .await
        .unwrap();
    drop(tx);
    let tx = shop.db.begin_write().await.unwrap();
    job::push(&tx, &Ring { times: 1 }, clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    assert_eq!(workers.run_due().await.unwrap(), 1);
    assert_eq!(workers.run_due().await.unwrap(), 0);
    assert_eq!(bell.0.load(Ordering::SeqCst), 1);
}
