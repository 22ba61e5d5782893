//! Delivery methods and their terms.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stampede_kernel::{Country, DeliveryMethodId, FieldError, Money, check_text};

/// The terms of a delivery method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryTerms {
    /// Its name for customers, 1–64 characters.
    pub name: String,
    /// What it costs.
    pub price: Money,
    /// What the lines must cost after discounts for it to cost nothing; `None` for never.
    pub free_from: Option<Money>,
    /// The countries that it serves; `None` for all.
    pub countries: Option<BTreeSet<Country>>,
    /// Whether it is offered.
    pub enabled: bool,
}

/// A delivery method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryMethod {
    /// Its id; the method with the smaller one is offered first.
    pub id: DeliveryMethodId,
    /// Its terms.
    pub terms: DeliveryTerms,
}

/// A change of a delivery method; what is `None` stays, `Some(None)` clears.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each field is one of the terms")]
pub struct DeliveryChange {
    pub name: Option<String>,
    pub price: Option<Money>,
    pub free_from: Option<Option<Money>>,
    pub countries: Option<Option<BTreeSet<Country>>>,
    pub enabled: Option<bool>,
}

/// The delivery of an order, as it was when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDelivery {
    /// The method, which may be gone by now.
    pub method_id: DeliveryMethodId,
    /// Its name.
    pub name: String,
    /// What it cost this order, before promotions that pay it.
    pub price: Money,
}

impl DeliveryChange {
    /// The terms with this change.
    pub(crate) fn apply(self, terms: DeliveryTerms) -> DeliveryTerms {
        DeliveryTerms {
            name: self.name.unwrap_or(terms.name),
            price: self.price.unwrap_or(terms.price),
            free_from: self.free_from.unwrap_or(terms.free_from),
            countries: self.countries.unwrap_or(terms.countries),
            enabled: self.enabled.unwrap_or(terms.enabled),
        }
    }
}

impl DeliveryTerms {
    pub(crate) fn check(&self) -> Result<(), FieldError> {
        if self.name.trim().is_empty() {
            return Err(FieldError::new("name", "too_short", "must not be blank"));
        }
        check_text("name", &self.name, 64)?;
        not_negative("price", Some(self.price))?;
        not_negative("free_from", self.free_from)?;
        if self.countries.as_ref().is_some_and(BTreeSet::is_empty) {
            let detail = "name some, or null for all";
            return Err(FieldError::new("countries", "too_few", detail));
        }
        Ok(())
    }
}

fn not_negative(field: &'static str, amount: Option<Money>) -> Result<(), FieldError> {
    match amount {
        Some(amount) if amount < Money::ZERO => Err(FieldError::new(
            field,
            "out_of_range",
            "must not be below 0",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_has_a_name_a_price_and_somewhere_to_go() {
        let well = || DeliveryTerms {
            name: "Post".to_owned(),
            price: Money::ZERO,
            free_from: Some(Money::ZERO),
            countries: Some(BTreeSet::from([Country::US])),
            enabled: true,
        };
        let below = Money::ZERO.minus(Money::MAX).unwrap();
        let field = |terms: DeliveryTerms| terms.check().unwrap_err().field;

        assert_eq!(well().check(), Ok(()));
        let name = |name: &str| {
            field(DeliveryTerms {
                name: name.to_owned(),
                ..well()
            })
        };
        for unnamed in [" ", "a\nb", &"x".repeat(65)] {
            assert_eq!(name(unnamed), "name");
        }
        assert_eq!(
            field(DeliveryTerms {
                price: below,
                ..well()
            }),
            "price"
        );
        let free_from = Some(below);
        assert_eq!(
            field(DeliveryTerms {
                free_from,
                ..well()
            }),
            "free_from"
        );
        let countries = Some(BTreeSet::new());
        assert_eq!(
            field(DeliveryTerms {
                countries,
                ..well()
            }),
            "countries"
        );
    }
}
