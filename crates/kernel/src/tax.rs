//! Tax rates, and the tax that an amount includes.

use serde::{Deserialize, Serialize};

use crate::{Money, MoneyOutOfRange};

/// One whole in basis points.
const WHOLE: i64 = 10_000;

/// A tax rate in basis points of the price before tax, 0–10,000: 1,900 is 19 %.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(into = "i32", try_from = "i32")]
pub struct TaxRate(i32);

/// A rate below 0 or above 10,000 basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 0 and 10000 basis points")]
pub struct TaxRateOutOfRange;

impl TaxRate {
    /// No tax.
    pub const ZERO: Self = Self(0);

    /// A rate of `basis_points`.
    ///
    /// # Errors
    ///
    /// [`TaxRateOutOfRange`] outside of 0–10,000.
    pub fn new(basis_points: i64) -> Result<Self, TaxRateOutOfRange> {
        i32::try_from(basis_points)
            .ok()
            .filter(|rate| (0..=WHOLE).contains(&i64::from(*rate)))
            .map(Self)
            .ok_or(TaxRateOutOfRange)
    }

    /// The rate in basis points.
    pub const fn basis_points(self) -> i32 {
        self.0
    }

    /// The tax that is part of `amount`: `amount × rate / (10,000 + rate)`, rounded half up
    /// to a minor unit.
    ///
    /// # Errors
    ///
    /// Never for an amount of 0 or more, since the tax is at most half of it.
    pub fn included_in(self, amount: Money) -> Result<Money, MoneyOutOfRange> {
        let (rate, whole) = (i128::from(self.0), i128::from(WHOLE) + i128::from(self.0));
        let twice = 2 * i128::from(amount.minor()) * rate;
        let tax = (twice + whole).div_euclid(2 * whole);
        i64::try_from(tax)
            .map_err(|_| MoneyOutOfRange)
            .and_then(Money::new)
    }
}

impl From<TaxRate> for i32 {
    fn from(rate: TaxRate) -> Self {
        rate.0
    }
}

impl TryFrom<i32> for TaxRate {
    type Error = TaxRateOutOfRange;

    fn try_from(basis_points: i32) -> Result<Self, TaxRateOutOfRange> {
        Self::new(basis_points.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tax(rate: i64, amount: i64) -> i64 {
        let amount = Money::new(amount).unwrap();
        TaxRate::new(rate)
            .unwrap()
            .included_in(amount)
            .unwrap()
            .minor()
    }

    #[test]
    fn a_rate_is_between_nothing_and_the_price_itself() {
        for bp in [-1, 10_001, i64::MAX, i64::MIN] {
            assert_eq!(TaxRate::new(bp), Err(TaxRateOutOfRange), "{bp}");
            assert!(
                serde_json::from_value::<TaxRate>(bp.into()).is_err(),
                "{bp}"
            );
        }
        assert_eq!(TaxRate::new(10_000).map(TaxRate::basis_points), Ok(10_000));
    }

    #[test]
    fn tax_is_part_of_the_price_and_rounded_half_up() {
        assert_eq!(tax(1_900, 11_900), 1_900);
        assert_eq!(tax(0, 11_900), 0);
        assert_eq!(tax(10_000, 1), 1, "a half goes up");
        assert_eq!(tax(10_000, 3), 2, "one and a half goes up");
        assert_eq!(tax(1_900, 3), 0, "0.479 goes down");
        assert_eq!(tax(10_000, Money::MAX.minor()), 4_503_599_627_370_496);
    }
}
