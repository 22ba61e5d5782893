//! The report as text, for terminals.

use std::time::Duration;

use crate::answer::Kind;
use crate::chart::chart;
use crate::numbers::{grouped, span};
use crate::phases::PhasesReport;
use crate::report::{Percentiles, Report, RunSummary, VisitorsReport};
use crate::verdict::Verdict;

impl Report {
    /// The report as text.
    pub fn to_text(&self) -> String {
        let width = Duration::from_millis(self.timeline.slice_ms);
        [
            self.rehearsal.to_text(),
            self.answers_text(),
            self.latency_text(),
            chart(&self.timeline.slices, width, self.rehearsal.stock.into()),
            self.verdict_text(),
        ]
        .join("\n\n")
    }

    fn answers_text(&self) -> String {
        let total = self.answers.values().sum();
        let took = Duration::from_millis(self.took_ms).as_secs_f64();
        let rate = grouped(self.answers_per_second);
        let mut lines = vec![format!(
            "{} answers in {took:.2} s, {rate} a second",
            grouped(total)
        )];
        let kinds = Kind::ALL.into_iter().map(Kind::name);
        for (name, count) in kinds.filter_map(|name| self.answers.get_key_value(name)) {
            lines.push(format!(
                "  {:<14}{:>10}",
                name.replace('_', " "),
                grouped(*count)
            ));
        }
        if let Some(after) = self.sold_out_after_ms {
            let after = span(after.saturating_mul(1_000));
            lines.push(format!("sold out {after} after the opening"));
        }
        if self.asked_again > 0 {
            let again = self.asked_again;
            lines.push(format!("{again} claims were asked again under their keys"));
        }
        lines.join("\n")
    }

    fn latency_text(&self) -> String {
        let head = ["p50", "p90", "p99", "p99.9", "max"].map(|name| format!("{name:>10}"));
        let head = format!(
            "{:<14}{}   from when each was due",
            "latency",
            head.concat()
        );
        let rows = [
            ("accepted", &self.latency.accepted),
            ("turned away", &self.latency.turned_away),
        ];
        let rows = rows.map(|(name, of)| format!("  {name:<12}{}", of.to_text()));
        let claims = format!("{head}\n{}", rows.join("\n"));
        let visitors = self.visitors.as_ref().map(VisitorsReport::to_text);
        let batches = self.batches.as_ref().map(PhasesReport::to_text);
        let all = [Some(claims), visitors, batches];
        all.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn verdict_text(&self) -> String {
        let Verdict {
            sold,
            oversold,
            undersold,
            lost,
            untold,
            over_limit,
            unresolved,
        } = self.verdict;
        let exact = if self.verdict.faults() == 0 {
            "exact"
        } else {
            "NOT EXACT"
        };
        let audit = match self.audit_breaches {
            0 => "clean".to_owned(),
            found => format!("{found} breaches"),
        };
        format!(
            "{exact}: {} of {} units sold; oversold {oversold}, undersold {undersold}, \
             lost {lost}, untold {untold}, over the limit {over_limit}, unresolved {unresolved}\n\
             audit: {audit}; {} unpaid orders were cancelled afterwards",
            grouped(sold),
            grouped(self.rehearsal.stock.into()),
            grouped(self.cancelled_orders),
        )
    }
}

impl RunSummary {
    fn to_text(&self) -> String {
        let own = if self.own_shop {
            "a shop of its own at "
        } else {
            ""
        };
        format!(
            "Rehearsal {}: {} shoppers for {} units, {} each\n\
             {} claims at {} a second over {} connections to {own}{}\n\
             prepared in {:.1} s",
            self.run,
            grouped(self.users.into()),
            grouped(self.stock.into()),
            self.limit,
            grouped(u64::try_from(self.claims).unwrap_or(u64::MAX)),
            grouped(self.rate.into()),
            self.connections,
            self.urls.join(", "),
            Duration::from_millis(self.prepared_ms).as_secs_f64(),
        )
    }
}

impl VisitorsReport {
    fn to_text(&self) -> String {
        format!(
            "  {:<12}{}   {} open pages, {} requests, {} failed",
            "pages",
            self.latency.to_text(),
            grouped(self.pages.into()),
            grouped(self.latency.count + self.failed),
            grouped(self.failed),
        )
    }
}

impl PhasesReport {
    fn to_text(&self) -> String {
        let phases = self.phases.iter();
        let phases = phases.map(|phase| format!("{} {}", phase.name, span(phase.mean_us)));
        format!(
            "{} batches of {} claims on average: {}",
            grouped(self.batches),
            self.claims_per_batch,
            phases.collect::<Vec<_>>().join(" · "),
        )
    }
}

impl Percentiles {
    fn to_text(&self) -> String {
        if self.count == 0 {
            return format!("{:>10}", "none");
        }
        let all = [
            self.p50_us,
            self.p90_us,
            self.p99_us,
            self.p999_us,
            self.max_us,
        ];
        all.map(|micros| format!("{:>10}", span(micros))).concat()
    }
}
