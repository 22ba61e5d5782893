//! D(B): rows per second of the transaction of a batch of a sale, sent raw on one
//! database, and what the sale makes of it on another, in turns. Both must be empty.
//!
//! `committing NAME URL URL`
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::time::{Duration, Instant};

use stampede_bench::{Failure, Raw, SaleBench};

/// Claims in a batch.
const SIZES: [usize; 3] = [64, 256, 512];
/// Batches of each size and side; the first warm up and do not count.
const ROUNDS: usize = 33;
const WARM_UP: usize = 3;

// One thread: whoever claims at once is in one batch.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [name, ours, theirs] = arguments.as_slice() else {
        return Err("committing NAME URL URL".into());
    };
    // Of every two batches one is timed and one is recorded, for that takes time.
    let crowd = SIZES.iter().sum::<usize>() * ROUNDS * 2;
    let mut sale_bench = SaleBench::open(ours, crowd).await?;
    let twin = SaleBench::open(theirs, crowd).await?;
    let raw = Raw::open(theirs).await?;
    for size in SIZES {
        let (mut by_sale, mut by_raw) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            by_sale.push(sale_bench.claim(size).await?);
            let batch = sale_bench.record(size).await?;
            let started = Instant::now();
            raw.commit(batch).await?;
            by_raw.push(started.elapsed());
        }
        let (sale, raw) = (median(by_sale), median(by_raw));
        let (d, claims) = (rate(size, raw), rate(size, sale));
        let ratio = claims / d;
        println!(
            "D({size}), {name:<9} {d:7.0}/s in {:5.2} ms raw   {claims:7.0}/s in {:5.2} ms by the sale   {ratio:.2}",
            millis(raw),
            millis(sale),
        );
    }
    let breaches = sale_bench.breaches().await? + twin.breaches().await?;
    println!("audit, {name:<9} {breaches} breaches");
    Ok(())
}

fn median(mut rounds: Vec<Duration>) -> Duration {
    rounds.drain(..WARM_UP);
    rounds.sort_unstable();
    rounds[rounds.len() / 2]
}

fn rate(size: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(size).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}
