//! What the promotions of the shop take off a cart, by the rules and by who asks.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};
use stampede_catalog::categories_below;
use stampede_kernel::{Money, MoneyOutOfRange, PromotionId, Timestamp, UserId};

use crate::code::{self, Reason, RejectedCode};
use crate::model::Promotion;
use crate::rules::{self, Applied, CartLine, Misfit, Rule};
use crate::store::{self, Candidate};

/// Who asks, with which codes, and when.
#[derive(Debug, Clone, Copy)]
pub struct Shopper<'a> {
    /// The buyer.
    pub buyer: UserId,
    /// The codes, as the buyer wrote them.
    pub codes: &'a [String],
    /// The time.
    pub now: Timestamp,
}

/// A promotion that applies to a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedPromotion {
    /// The promotion.
    pub id: PromotionId,
    /// Its name.
    pub name: String,
    /// Its code; `None` when it applied by itself.
    pub code: Option<String>,
    /// What it takes off the lines; nothing when it pays the delivery.
    pub discount: Money,
    /// The version of the terms by which that was computed.
    pub(crate) version: i64,
    pub(crate) per_user_limit: Option<i64>,
}

/// What promotions take off a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The discount of each line, in the order of the cart and at most its price.
    pub lines: Vec<Money>,
    /// What is left of the price of delivery.
    pub shipping: Money,
    /// The promotions that apply; their discounts are the sum of the lines'.
    pub promotions: Vec<AppliedPromotion>,
    /// The codes that cannot be used, in the order in which they were given.
    pub rejected: Vec<RejectedCode>,
}

/// The promotions that a shopper may meet, as they were read at one instant.
#[derive(Debug)]
pub struct PromotionsInForce<'a> {
    codes: &'a [String],
    candidates: Vec<Candidate>,
    /// Why each of the others does not apply, whatever the cart.
    reasons: HashMap<PromotionId, Reason>,
    rules: Vec<Rule>,
}

/// Reads the promotions that may apply to a cart of this shopper. It reserves nothing: what
/// they take off becomes true when it is redeemed.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn in_force<'a>(
    db: &impl ConnectionTrait,
    shopper: Shopper<'a>,
) -> Result<PromotionsInForce<'a>, DbErr> {
    let keys: Vec<_> = shopper
        .codes
        .iter()
        .filter_map(|code| code::key(code))
        .collect();
    let candidates = store::candidates(db, &keys, shopper.buyer).await?;
    let mut reasons = HashMap::new();
    let mut rules = Vec::new();
    for candidate in &candidates {
        match refusal(candidate, shopper.now) {
            Some(reason) => {
                reasons.insert(candidate.promotion.id, reason);
            }
            None => rules.push(rule(db, &candidate.promotion).await?),
        }
    }
    Ok(PromotionsInForce {
        codes: shopper.codes,
        candidates,
        reasons,
        rules,
    })
}

impl PromotionsInForce<'_> {
    /// Evaluates the promotions for a cart and the price of its delivery.
    ///
    /// # Errors
    ///
    /// When the cart is worth more than money can be.
    pub fn evaluate(
        &self,
        cart: &[CartLine],
        shipping: Money,
    ) -> Result<Evaluation, MoneyOutOfRange> {
        let (discounts, misfits) = rules::apply(cart, shipping, &self.rules)?;
        let mut reasons = self.reasons.clone();
        reasons.extend(misfits.into_iter().map(|(id, misfit)| (id, reason(misfit))));
        let applied = discounts.applied.iter();
        Ok(Evaluation {
            promotions: applied.filter_map(|one| self.applied(one)).collect(),
            lines: discounts.lines,
            shipping: discounts.shipping,
            rejected: rejected(self.codes, &self.candidates, &reasons),
        })
    }

    fn applied(&self, applied: &Applied) -> Option<AppliedPromotion> {
        let mut candidates = self.candidates.iter();
        let candidate = candidates.find(|one| one.promotion.id == applied.id)?;
        let terms = &candidate.promotion.terms;
        Some(AppliedPromotion {
            id: applied.id,
            name: terms.name.clone(),
            code: terms.code.clone(),
            discount: applied.discount,
            version: candidate.version,
            per_user_limit: terms.per_user_limit,
        })
    }
}

/// Why a promotion is not in force for this buyer now, whatever the cart.
fn refusal(candidate: &Candidate, now: Timestamp) -> Option<Reason> {
    let Promotion { terms, used, .. } = &candidate.promotion;
    let reached = |limit: Option<i64>, used: i64| limit.is_some_and(|limit| used >= limit);
    if !terms.enabled {
        Some(Reason::Disabled)
    } else if terms.starts_at.is_some_and(|starts| now < starts) {
        Some(Reason::NotStarted)
    } else if terms.ends_at.is_some_and(|ends| now >= ends) {
        Some(Reason::Ended)
    } else if reached(terms.usage_limit, *used) {
        Some(Reason::UsedUp)
    } else if reached(terms.per_user_limit, candidate.units) {
        Some(Reason::UserLimit)
    } else {
        None
    }
}

async fn rule(db: &impl ConnectionTrait, promotion: &Promotion) -> Result<Rule, DbErr> {
    let terms = &promotion.terms;
    let categories = match &terms.categories {
        Some(ids) => Some(categories_below(db, ids).await?),
        None => None,
    };
    Ok(Rule {
        id: promotion.id,
        kind: terms.kind,
        categories,
        products: terms.products.clone(),
        min_items: terms.min_items,
        combinable: terms.combinable,
    })
}

fn reason(misfit: Misfit) -> Reason {
    match misfit {
        Misfit::BelowMinimum => Reason::BelowMinimum,
        Misfit::NotInScope => Reason::NotInScope,
        Misfit::NotCombinable => Reason::NotCombinable,
    }
}

/// The codes that cannot be used. A code that is given twice counts once.
fn rejected(
    codes: &[String],
    candidates: &[Candidate],
    reasons: &HashMap<PromotionId, Reason>,
) -> Vec<RejectedCode> {
    let mut seen = Vec::new();
    let mut rejected = Vec::new();
    for code in codes {
        let key = code::key(code);
        if seen.contains(&key) && key.is_some() {
            continue;
        }
        let owner = candidates
            .iter()
            .find(|one| key.is_some() && one.key == key);
        let reason = match owner {
            Some(candidate) => reasons.get(&candidate.promotion.id).copied(),
            None => Some(Reason::Unknown),
        };
        seen.push(key);
        rejected.extend(reason.map(|reason| RejectedCode {
            code: code.clone(),
            reason,
        }));
    }
    rejected
}
