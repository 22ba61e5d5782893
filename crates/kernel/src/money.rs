//! Amounts in minor units; every sum is checked.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// An amount in the minor unit of the shop's one currency (cents, fen, yen).
///
/// Its magnitude never exceeds 2^53 − 1, the largest integer that a JSON
/// number keeps in every client.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    DeriveValueType,
)]
#[serde(transparent)]
pub struct Money(i64);

/// A sum or product left the range a JSON number can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is out of range")]
pub struct MoneyOutOfRange;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// 2^53 − 1 minor units.
    pub const MAX: Self = Self(9_007_199_254_740_991);

    /// An amount of `minor` units.
    ///
    /// # Errors
    ///
    /// [`MoneyOutOfRange`] beyond ±(2^53 − 1).
    pub const fn new(minor: i64) -> Result<Self, MoneyOutOfRange> {
        if minor > Self::MAX.0 || minor < -Self::MAX.0 {
            return Err(MoneyOutOfRange);
        }
        Ok(Self(minor))
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// `self + other`, in range.
    pub fn plus(self, other: Self) -> Result<Self, MoneyOutOfRange> {
        self.0
            .checked_add(other.0)
            .ok_or(MoneyOutOfRange)
            .and_then(Self::new)
    }

    /// `self − other`, in range.
    pub fn minus(self, other: Self) -> Result<Self, MoneyOutOfRange> {
        self.0
            .checked_sub(other.0)
            .ok_or(MoneyOutOfRange)
            .and_then(Self::new)
    }

    /// The price of `count` units.
    pub fn times(self, count: i64) -> Result<Self, MoneyOutOfRange> {
        self.0
            .checked_mul(count)
            .ok_or(MoneyOutOfRange)
            .and_then(Self::new)
    }
}

impl std::ops::Neg for Money {
    type Output = Self;

    /// Always in range: the range is symmetric.
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_arithmetic_leaves_the_range_of_a_json_number() {
        assert_eq!(Money::new(Money::MAX.0 + 1), Err(MoneyOutOfRange));
        assert_eq!(Money::new(i64::MIN), Err(MoneyOutOfRange));
        assert_eq!(Money::MAX.plus(Money(1)), Err(MoneyOutOfRange));
        assert_eq!((-Money::MAX).minus(Money(1)), Err(MoneyOutOfRange));
        assert_eq!(Money(1_999).times(i64::MAX), Err(MoneyOutOfRange));
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(Money(1_999).times(3), Ok(Money(5_997)));
        assert_eq!(Money(5).minus(Money(7)), Ok(Money(-2)));
    }
}
