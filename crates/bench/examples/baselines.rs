//! Orders per second of a sale in process, and of what others do on the same
//! database: a transaction for each order. Both databases must be empty.
//!
//! `baselines NAME URL URL`
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use stampede_bench::{Baseline, Batch, Failure, SaleBench};
use stampede_persistence::{Database, Pool};

/// Who buys at once.
const CLIENTS: usize = 256;
/// Orders of each way.
const ORDERS: usize = 4_096;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [name, ours, theirs] = arguments.as_slice() else {
        return Err("baselines NAME URL URL".into());
    };
    let ways: &[Baseline] = match name.as_str() {
        // It has no lock that could be skipped.
        "sqlite" => &[Baseline::Counter],
        _ => &[Baseline::Counter, Baseline::Rows],
    };
    let crowd = (ways.len() + 2) * ORDERS;
    let mut sale_bench = SaleBench::open(ours, crowd).await?;
    let sale = selling(&mut sale_bench).await?;
    println!("the sale, {name:<9} {sale:6.0} orders/s");
    let _twin = SaleBench::open(theirs, crowd).await?;
    let db = Database::connect(theirs, Pool::default()).await?;
    for way in ways {
        let mut orders = Vec::with_capacity(ORDERS);
        for _ in 0..ORDERS {
            orders.push(sale_bench.record(1).await?);
        }
        way.stock(&db, ORDERS).await?;
        let rate = one_by_one(&db, *way, orders).await?;
        let times = sale / rate;
        println!(
            "{:<34} {name:<9} {rate:6.0} orders/s   the sale x{times:.1}",
            way.name()
        );
    }
    println!("audit, {name:<9} {} breaches", sale_bench.breaches().await?);
    Ok(())
}

/// The sale's own way; the first round warms up.
async fn selling(sale_bench: &mut SaleBench) -> Result<f64, Failure> {
    sale_bench.claim(CLIENTS).await?;
    let mut took = Duration::ZERO;
    for _ in 0..ORDERS / CLIENTS {
        took += sale_bench.claim(CLIENTS).await?;
    }
    Ok(rate(took))
}

/// Every client sells one unit after the other.
async fn one_by_one(db: &Database, way: Baseline, orders: Vec<Batch>) -> Result<f64, Failure> {
    let orders = Arc::new(Mutex::new(orders));
    let next = || orders.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let started = Instant::now();
    let clients = (0..CLIENTS).map(async |_| {
        while let Some(order) = next() {
            way.sell(db, &order).await?;
        }
        Ok::<_, Failure>(())
    });
    try_join_all(clients).await?;
    Ok(rate(started.elapsed()))
}

fn rate(took: Duration) -> f64 {
    f64::from(u32::try_from(ORDERS).unwrap_or(u32::MAX)) / took.as_secs_f64()
}
