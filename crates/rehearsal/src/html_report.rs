//! The report as a self-contained HTML page: no script, no font, no network.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};

use crate::numbers::{grouped, span};
use crate::report::{Report, SliceReport};

const TEMPLATE: &str = include_str!("html_report.html");
/// Width of a plot, in SVG units.
const WIDTH: u64 = 720;
const HEIGHT: u64 = 180;

/// Renders the page.
///
/// # Errors
///
/// When the template, which is compiled in, does not fit the report.
pub fn html_report(report: &Report) -> Result<String, minijinja::Error> {
    let moments = &report.timeline.slices;
    let plots = [
        plot(
            "Answers",
            "claims in each span of time",
            moments,
            &[
                ("due", "due", |moment| moment.arrived),
                ("won", "won", |moment| moment.won),
                ("away", "turned away", |moment| moment.turned_away),
                ("error", "errors", |moment| moment.errors),
            ],
            grouped,
        ),
        plot(
            "Latency",
            "from when a claim was due to its answer",
            moments,
            &[
                ("due", "p50", |moment| moment.p50_us),
                ("away", "p99", |moment| moment.p99_us),
            ],
            span,
        ),
        plot(
            "Units left",
            "that nobody had been told to have",
            moments,
            &[("won", "left", |moment| moment.left)],
            grouped,
        ),
    ];
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("span", span);
    environment.add_filter("grouped", grouped);
    environment.add_template("page.html", TEMPLATE)?;
    let ends = moments.last().map_or(0, |last| last.at_ms) + report.timeline.slice_ms;
    environment.get_template("page.html")?.render(context! {
        report => Value::from(Serde(report)),
        plots,
        told => report.to_text(),
        ends => span(ends.saturating_mul(1_000)),
        width => WIDTH,
        height => HEIGHT,
    })
}

/// A figure of a moment: the class that colours it, its name, and which it is.
type Figure = (&'static str, &'static str, fn(&SliceReport) -> u64);

fn plot(
    title: &str,
    what: &str,
    moments: &[SliceReport],
    figures: &[Figure],
    spelled: fn(u64) -> String,
) -> Value {
    let of = |figure: fn(&SliceReport) -> u64| moments.iter().map(figure).collect::<Vec<_>>();
    let all = figures.iter().flat_map(|(_, _, figure)| of(*figure));
    let most = all.max().unwrap_or(0);
    let lines: Vec<_> = figures
        .iter()
        .map(|(class, name, figure)| {
            context! { class => *class, name => *name, points => points(&of(*figure), most) }
        })
        .collect();
    context! { title, what, lines, most => spelled(most) }
}

/// The corners of a line, from left to right; more is higher.
fn points(values: &[u64], most: u64) -> String {
    let steps = u64::try_from(values.len())
        .unwrap_or(1)
        .saturating_sub(1)
        .max(1);
    let corner = |(value, nth): (&u64, u64)| {
        let height = u128::from(*value) * u128::from(HEIGHT) / u128::from(most.max(1));
        let y = HEIGHT - u64::try_from(height).unwrap_or(HEIGHT).min(HEIGHT);
        format!("{},{y}", nth * WIDTH / steps)
    };
    let corners: Vec<_> = values.iter().zip(0..).map(corner).collect();
    corners.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_from_edge_to_edge_and_more_is_higher() {
        assert_eq!(points(&[0, 5, 10], 10), "0,180 360,90 720,0");
        assert_eq!(points(&[7], 7), "0,0");
        assert_eq!(points(&[], 0), "");
    }
}
