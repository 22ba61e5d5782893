//! Formatting of amounts.

use stampede_kernel::Money;
use stampede_kernel::currency::{decimals, grouped};

/// Formats an amount with grouped thousands and its currency: `1,234.50 USD`, `980
/// JPY`.
pub(super) fn spelled(amount: Money, currency: &str) -> String {
    let minor = amount.minor();
    let sign = if minor < 0 { "-" } else { "" };
    let unit = 10_u64.pow(decimals(currency));
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let whole = grouped(whole);
    match decimals(currency) {
        0 => format!("{sign}{whole} {currency}"),
        2 => format!("{sign}{whole}.{part:02} {currency}"),
        _ => format!("{sign}{whole}.{part:03} {currency}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_decimals_of_its_currency() {
        let spell = |minor, currency| spelled(Money::new(minor).unwrap(), currency);

        assert_eq!(spell(0, "USD"), "0.00 USD");
        assert_eq!(spell(7, "USD"), "0.07 USD");
        assert_eq!(spell(123_450, "CNY"), "1,234.50 CNY");
        assert_eq!(spell(-100_000, "EUR"), "-1,000.00 EUR");
        assert_eq!(spell(1_234_567, "JPY"), "1,234,567 JPY");
        assert_eq!(spell(999, "JPY"), "999 JPY");
        assert_eq!(spell(1_005, "KWD"), "1.005 KWD");
        assert_eq!(
            spell(Money::MAX.minor(), "USD"),
            "90,071,992,547,409.91 USD"
        );
    }
}
