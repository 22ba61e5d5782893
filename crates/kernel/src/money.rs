//! Amounts in minor units; every sum is checked.

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{
    ActiveValue, ColIdx, DbErr, IntoActiveValue, QueryResult, TryGetError, TryGetable, Value,
};
use serde::{Deserialize, Serialize};

/// An amount in the minor unit of the shop's one currency (cents, fen, yen).
///
/// Its magnitude never exceeds 2^53 − 1, the largest integer that a JSON
/// number keeps in every client. What is read from JSON or from the database is
/// held to that too.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(into = "i64", try_from = "i64")]
pub struct Money(i64);

/// A sum or product left the range a JSON number can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is out of range")]
pub struct MoneyOutOfRange;

impl Money {
    /// Zero.
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

impl From<Money> for i64 {
    fn from(money: Money) -> Self {
        money.0
    }
}

impl TryFrom<i64> for Money {
    type Error = MoneyOutOfRange;

    fn try_from(minor: i64) -> Result<Self, MoneyOutOfRange> {
        Self::new(minor)
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::from(money.0)
    }
}

impl TryGetable for Money {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let minor = i64::try_get_by(row, index)?;
        Self::new(minor).map_err(|error| TryGetError::DbErr(DbErr::Type(error.to_string())))
    }
}

impl ValueType for Money {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let minor = <i64 as ValueType>::try_from(value)?;
        Self::new(minor).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        "Money".to_owned()
    }

    fn array_type() -> ArrayType {
        <i64 as ValueType>::array_type()
    }

    fn column_type() -> ColumnType {
        <i64 as ValueType>::column_type()
    }
}

impl Nullable for Money {
    fn null() -> Value {
        i64::null()
    }
}

impl IntoActiveValue<Self> for Money {
    fn into_active_value(self) -> ActiveValue<Self> {
        ActiveValue::Set(self)
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
    fn what_is_read_is_held_to_the_range_too() {
        let beyond = Money::MAX.0 + 1;

        for minor in [beyond, -beyond, i64::MAX, i64::MIN] {
            assert!(
                serde_json::from_value::<Money>(minor.into()).is_err(),
                "{minor}"
            );
            assert!(
                <Money as ValueType>::try_from(Value::from(minor)).is_err(),
                "{minor}"
            );
        }
        let least = -Money::MAX;
        assert_eq!(
            serde_json::from_value::<Money>(least.0.into()).unwrap(),
            least
        );
        assert_eq!(
            <Money as ValueType>::try_from(least.into()).ok(),
            Some(least)
        );
        assert_eq!(serde_json::to_string(&least).unwrap(), least.0.to_string());
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(Money(1_999).times(3), Ok(Money(5_997)));
        assert_eq!(Money(5).minus(Money(7)), Ok(Money(-2)));
    }
}
