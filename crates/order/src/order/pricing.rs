//! The price of goods and their delivery: the one function behind quotes and orders.

use stampede_kernel::{Money, MoneyOutOfRange, TaxRate};
use stampede_promotion::{CartLine, Evaluation, PromotionsInForce};

use super::totals::{TaxedLine, Totals};
use crate::delivery::{DeliveryMethod, OrderDelivery};

/// What goods and their delivery cost.
pub(super) struct Priced {
    /// What promotions take off.
    pub(super) promotions: Evaluation,
    /// What the lines cost after the discounts that apply without a delivery: the amount
    /// that `free_from` of a delivery method is compared with.
    pub(super) worth: Money,
    /// The copy of the delivery method, at its price for these goods.
    pub(super) delivery: Option<OrderDelivery>,
    pub(super) totals: Totals,
}

/// Prices goods, each with its tax rate, and the delivery that was chosen for them.
///
/// What a delivery costs depends on the discounts, and which discounts apply may depend on
/// what the delivery costs. So its price is fixed first, by the discounts of the goods
/// alone; the promotions are then evaluated with it.
pub(super) fn price(
    goods: &[(CartLine, TaxRate)],
    promotions: &PromotionsInForce<'_>,
    method: Option<&DeliveryMethod>,
) -> Result<Priced, MoneyOutOfRange> {
    let cart: Vec<_> = goods.iter().map(|(line, _)| *line).collect();
    let alone = promotions.evaluate(&cart, Money::ZERO)?;
    let goods_alone = Totals::of(taxed(goods, &alone)?, Money::ZERO)?;
    let worth = goods_alone.total;
    let delivery = method.map(|method| method.for_order(worth));
    let full = delivery.as_ref().map_or(Money::ZERO, |chosen| chosen.price);
    let (promotions, totals) = if full == Money::ZERO {
        (alone, goods_alone)
    } else {
        let evaluated = promotions.evaluate(&cart, full)?;
        let totals = Totals::of(taxed(goods, &evaluated)?, evaluated.shipping)?;
        (evaluated, totals)
    };
    Ok(Priced {
        promotions,
        worth,
        delivery,
        totals,
    })
}

fn taxed(
    goods: &[(CartLine, TaxRate)],
    evaluation: &Evaluation,
) -> Result<Vec<TaxedLine>, MoneyOutOfRange> {
    let discounts = evaluation.lines.iter().copied();
    let line = |((line, rate), discount): (&(CartLine, TaxRate), Money)| {
        let total = line.unit_price.times(line.num)?;
        Ok(TaxedLine {
            total,
            discount,
            rate: *rate,
        })
    };
    goods.iter().zip(discounts).map(line).collect()
}
