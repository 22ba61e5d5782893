//! Unpaid orders cancelled per second when many are overdue at once, in an
//! empty database.
//!
//! `expiring NAME URL`
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use stampede_bench::{Failure, Shop};
use stampede_kernel::{ManualClock, Timestamp};

/// Who orders at once.
const BUYERS: usize = 40;
/// What each leaves unpaid; 200 are allowed.
const TURNS: usize = 100;
const NOW: Timestamp = Timestamp(1_795_336_200_000);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [name, url] = arguments.as_slice() else {
        return Err("expiring NAME URL".into());
    };
    let clock = Arc::new(ManualClock::at(NOW));
    let (shop, buyers) = Shop::open(url, clock.clone(), BUYERS).await?;
    let all = buyers.into_iter().map(async |buyer| {
        for turn in 0..TURNS {
            shop.place(buyer, turn).await?;
        }
        Ok::<_, Failure>(())
    });
    try_join_all(all).await?;
    clock.advance(Duration::from_hours(1));
    let started = Instant::now();
    let cancelled = shop.expire().await?;
    let rate = f64::from(u32::try_from(cancelled)?) / started.elapsed().as_secs_f64();
    let breaches = shop.breaches().await?;
    println!(
        "expiry, {name:<9} {cancelled} orders at {rate:5.0}/s   (target 2000)   {breaches} breaches"
    );
    Ok(())
}
