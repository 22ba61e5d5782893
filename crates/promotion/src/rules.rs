//! The rules: a cart and the promotions in force in, a discount for each line out.
//!
//! Every promotion is computed from the undiscounted cart, whatever else applies, and a
//! line's discounts are added up to at most its price. So the order in which promotions
//! are applied cannot matter. ADR 26 has the reasons.

use std::collections::BTreeSet;

use stampede_kernel::{CategoryId, Money, MoneyOutOfRange, ProductId, PromotionId, SkuId};

use crate::allocate::allocate;
use crate::model::Kind;

/// One whole in basis points.
const WHOLE: i128 = 10_000;

/// A line of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartLine {
    /// The SKU.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// The product's category.
    pub category: CategoryId,
    /// The price of one unit, above 0.
    pub unit_price: Money,
    /// Units, at least 1.
    pub num: i64,
}

impl CartLine {
    fn total(&self) -> Result<i64, MoneyOutOfRange> {
        Ok(self.unit_price.times(self.num)?.minor())
    }
}

/// A promotion in force: what it takes off, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) id: PromotionId,
    pub(crate) kind: Kind,
    /// These categories only, with everything below them; `None` for all.
    pub(crate) categories: Option<BTreeSet<CategoryId>>,
    /// These products only; `None` for all.
    pub(crate) products: Option<BTreeSet<ProductId>>,
    /// What the whole cart must be worth before discounts.
    pub(crate) min_items: Money,
    pub(crate) combinable: bool,
}

/// Why a promotion takes nothing off a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    BelowMinimum,
    NotInScope,
    NotCombinable,
}

/// A promotion that was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applied {
    /// The promotion.
    pub(crate) id: PromotionId,
    /// What it takes off the lines; nothing when it pays the delivery.
    pub(crate) discount: Money,
}

/// What all promotions together take off a cart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Discounts {
    /// The discount of each line, at most its price.
    pub(crate) lines: Vec<Money>,
    /// What is left of the price of delivery.
    pub(crate) shipping: Money,
    /// The promotions that were applied, in ascending order of their ids.
    pub(crate) applied: Vec<Applied>,
}

/// What one promotion takes off: of each line, and of the delivery.
struct Offer<'r> {
    rule: &'r Rule,
    lines: Vec<i64>,
    shipping: i64,
}

/// Applies the rules to a cart: all that are combinable together, or one that is not by
/// itself, whichever takes most off; of equals the combination, then the older promotion.
/// The second result is why each of the other rules is not applied.
pub(crate) fn apply(
    cart: &[CartLine],
    shipping: Money,
    rules: &[Rule],
) -> Result<(Discounts, Vec<(PromotionId, Misfit)>), MoneyOutOfRange> {
    let totals: Vec<i64> = cart.iter().map(CartLine::total).collect::<Result<_, _>>()?;
    let items = totals
        .iter()
        .try_fold(Money::ZERO, |sum, total| sum.plus(Money::new(*total)?))?;
    let mut rules: Vec<_> = rules.iter().collect();
    rules.sort_by_key(|rule| rule.id);
    let mut misfits = Vec::new();
    let mut offers = Vec::new();
    for rule in rules {
        match offer(rule, cart, &totals, items, shipping) {
            Ok(offer) => offers.push(offer),
            Err(misfit) => misfits.push((rule.id, misfit)),
        }
    }
    let (together, alone): (Vec<_>, Vec<_>) =
        offers.into_iter().partition(|offer| offer.rule.combinable);
    let mut choices = vec![together];
    choices.extend(alone.into_iter().map(|offer| vec![offer]));
    let mut best: Option<(i128, Discounts, usize)> = None;
    for (place, choice) in choices.iter().enumerate() {
        let discounts = combine(choice, &totals, shipping)?;
        let worth = saved(&discounts, shipping);
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, discounts, place));
        }
    }
    let (_, discounts, chosen) = best.unwrap_or_default();
    for (place, choice) in choices.iter().enumerate() {
        if place != chosen {
            misfits.extend(
                choice
                    .iter()
                    .map(|offer| (offer.rule.id, Misfit::NotCombinable)),
            );
        }
    }
    Ok((discounts, misfits))
}

/// What the buyer saves, delivery included.
fn saved(discounts: &Discounts, shipping: Money) -> i128 {
    let lines = discounts.lines.iter().map(|line| i128::from(line.minor()));
    let waived = i128::from(shipping.minor()) - i128::from(discounts.shipping.minor());
    lines.sum::<i128>() + waived
}

/// What a rule alone takes off the cart.
fn offer<'r>(
    rule: &'r Rule,
    cart: &[CartLine],
    totals: &[i64],
    items: Money,
    shipping: Money,
) -> Result<Offer<'r>, Misfit> {
    let scope: Vec<bool> = cart.iter().map(|line| rule.covers(line)).collect();
    let weights: Vec<i64> = (totals.iter().zip(&scope))
        .map(|(total, inside)| if *inside { *total } else { 0 })
        .collect();
    if items < rule.min_items {
        return Err(Misfit::BelowMinimum);
    }
    // At most `items`, which is in the range of money.
    let worth: i64 = weights.iter().sum();
    let lines = match rule.kind {
        Kind::Percent(rate) => allocate(share(worth, rate), &weights),
        Kind::Amount(amount) => allocate(amount.minor().min(worth), &weights),
        Kind::FreeShipping => vec![0; cart.len()],
        Kind::BuyXGetY { buy, get } => free_units(cart, &scope, buy, get),
    };
    let waived = match rule.kind {
        Kind::FreeShipping if scope.contains(&true) => shipping.minor(),
        _ => 0,
    };
    if waived == 0 && lines.iter().all(|line| *line == 0) {
        return Err(Misfit::NotInScope);
    }
    Ok(Offer {
        rule,
        lines,
        shipping: waived,
    })
}

impl Rule {
    fn covers(&self, line: &CartLine) -> bool {
        let category = self.categories.as_ref();
        let product = self.products.as_ref();
        category.is_none_or(|these| these.contains(&line.category))
            && product.is_none_or(|these| these.contains(&line.product))
    }
}

/// `rate` basis points of an amount, rounded half up and never more than it.
fn share(amount: i64, rate: i64) -> i64 {
    let part = (i128::from(amount) * i128::from(rate) + WHOLE / 2) / WHOLE;
    i64::try_from(part).unwrap_or(amount).min(amount)
}

/// The cheapest units in scope are free: `get` for each `buy + get` of them, those of the
/// smaller SKU first among equals.
fn free_units(cart: &[CartLine], scope: &[bool], buy: i64, get: i64) -> Vec<i64> {
    let mut inside: Vec<_> = (0..cart.len()).filter(|place| scope[*place]).collect();
    inside.sort_by_key(|place| (cart[*place].unit_price, cart[*place].sku));
    let units: i64 = inside.iter().map(|place| cart[*place].num).sum();
    let mut free = units / (buy + get) * get;
    let mut lines = vec![0; cart.len()];
    for place in inside {
        let here = free.min(cart[place].num);
        lines[place] = cart[place].unit_price.minor() * here;
        free -= here;
    }
    lines
}

/// Adds offers up: each line to at most its price, and the cart to all but its last minor
/// unit, since an order of nothing cannot be paid. What a line cannot take is missing from
/// the promotions in proportion.
fn combine(
    offers: &[Offer<'_>],
    totals: &[i64],
    shipping: Money,
) -> Result<Discounts, MoneyOutOfRange> {
    let waived = offers.iter().map(|offer| offer.shipping).max().unwrap_or(0);
    let shipping = shipping.minus(Money::new(waived)?)?;
    let mut lines: Vec<i64> = (totals.iter().enumerate())
        .map(|(place, total)| {
            let asked: i128 = offers
                .iter()
                .map(|offer| i128::from(offer.lines[place]))
                .sum();
            i64::try_from(asked).unwrap_or(*total).min(*total)
        })
        .collect();
    if shipping == Money::ZERO && lines == totals {
        let dearest = (0..lines.len()).rev().max_by_key(|place| lines[*place]);
        if let Some(line) = dearest.and_then(|place| lines.get_mut(place)) {
            *line -= i64::from(*line > 0);
        }
    }
    let mut by_offer = vec![Money::ZERO; offers.len()];
    for (place, line) in lines.iter().enumerate() {
        let asked: Vec<_> = offers.iter().map(|offer| offer.lines[place]).collect();
        for (sum, part) in by_offer.iter_mut().zip(allocate(*line, &asked)) {
            *sum = sum.plus(Money::new(part)?)?;
        }
    }
    let applied = offers
        .iter()
        .zip(by_offer)
        .map(|(offer, discount)| Applied {
            id: offer.rule.id,
            discount,
        });
    Ok(Discounts {
        applied: applied.collect(),
        lines: lines
            .into_iter()
            .map(Money::new)
            .collect::<Result<_, _>>()?,
        shipping,
    })
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
