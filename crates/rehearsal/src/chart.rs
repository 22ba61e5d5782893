//! A chart of the sale, drawn in a terminal with block characters.

use std::time::Duration;

use crate::numbers::{grouped, span};
use crate::report::SliceReport;

const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Most columns.
const WIDTH: usize = 60;

/// A row of the chart: its name, its value in a column, and the format of its greatest value.
type Row = (
    &'static str,
    fn(&SliceReport) -> u64,
    fn(u64, Duration) -> String,
);

const ROWS: [Row; 5] = [
    ("arrived", |moment| moment.arrived, rate),
    ("won", |moment| moment.won, rate),
    ("turned away", |moment| moment.turned_away, rate),
    ("errors", |moment| moment.errors, rate),
    ("p99", |moment| moment.p99_us, longest),
];

/// Draws the sale: one row for each value, one column for each time slice of `width`. Slices
/// are merged where there are too many.
pub(super) fn chart(moments: &[SliceReport], width: Duration, stock: u64) -> String {
    let together = moments.len().div_ceil(WIDTH).max(1);
    let columns: Vec<_> = moments.chunks(together).map(SliceReport::whole).collect();
    let width = width * u32::try_from(together).unwrap_or(u32::MAX);
    let rows = ROWS.map(|(name, figure, told)| {
        let values: Vec<_> = columns.iter().map(figure).collect();
        let most = values.iter().copied().max().unwrap_or(0);
        row(name, &values, most, &told(most, width))
    });
    let left: Vec<_> = columns.iter().map(|moment| moment.left).collect();
    let left = row("left", &left, stock, &format!("of {}", grouped(stock)));
    let axis = axis(columns.len(), width);
    format!("{}\n{left}\n{axis}", rows.join("\n"))
}

fn row(name: &str, values: &[u64], most: u64, told: &str) -> String {
    format!("  {name:<12}{}  {told}", bars(values, most))
}

/// One character for each value; a value above 0 is always visible.
fn bars(values: &[u64], most: u64) -> String {
    let bar = |value: &u64| {
        let eighths = (u128::from(*value) * 8).div_ceil(u128::from(most.max(1)));
        BLOCKS[usize::try_from(eighths).unwrap_or(8).min(8)]
    };
    values.iter().map(bar).collect()
}

/// The time axis: a mark every ten columns, with its second.
fn axis(columns: usize, width: Duration) -> String {
    let marks = (0..columns).step_by(10).map(|column| {
        let at = width * u32::try_from(column).unwrap_or(u32::MAX);
        format!("{:<10}", format!("│{:.1} s", at.as_secs_f64()))
    });
    let marks: String = marks.collect();
    format!("{:14}{}", "", marks.trim_end())
}

fn rate(most: u64, width: Duration) -> String {
    match most {
        0 => "none".to_owned(),
        _ => format!(
            "at most {}/s",
            grouped(crate::numbers::per_second(most, width))
        ),
    }
}

fn longest(most: u64, _: Duration) -> String {
    format!("at most {}", span(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(at_ms: u64, arrived: u64, won: u64, left: u64) -> SliceReport {
        SliceReport {
            at_ms,
            arrived,
            won,
            turned_away: arrived - won,
            left,
            ..SliceReport::default()
        }
    }

    #[test]
    fn a_sale_is_seen_at_a_glance() {
        let mut moments = vec![moment(0, 80, 80, 20), moment(100, 80, 20, 0)];
        moments.extend((2..12).map(|nth| moment(nth * 100, 40, 0, 0)));
        moments[3].p99_us = 2_500;

        let drawn = chart(&moments, Duration::from_millis(100), 100);

        insta::assert_snapshot!(drawn, @r"
        arrived     ██▄▄▄▄▄▄▄▄▄▄  at most 800/s
        won         █▂            at most 800/s
        turned away  █▆▆▆▆▆▆▆▆▆▆  at most 600/s
        errors                    none
        p99            █          at most 2.5 ms
        left        ▂             of 100
                    │0.0 s    │1.0 s
        ");
    }

    #[test]
    fn a_long_sale_is_as_wide_as_a_terminal() {
        let moments: Vec<_> = (0..600).map(|nth| moment(nth * 100, 8, 1, 0)).collect();

        let drawn = chart(&moments, Duration::from_millis(100), 100);

        assert!(drawn.lines().all(|line| line.chars().count() < 100));
        assert!(drawn.contains("at most 80/s"), "{drawn}");
    }
}
