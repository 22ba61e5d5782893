//! The report of a rehearsal: the object that `--json` prints.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::answer::{Kind, Side};
use crate::fixtures::Fixtures;
use crate::numbers::per_second;
use crate::phases::PhasesReport;
use crate::record::{Latencies, Record};
use crate::settle::Settled;
use crate::verdict::Verdict;
use crate::visitors::PageRecord;
use crate::{AuditResult, Options, Target};

/// The report of a rehearsal.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether the sale was exact and the audit clean.
    pub clean: bool,
    /// The parameters of the rehearsal.
    pub(crate) rehearsal: RunSummary,
    /// First answers by kind.
    pub(crate) answers: BTreeMap<&'static str, u64>,
    /// Time from the opening to the last answer.
    pub(crate) took_ms: u64,
    /// First answers per second.
    pub(crate) answers_per_second: u64,
    /// From the opening to the answer of the last unit; absent when units are
    /// left, or the last was won only when asked again.
    pub(crate) sold_out_after_ms: Option<u64>,
    /// From the instant a claim was due to its answer.
    pub(crate) latency: Latency,
    /// The open sale pages; absent when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) visitors: Option<VisitorsReport>,
    /// Where the time of a batch went; absent when no gateway serves `/metrics`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) batches: Option<PhasesReport>,
    /// Claims that had no final answer at first.
    pub(crate) asked_again: usize,
    /// Spans of equal length since the opening.
    pub(crate) timeline: TimelineReport,
    /// The answers compared with the database.
    pub verdict: Verdict,
    /// The result of `stampede audit`.
    pub(crate) audit: Value,
    /// Unpaid orders that were cancelled afterwards.
    pub(crate) cancelled_orders: u64,
    #[serde(skip)]
    pub(super) audit_breaches: u64,
}

/// The parameters of a rehearsal.
#[derive(Debug, Serialize)]
pub(crate) struct RunSummary {
    pub(super) run: String,
    pub(super) sale_id: Option<i64>,
    pub(super) urls: Vec<String>,
    pub(super) own_shop: bool,
    pub(super) users: u32,
    pub(super) stock: u32,
    pub(super) limit: u32,
    pub(super) claims: usize,
    pub(super) rate: u32,
    pub(super) connections: usize,
    pub(super) prepared_ms: u64,
}

/// Latencies of accepted and of refused claims.
#[derive(Debug, Serialize)]
pub(crate) struct Latency {
    pub(super) accepted: Percentiles,
    pub(super) turned_away: Percentiles,
}

/// Percentiles of a latency, in microseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Percentiles {
    pub(super) count: u64,
    pub(super) p50_us: u64,
    pub(super) p90_us: u64,
    pub(super) p99_us: u64,
    pub(super) p999_us: u64,
    pub(super) max_us: u64,
}

/// The open sale pages: what they asked, beside the claims.
#[derive(Debug, Serialize)]
pub(crate) struct VisitorsReport {
    /// Number of open pages.
    pub(crate) pages: u32,
    /// Requests that failed: no answer, or one that is not 200.
    pub(crate) failed: u64,
    /// Latencies of the pages themselves and of their polls.
    pub(crate) latency: Percentiles,
}

/// The sale over time.
#[derive(Debug, Serialize)]
pub(crate) struct TimelineReport {
    pub(crate) slice_ms: u64,
    pub(crate) slices: Vec<SliceReport>,
}

/// One time slice of the sale.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct SliceReport {
    /// Start of the slice, after the opening.
    pub(crate) at_ms: u64,
    /// Claims due in the slice.
    pub(crate) arrived: u64,
    /// Orders answered in the slice.
    pub(crate) won: u64,
    /// Refusals answered in the slice.
    pub(crate) turned_away: u64,
    /// Claims that failed in the slice.
    pub(crate) errors: u64,
    /// Median latency of the claims due in the slice, in microseconds.
    pub(crate) p50_us: u64,
    /// 99th percentile of the latency of the claims due in the slice, in microseconds.
    pub(crate) p99_us: u64,
    /// Units not yet won at the end of the slice.
    pub(crate) left: u64,
}

/// The measurements that a report is made from.
pub(super) struct ReportInput<'a> {
    pub(super) options: &'a Options,
    pub(super) fixtures: &'a Fixtures,
    pub(super) target: &'a Target,
    pub(super) claims: usize,
    pub(super) prepared: Duration,
    pub(super) record: &'a Record,
    pub(super) pages: &'a PageRecord,
    pub(super) phases: Option<PhasesReport>,
    pub(super) settled: &'a Settled,
    pub(super) verdict: Verdict,
    pub(super) audit: AuditResult,
}

impl Report {
    pub(super) fn of(facts: ReportInput<'_>) -> Self {
        let record = facts.record;
        let stock = u64::from(facts.options.stock);
        let heard = Kind::ALL
            .into_iter()
            .map(|kind| (kind.name(), record.count(kind)));
        let sold_out = record.count(Kind::Won) == stock;
        Self {
            clean: facts.verdict.faults() == 0 && facts.audit.breaches == 0,
            answers: heard.filter(|(_, count)| *count > 0).collect(),
            took_ms: millis(record.took),
            answers_per_second: per_second(record.counts.iter().sum(), record.took),
            sold_out_after_ms: sold_out.then(|| millis(record.last_won)),
            latency: Latency {
                accepted: (&record.accepted).into(),
                turned_away: (&record.turned_away).into(),
            },
            visitors: (facts.options.visitors > 0).then(|| VisitorsReport {
                pages: facts.options.visitors,
                failed: facts.pages.failed,
                latency: (&facts.pages.latencies).into(),
            }),
            asked_again: facts.settled.asked_again,
            timeline: TimelineReport {
                slice_ms: millis(record.timeline.width),
                slices: moments(record, stock),
            },
            verdict: facts.verdict,
            audit_breaches: facts.audit.breaches,
            audit: facts.audit.report.clone(),
            cancelled_orders: 0,
            rehearsal: RunSummary::of(&facts),
            batches: facts.phases,
        }
    }

    /// Number of faults and breaches.
    pub fn faults(&self) -> u64 {
        self.verdict.faults() + self.audit_breaches
    }
}

impl RunSummary {
    fn of(facts: &ReportInput<'_>) -> Self {
        let options = facts.options;
        Self {
            run: facts.fixtures.run.clone(),
            sale_id: facts.fixtures.sale.map(|sale| sale.0),
            urls: (facts.target.gateways.iter())
                .map(|gateway| gateway.url.clone())
                .collect(),
            own_shop: facts.target.is_ephemeral,
            users: options.users,
            stock: options.stock,
            limit: options.limit,
            claims: facts.claims,
            rate: options.rate,
            connections: options.connections,
            prepared_ms: millis(facts.prepared),
        }
    }
}

impl From<&Latencies> for Percentiles {
    fn from(latencies: &Latencies) -> Self {
        Self {
            count: latencies.len(),
            p50_us: latencies.value_at_quantile(0.5),
            p90_us: latencies.value_at_quantile(0.9),
            p99_us: latencies.value_at_quantile(0.99),
            p999_us: latencies.value_at_quantile(0.999),
            max_us: latencies.max(),
        }
    }
}

impl SliceReport {
    /// Several consecutive slices as one.
    pub(super) fn whole(parts: &[Self]) -> Self {
        let sum = |figure: fn(&Self) -> u64| parts.iter().map(figure).sum();
        let most = |figure: fn(&Self) -> u64| parts.iter().map(figure).max().unwrap_or(0);
        Self {
            at_ms: parts.first().map_or(0, |part| part.at_ms),
            arrived: sum(|part| part.arrived),
            won: sum(|part| part.won),
            turned_away: sum(|part| part.turned_away),
            errors: sum(|part| part.errors),
            p50_us: most(|part| part.p50_us),
            p99_us: most(|part| part.p99_us),
            left: parts.last().map_or(0, |part| part.left),
        }
    }
}

fn moments(record: &Record, stock: u64) -> Vec<SliceReport> {
    let mut left = stock;
    let slices = record.timeline.slices.iter().zip(0_u64..);
    let moment = |(slice, nth): (&crate::record::Slice, u64)| {
        let won = slice.count(Kind::Won);
        left = left.saturating_sub(won);
        SliceReport {
            at_ms: nth.saturating_mul(millis(record.timeline.width)),
            arrived: slice.arrived,
            won,
            turned_away: slice.side(Side::TurnedAway),
            errors: slice.side(Side::Error),
            p50_us: slice.latencies.value_at_quantile(0.5),
            p99_us: slice.latencies.value_at_quantile(0.99),
            left,
        }
    };
    slices.map(moment).collect()
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
