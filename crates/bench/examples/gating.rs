//! En: claims per second that a gate takes and settles, n in a call; one call at
//! a time, as a gateway asks.
//!
//! `gating memory`, or `gating redis://…`
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use stampede_bench::Failure;
use stampede_kernel::{Clock, OrderId, SaleId, SystemClock, UserId};
use stampede_seckill::{
    Admission, Batch, BatchId, Chunk, Claim, Epoch, Fingerprint, Flip, Flipped, Gate, MemoryGate,
    RedisGate, Terms, TicketId, Verdict,
};
use uuid::Uuid;

/// Claims in a call.
const SIZES: [usize; 4] = [1, 16, 64, 256];
/// How long each size is measured.
const LONG: Duration = Duration::from_secs(2);
const EPOCH: Epoch = Epoch(1);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let place = std::env::args().nth(1).ok_or("gating memory|URL")?;
    let gate: Box<dyn Gate> = if place == "memory" {
        Box::new(MemoryGate::new(Arc::new(SystemClock)))
    } else {
        Box::new(RedisGate::at(&place)?)
    };
    let kind = place.split(':').next().unwrap_or(&place);
    for (sale, size) in (1..).map(SaleId).zip(SIZES) {
        open(gate.as_ref(), sale).await?;
        let (mut claims, started) = (0_u32, Instant::now());
        while started.elapsed() < LONG {
            serve(gate.as_ref(), sale, i64::from(claims), size).await?;
            claims += u32::try_from(size)?;
        }
        let rate = f64::from(claims) / started.elapsed().as_secs_f64();
        println!("E({size}), {kind:<9} {rate:7.0} claims/s");
    }
    Ok(())
}

/// A sale with more units than anybody takes.
async fn open(gate: &dyn Gate, sale: SaleId) -> Result<(), Failure> {
    let run_id = gate.run_id(sale).await?;
    gate.load(sale, EPOCH, Chunk::Left(i64::from(u32::MAX)))
        .await?;
    let now = SystemClock.now();
    let flip = Flip {
        epoch: EPOCH,
        run_id,
        buyers: 0,
        tickets: 0,
        terms: Terms {
            admission: Admission::Open,
            starts_at: now.minus(LONG),
            ends_at: now.plus(Duration::from_hours(1)),
            limit: 1,
        },
    };
    match gate.flip(sale, &flip).await? {
        Flipped::Done(_) => Ok(()),
        other => Err(format!("the gate does not open: {other:?}").into()),
    }
}

/// One batch of users whom the gate has not seen.
async fn serve(gate: &dyn Gate, sale: SaleId, first: i64, size: usize) -> Result<(), Failure> {
    let id = BatchId(Uuid::now_v7().into_bytes());
    let claims: Vec<_> = (first..).take(size).map(claim).collect();
    let batch = Batch {
        id,
        claims: &claims,
    };
    let taken = gate.take(sale, EPOCH, batch).await?;
    if taken.verdicts.iter().any(|one| *one != Verdict::Admitted) {
        return Err("somebody was not admitted".into());
    }
    let order = |claim: &Claim| (claim.ticket, Some(OrderId::new()));
    let orders: Vec<_> = claims.iter().map(order).collect();
    gate.done(sale, EPOCH, id, &orders).await?;
    Ok(())
}

fn claim(user: i64) -> Claim {
    Claim {
        ticket: TicketId(Uuid::new_v4().into_bytes()),
        user: UserId(user),
        units: 1,
        fingerprint: Fingerprint([7; 8]),
        address: None,
        delivery: None,
        config_version: 1,
    }
}
