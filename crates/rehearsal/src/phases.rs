//! Where the time of an accepted claim went: a gateway's histograms of the phases of a batch,
//! read from its `/metrics` before and after the load.

use std::sync::Arc;
use std::time::Duration;

use hyper::StatusCode;
use serde::Serialize;

use crate::Gateway;
use crate::claims::plain;
use crate::client::Connection;

/// The phases of a claim in their order, and the histogram of each.
const PHASES: [(&str, &str); 7] = [
    ("queue", "stampede_sale_queue_seconds"),
    ("gate", "stampede_sale_gate_seconds"),
    ("draft", "stampede_sale_draft_seconds"),
    ("begin", "stampede_sale_begin_wait_seconds"),
    ("write", "stampede_sale_write_seconds"),
    ("commit", "stampede_sale_commit_seconds"),
    ("answer", "stampede_sale_answer_seconds"),
];
/// The histogram of the claims in a batch.
const SIZE: &str = "stampede_sale_batch_size";

/// The phases of the batches during the load, summed over the gateways that have `/metrics`.
/// Other sales of theirs count, too.
#[derive(Debug, Serialize)]
pub(crate) struct PhasesReport {
    /// Number of batches.
    pub(crate) batches: u64,
    /// Claims in a batch, on average.
    pub(crate) claims_per_batch: f64,
    /// The phases in their order.
    pub(crate) phases: Vec<Phase>,
}

/// One phase of a batch.
#[derive(Debug, Serialize)]
pub(crate) struct Phase {
    pub(crate) name: &'static str,
    /// Time of a batch in it, on average, in microseconds; of a claim in the queue.
    pub(crate) mean_us: u64,
}

/// Sums and counts of the histograms at one time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Histograms {
    size: Histogram,
    phases: [Histogram; PHASES.len()],
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Histogram {
    sum: f64,
    count: u64,
}

impl Histograms {
    /// Reads the histograms of all gateways; `None` without `/metrics`, or when it does not
    /// answer.
    pub(crate) async fn read(metrics: &[Gateway]) -> Option<Self> {
        let mut all: Option<Self> = None;
        for gateway in metrics {
            let mut connection = Connection::new(Arc::from([gateway.clone()]), 0);
            let reply = connection.send(plain("/metrics")).await.ok()?;
            if reply.status != StatusCode::OK {
                return None;
            }
            let found = Self::parse(std::str::from_utf8(&reply.body).ok()?);
            all.get_or_insert_default().add(&found);
        }
        all
    }

    /// Parses Prometheus' text format; a histogram that is not there yet is empty.
    fn parse(text: &str) -> Self {
        Self {
            size: Histogram::parse(text, SIZE),
            phases: PHASES.map(|(_, name)| Histogram::parse(text, name)),
        }
    }

    fn add(&mut self, other: &Self) {
        self.size.add(other.size);
        for (phase, more) in self.phases.iter_mut().zip(other.phases) {
            phase.add(more);
        }
    }

    /// The batches since `before`; `None` when there were none.
    pub(crate) fn since(&self, before: &Self) -> Option<PhasesReport> {
        let size = self.size.since(before.size);
        let phases = PHASES.iter().zip(self.phases.iter().zip(before.phases));
        let phases = phases.map(|((name, _), (after, before))| Phase {
            name,
            mean_us: micros(after.since(before).mean()),
        });
        (size.count > 0).then(|| PhasesReport {
            batches: size.count,
            claims_per_batch: (size.mean() * 10.0).round() / 10.0,
            phases: phases.collect(),
        })
    }
}

impl Histogram {
    fn parse(text: &str, name: &str) -> Self {
        let values = |suffix: &'static str| {
            text.lines().filter_map(move |line| {
                line.strip_prefix(name)?
                    .strip_prefix(suffix)?
                    .strip_prefix(' ')
            })
        };
        Self {
            sum: values("_sum")
                .find_map(|sum| sum.parse().ok())
                .unwrap_or_default(),
            count: values("_count")
                .find_map(|count| count.parse().ok())
                .unwrap_or_default(),
        }
    }

    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.count += other.count;
    }

    fn since(self, before: Self) -> Self {
        Self {
            sum: self.sum - before.sum,
            // A gateway that was started again counts from 0.
            count: self.count.saturating_sub(before.count),
        }
    }

    /// 0 when it is empty.
    fn mean(self) -> f64 {
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        self.sum / f64::from(count.max(1))
    }
}

/// Seconds in microseconds; 0 for what is no span of time.
fn micros(seconds: f64) -> u64 {
    let span = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(batches: u32) -> String {
        format!(
            "# TYPE stampede_sale_gate_seconds histogram\n\
             stampede_sale_gate_seconds_bucket{{le=\"0.001\"}} 7\n\
             stampede_sale_gate_seconds_sum {}\n\
             stampede_sale_gate_seconds_count {batches}\n\
             stampede_sale_batch_size_sum {}\n\
             stampede_sale_batch_size_count {batches}\n",
            f64::from(batches) * 0.25,
            batches * 100,
        )
    }

    #[test]
    fn what_was_before_the_load_does_not_count() {
        let (before, after) = (metrics(4), metrics(10));

        let report = Histograms::parse(&after).since(&Histograms::parse(&before));

        let report = report.unwrap();
        assert_eq!((report.batches, report.claims_per_batch), (6, 100.0));
        let gate = &report.phases[1];
        assert_eq!((gate.name, gate.mean_us), ("gate", 250_000));
        assert_eq!(report.phases[2].mean_us, 0, "it was never recorded");
    }

    #[test]
    fn without_a_batch_there_is_nothing_to_tell() {
        let same = Histograms::parse(&metrics(4));

        assert!(same.since(&same).is_none());
        assert_eq!(Histograms::parse("no figures"), Histograms::default());
    }
}
