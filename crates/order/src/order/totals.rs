//! The totals of a cart: the one function by which a quote and an order are computed.

use std::collections::BTreeMap;

use stampede_kernel::{Money, MoneyOutOfRange, TaxRate};

/// What a buyer pays, and what it is made of: `total = items − discount + shipping`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The prices of all lines.
    pub items: Money,
    /// What promotions take off them.
    pub discount: Money,
    /// The price of delivery.
    pub shipping: Money,
    /// The part of `total` that is tax.
    pub tax: Money,
    /// What the buyer pays.
    pub total: Money,
}

/// A line as far as its totals go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaxedLine {
    /// Unit price × units.
    pub(crate) total: Money,
    /// What promotions take off it, at most `total`.
    pub(crate) discount: Money,
    /// The rate of the tax that its price includes.
    pub(crate) rate: TaxRate,
}

impl Totals {
    /// Computes the totals of `lines` and a delivery.
    ///
    /// Prices include tax. The tax is computed once per rate, from everything that is
    /// taxed at it and after discounts, and rounded half up. Delivery is taxed at the
    /// highest rate among the lines.
    ///
    /// # Errors
    ///
    /// When a sum is out of the range of money.
    pub(crate) fn of(
        lines: impl IntoIterator<Item = TaxedLine>,
        shipping: Money,
    ) -> Result<Self, MoneyOutOfRange> {
        let mut totals = Self {
            shipping,
            ..Self::default()
        };
        let mut taxed = BTreeMap::<TaxRate, Money>::new();
        for line in lines {
            totals.items = totals.items.plus(line.total)?;
            totals.discount = totals.discount.plus(line.discount)?;
            let of_rate = taxed.entry(line.rate).or_default();
            *of_rate = of_rate.plus(line.total.minus(line.discount)?)?;
        }
        if let Some(mut highest) = taxed.last_entry() {
            let with_delivery = highest.get().plus(shipping)?;
            highest.insert(with_delivery);
        }
        for (rate, amount) in taxed {
            totals.tax = totals.tax.plus(rate.included_in(amount)?)?;
        }
        totals.total = totals.items.minus(totals.discount)?.plus(shipping)?;
        Ok(totals)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(minor: i64) -> Money {
        Money::new(minor).unwrap()
    }

    fn line((total, discount, rate): (i64, i64, i64)) -> TaxedLine {
        TaxedLine {
            total: money(total),
            discount: money(discount),
            rate: TaxRate::new(rate).unwrap(),
        }
    }

    fn totals(lines: &[(i64, i64, i64)], shipping: i64) -> Totals {
        Totals::of(lines.iter().copied().map(line), money(shipping)).unwrap()
    }

    #[test]
    fn what_leaves_the_range_of_money_is_refused() {
        let dear = line((Money::MAX.minor(), 0, 0));

        assert_eq!(Totals::of([dear, dear], Money::ZERO), Err(MoneyOutOfRange));
        assert_eq!(Totals::of([dear], money(1)), Err(MoneyOutOfRange));
    }

    #[test]
    fn tax_is_rounded_once_for_each_rate() {
        // Each line alone has 0.48 in it, three of them 1.44.
        let thrice = totals(&[(3, 0, 1_900), (3, 0, 1_900), (3, 0, 1_900)], 0);
        assert_eq!(thrice.tax, money(1));

        let two_rates = totals(&[(11_900, 0, 1_900), (10_700, 0, 700)], 0);
        assert_eq!(two_rates.tax, money(1_900 + 700));
        assert_eq!(two_rates.total, money(22_600));
    }

    #[test]
    fn a_discount_lowers_the_tax_and_delivery_has_the_highest_rate() {
        let discounted = totals(&[(12_900, 1_000, 1_900), (1_070, 0, 700)], 0);
        assert_eq!(discounted.tax, money(1_900 + 70));

        let delivered = totals(&[(10_700, 0, 700), (5_950, 0, 1_900)], 5_950);
        assert_eq!(delivered.tax, money(700 + 1_900));
        assert_eq!(delivered.total, money(22_600));
    }

    #[test]
    fn a_cart_of_nothing_costs_its_delivery() {
        let nothing = totals(&[], 500);

        assert_eq!((nothing.total, nothing.tax), (money(500), Money::ZERO));
    }

    fn any_line() -> impl Strategy<Value = (i64, i64, i64)> {
        (0..1_000_000_i64, 0..=10_000_i64)
            .prop_flat_map(|(total, rate)| (Just(total), 0..=total, Just(rate)))
    }

    proptest! {
        #[test]
        fn totals_add_up_and_tax_is_a_part_of_them(
            lines in prop::collection::vec(any_line(), 1..20),
            shipping in 0..100_000_i64,
        ) {
            let all = totals(&lines, shipping);

            let items: i64 = lines.iter().map(|line| line.0).sum();
            let discount: i64 = lines.iter().map(|line| line.1).sum();
            prop_assert_eq!(all.items, money(items));
            prop_assert_eq!(all.discount, money(discount));
            prop_assert_eq!(all.total, money(items - discount + shipping));
            prop_assert!(all.tax >= Money::ZERO);
            // At 100 % the tax is half of the price, and a half goes up once per rate.
            prop_assert!(2 * all.tax.minor() <= all.total.minor() + 20);
        }

        #[test]
        fn the_order_of_the_lines_changes_nothing(
            lines in prop::collection::vec(any_line(), 1..20),
            shipping in 0..100_000_i64,
        ) {
            let mut turned = lines.clone();
            turned.reverse();

            prop_assert_eq!(totals(&turned, shipping), totals(&lines, shipping));
        }
    }
}
