//! The events of a sale's live view.

use std::collections::BTreeMap;

use serde::Serialize;
use stampede_seckill::{ClaimResult, Consistency, SaleSnapshot};
use utoipa::ToSchema;

/// A server-sent event of the live view.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
pub struct LiveEvent {
    /// Type of the event: `second`.
    event: String,
    /// JSON: `claims` by result, `p50_us`, `p99_us`, `in_flight`, `stock_left`, `stock_taken`,
    /// `stock_total`, `epoch`, `books` and `server_time`.
    data: String,
}

/// An event of the live view: one second of a flash sale, as this process has answered it.
#[derive(Debug, Serialize)]
pub struct LiveBody {
    /// Claims of the last second by result.
    claims: BTreeMap<&'static str, u64>,
    /// Median latency of claims, in microseconds.
    p50_us: u64,
    /// 99th percentile of the latency of claims, in microseconds.
    p99_us: u64,
    /// Claims that wait for an answer.
    in_flight: usize,
    /// Units that can still be claimed.
    stock_left: i64,
    /// Units taken.
    stock_taken: i64,
    /// Units for sale.
    stock_total: i64,
    /// Epoch of the gate.
    epoch: i64,
    /// `exact` when the counts of gate and database agree, `broken` when they do not, `unknown`
    /// while too much is in flight to tell.
    books: &'static str,
    /// The server's time: RFC 3339, UTC.
    server_time: String,
}

impl LiveBody {
    /// The claims since the event `before`, beside the present state.
    pub fn since(before: Option<&SaleSnapshot>, live: &SaleSnapshot) -> Self {
        let earlier = |result: ClaimResult| {
            let counted = before.and_then(|before| {
                let counts = before.results.iter();
                counts.clone().find(|(one, _)| *one == result)
            });
            counted.map_or(0, |(_, count)| *count)
        };
        let claims = live.results.iter().map(|(result, count)| {
            let new = before.map_or(0, |_| count.saturating_sub(earlier(*result)));
            (result.name(), new)
        });
        Self {
            claims: claims.collect(),
            p50_us: live.latency.p50_us,
            p99_us: live.latency.p99_us,
            in_flight: live.waiting,
            stock_left: live.left,
            stock_taken: live.taken,
            stock_total: live.total,
            epoch: live.epoch,
            books: match live.consistency {
                Consistency::Exact => "exact",
                Consistency::Broken => "broken",
                Consistency::Unknown => "unknown",
            },
            server_time: live.now.to_rfc3339(),
        }
    }
}
