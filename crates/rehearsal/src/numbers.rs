//! Formatting of numbers for people.

use std::time::Duration;

/// Thousands separated: `1234567` is `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Rate per second of `count` events within `span`.
pub(super) fn per_second(count: u64, span: Duration) -> u64 {
    let micros = span.as_micros().max(1);
    u64::try_from(u128::from(count) * 1_000_000 / micros).unwrap_or(u64::MAX)
}

/// Microseconds, in the unit that suits them: `87 µs`, `4.2 ms`, `310 ms`, `1.20 s`.
pub(super) fn span(micros: u64) -> String {
    let span = Duration::from_micros(micros).as_secs_f64();
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..100_000 => format!("{:.1} ms", span * 1e3),
        100_000..1_000_000 => format!("{:.0} ms", span * 1e3),
        _ => format!("{span:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let grouped = [0, 999, 1_000, 20_000, 1_234_567].map(grouped);

        assert_eq!(grouped, ["0", "999", "1,000", "20,000", "1,234,567"]);
    }

    #[test]
    fn a_span_has_the_unit_that_suits_it() {
        let spans = [87, 4_230, 99_940, 310_000, 1_200_000].map(span);

        assert_eq!(spans, ["87 µs", "4.2 ms", "99.9 ms", "310 ms", "1.20 s"]);
    }

    #[test]
    fn a_rate_is_of_a_second() {
        assert_eq!(per_second(500, Duration::from_millis(50)), 10_000);
    }
}
