//! Orders placed and paid per second: by the shop on one database, and raw on
//! another, in turns. Both must be empty.
//!
//! `buying NAME URL URL`, such as `buying sqlite sqlite://a.db?mode=rwc sqlite://b.db?mode=rwc`
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use stampede_bench::{Failure, Purchase, Raw, Shop};
use stampede_kernel::SystemClock;

/// Who buys at once, each one thing after the other.
const BUYERS: usize = 16;
/// What each buys in a round.
const TURNS: usize = 25;
/// Rounds of each side; the first warms up and does not count.
const ROUNDS: usize = 9;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [name, ours, theirs] = arguments.as_slice() else {
        return Err("buying NAME URL URL".into());
    };
    let clock = Arc::new(SystemClock);
    let (shop, buyers) = Shop::open(ours, clock.clone(), BUYERS).await?;
    let (twin, _) = Shop::open(theirs, clock, BUYERS).await?;
    let (shop, raw) = (Arc::new(shop), Raw::open(theirs).await?);
    let (mut by_shop, mut by_raw) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let started = Instant::now();
        let tasks = buyers.iter().map(|buyer| {
            let (shop, buyer) = (Arc::clone(&shop), *buyer);
            spawn(async move {
                let mut bought = Vec::new();
                for turn in 0..TURNS {
                    bought.push(shop.buy(buyer, round * TURNS + turn).await?);
                }
                Ok(bought)
            })
        });
        let bought: Vec<Vec<Purchase>> = try_join_all(tasks).await?;
        by_shop.push(started.elapsed());
        let started = Instant::now();
        let tasks = bought.into_iter().map(|bought| {
            let raw = raw.clone();
            spawn(async move {
                for purchase in bought {
                    raw.buy(purchase).await?;
                }
                Ok(())
            })
        });
        try_join_all(tasks).await?;
        by_raw.push(started.elapsed());
    }
    let (by_shop, by_raw) = (rate(by_shop), rate(by_raw));
    let breaches = shop.breaches().await? + twin.breaches().await?;
    let ratio = by_shop / by_raw;
    println!(
        "place + pay, {name:<9} {by_shop:5.0}/s   raw {by_raw:5.0}/s   {ratio:.2}   (target 0.70)   {breaches} breaches"
    );
    Ok(())
}

async fn spawn<T: Send + 'static>(
    work: impl Future<Output = Result<T, Failure>> + Send + 'static,
) -> Result<T, Failure> {
    tokio::spawn(work).await?
}

/// Purchases per second in the median round.
fn rate(mut rounds: Vec<Duration>) -> f64 {
    rounds.remove(0);
    rounds.sort_unstable();
    let purchases = u32::try_from(BUYERS * TURNS).unwrap_or(u32::MAX);
    f64::from(purchases) / rounds[rounds.len() / 2].as_secs_f64()
}
