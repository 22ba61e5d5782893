//! Promotions and their terms.

use std::collections::BTreeSet;

use stampede_kernel::{CategoryId, FieldError, Money, ProductId, PromotionId, Timestamp};

use crate::code;

/// The largest number of units in a bundle, of ids in a scope, and of uses.
const MAX_BUNDLE: i64 = 99;
const MAX_IDS: usize = 100;
const MAX_USES: i64 = 1_000_000_000;
/// One whole in basis points.
const WHOLE: i64 = 10_000;

/// What a promotion takes off, of what is in its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Basis points of the price, 1–10,000.
    Percent(i64),
    /// An amount, at most the price.
    Amount(Money),
    /// The delivery.
    FreeShipping,
    /// Of `buy + get` units the `get` cheapest.
    BuyXGetY {
        /// Units to pay, at least 1.
        buy: i64,
        /// Units for nothing, at least 1.
        get: i64,
    },
}

/// The terms of a promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Its name for customers, 1–128 characters.
    pub name: String,
    /// The code that it asks for, 1–32 visible characters; `None` applies by itself.
    pub code: Option<String>,
    /// What it takes off.
    pub kind: Kind,
    /// What the whole cart must be worth before discounts.
    pub min_items: Money,
    /// These categories and what is below them; `None` for all.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// These products; `None` for all.
    pub products: Option<BTreeSet<ProductId>>,
    /// The first instant at which it applies.
    pub starts_at: Option<Timestamp>,
    /// The first instant after it.
    pub ends_at: Option<Timestamp>,
    /// The largest number of orders that use it.
    pub usage_limit: Option<i64>,
    /// The largest number of orders of one buyer that use it.
    pub per_user_limit: Option<i64>,
    /// Whether it applies beside other combinable ones.
    pub combinable: bool,
    /// Whether it applies at all.
    pub enabled: bool,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// Its id.
    pub id: PromotionId,
    /// Its terms.
    pub terms: Terms,
    /// Orders that use it and were not given up unpaid.
    pub used: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A change of a promotion; what is `None` stays, `Some(None)` clears.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each field is one of the terms")]
pub struct PromotionChange {
    pub name: Option<String>,
    pub code: Option<Option<String>>,
    pub kind: Option<Kind>,
    pub min_items: Option<Money>,
    pub categories: Option<Option<BTreeSet<CategoryId>>>,
    pub products: Option<Option<BTreeSet<ProductId>>>,
    pub starts_at: Option<Option<Timestamp>>,
    pub ends_at: Option<Option<Timestamp>>,
    pub usage_limit: Option<Option<i64>>,
    pub per_user_limit: Option<Option<i64>>,
    pub combinable: Option<bool>,
    pub enabled: Option<bool>,
}

impl PromotionChange {
    /// The terms with this change.
    pub(crate) fn apply(self, terms: Terms) -> Terms {
        Terms {
            name: self.name.unwrap_or(terms.name),
            code: self.code.unwrap_or(terms.code),
            kind: self.kind.unwrap_or(terms.kind),
            min_items: self.min_items.unwrap_or(terms.min_items),
            categories: self.categories.unwrap_or(terms.categories),
            products: self.products.unwrap_or(terms.products),
            starts_at: self.starts_at.unwrap_or(terms.starts_at),
            ends_at: self.ends_at.unwrap_or(terms.ends_at),
            usage_limit: self.usage_limit.unwrap_or(terms.usage_limit),
            per_user_limit: self.per_user_limit.unwrap_or(terms.per_user_limit),
            combinable: self.combinable.unwrap_or(terms.combinable),
            enabled: self.enabled.unwrap_or(terms.enabled),
        }
    }
}

impl Terms {
    /// Checks what can be checked without the database.
    pub(crate) fn check(&self) -> Result<(), FieldError> {
        if self.name.trim().is_empty() {
            return Err(FieldError::new("name", "too_short", "must not be blank"));
        }
        stampede_kernel::check_text("name", &self.name, 128)?;
        if self
            .code
            .as_deref()
            .is_some_and(|text| code::key(text).is_none())
        {
            let detail = "must be 1 to 32 characters without blanks";
            return Err(FieldError::new("code", "characters", detail));
        }
        self.check_kind()?;
        within("min_items", self.min_items.minor(), 0, Money::MAX.minor())?;
        check_ids("category_ids", self.categories.as_ref().map(BTreeSet::len))?;
        check_ids("product_ids", self.products.as_ref().map(BTreeSet::len))?;
        if let (Some(starts), Some(ends)) = (self.starts_at, self.ends_at)
            && ends <= starts
        {
            return Err(FieldError::new(
                "ends_at",
                "out_of_range",
                "must be after `starts_at`",
            ));
        }
        for (field, limit) in [
            ("usage_limit", self.usage_limit),
            ("per_user_limit", self.per_user_limit),
        ] {
            limit.map_or(Ok(()), |limit| within(field, limit, 1, MAX_USES))?;
        }
        Ok(())
    }

    fn check_kind(&self) -> Result<(), FieldError> {
        match self.kind {
            Kind::Percent(rate) => within("value", rate, 1, WHOLE),
            Kind::Amount(amount) => within("value", amount.minor(), 1, Money::MAX.minor()),
            Kind::FreeShipping => Ok(()),
            Kind::BuyXGetY { buy, get } => {
                within("buy", buy, 1, MAX_BUNDLE)?;
                within("get", get, 1, MAX_BUNDLE)
            }
        }
    }
}

fn within(field: &'static str, value: i64, least: i64, most: i64) -> Result<(), FieldError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let detail = format!("must be between {least} and {most}");
    Err(FieldError::new(field, "out_of_range", detail))
}

fn check_ids(field: &'static str, count: Option<usize>) -> Result<(), FieldError> {
    match count {
        Some(0) => Err(FieldError::new(
            field,
            "too_few",
            "name some, or null for all",
        )),
        Some(count) if count > MAX_IDS => Err(FieldError::new(
            field,
            "too_many",
            format!("at most {MAX_IDS}"),
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(kind: Kind) -> Terms {
        Terms {
            name: "Spring".to_owned(),
            code: None,
            kind,
            min_items: Money::ZERO,
            categories: None,
            products: None,
            starts_at: None,
            ends_at: None,
            usage_limit: None,
            per_user_limit: None,
            combinable: false,
            enabled: true,
        }
    }

    fn fault(terms: &Terms) -> (String, &'static str) {
        let fault = terms.check().unwrap_err();
        (fault.field.into_owned(), fault.code)
    }

    #[test]
    fn a_promotion_takes_something_off_and_never_more_than_everything() {
        for rate in [i64::MIN, -1, 0, 10_001] {
            assert_eq!(fault(&terms(Kind::Percent(rate))).0, "value");
        }
        for kind in [Kind::Amount(Money::ZERO), Kind::Amount(-Money::MAX)] {
            assert_eq!(fault(&terms(kind)).0, "value");
        }
        assert_eq!(fault(&terms(Kind::BuyXGetY { buy: 0, get: 1 })).0, "buy");
        assert_eq!(fault(&terms(Kind::BuyXGetY { buy: 1, get: 100 })).0, "get");
        assert_eq!(terms(Kind::Percent(10_000)).check(), Ok(()));
    }

    #[test]
    fn limits_times_and_scopes_are_possible() {
        let well = terms(Kind::FreeShipping);
        let never = Terms {
            starts_at: Some(Timestamp(5)),
            ends_at: Some(Timestamp(5)),
            ..well.clone()
        };
        let nobody = Terms {
            per_user_limit: Some(0),
            ..well.clone()
        };
        let nothing = Terms {
            products: Some(BTreeSet::new()),
            ..well.clone()
        };
        let blank = Terms {
            code: Some(" ".to_owned()),
            ..well
        };

        assert_eq!(fault(&never).0, "ends_at");
        assert_eq!(fault(&nobody).0, "per_user_limit");
        assert_eq!(fault(&nothing), ("product_ids".to_owned(), "too_few"));
        assert_eq!(fault(&blank), ("code".to_owned(), "characters"));
    }
}
