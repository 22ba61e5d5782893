//! Which delivery an order gets, and what it costs: the rules, without a database.

use stampede_kernel::{Country, DeliveryMethodId, Money};

use super::{DeliveryMethod, OrderDelivery};

/// All delivery methods of a shop, the first one first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryMethods(Vec<DeliveryMethod>);

/// Why no delivery can be chosen for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryRefusal {
    /// Several methods serve the country, and none was named.
    #[error("several delivery methods serve this address; name one")]
    Required,
    /// The method that was named does not serve the country, or no method does.
    #[error("this delivery is not offered for the address")]
    NotOffered,
}

impl DeliveryMethods {
    /// These methods, in ascending order of their ids.
    pub(crate) fn new(methods: Vec<DeliveryMethod>) -> Self {
        Self(methods)
    }

    /// All methods, also those that are switched off.
    pub(crate) fn into_vec(self) -> Vec<DeliveryMethod> {
        self.0
    }

    /// The methods that are offered for an address in this country.
    pub(crate) fn serving(&self, country: Country) -> impl Iterator<Item = &DeliveryMethod> {
        self.0.iter().filter(move |method| method.serves(country))
    }

    /// The method of an order to this country: the named one, or the only one. A shop that
    /// has none at all delivers for nothing, as it did before it could have any; one whose
    /// methods are all switched off does not deliver.
    pub(crate) fn choose(
        &self,
        country: Country,
        named: Option<DeliveryMethodId>,
    ) -> Result<Option<&DeliveryMethod>, DeliveryRefusal> {
        let mut serving = self.serving(country);
        match named {
            Some(id) => serving
                .find(|method| method.id == id)
                .map(Some)
                .ok_or(DeliveryRefusal::NotOffered),
            None if self.0.is_empty() => Ok(None),
            None => match (serving.next(), serving.next()) {
                (None, _) => Err(DeliveryRefusal::NotOffered),
                (only, None) => Ok(only),
                (Some(_), Some(_)) => Err(DeliveryRefusal::Required),
            },
        }
    }

    /// The method of an order that must not be refused any more: the named one if it
    /// serves the country, else the first that does. `None` when none does.
    pub(crate) fn at_any_rate(
        &self,
        country: Country,
        named: Option<DeliveryMethodId>,
    ) -> Option<&DeliveryMethod> {
        self.serving(country)
            .find(|method| Some(method.id) == named)
            .or_else(|| self.serving(country).next())
    }
}

impl DeliveryMethod {
    /// Whether it is offered for an address in this country.
    pub(crate) fn serves(&self, country: Country) -> bool {
        let countries = self.terms.countries.as_ref();
        self.terms.enabled && countries.is_none_or(|served| served.contains(&country))
    }

    /// What it costs for lines that are worth this much after discounts.
    pub(crate) fn price_for(&self, worth: Money) -> Money {
        match self.terms.free_from {
            Some(least) if worth >= least => Money::ZERO,
            _ => self.terms.price,
        }
    }

    /// The copy that an order keeps whose lines are worth this much after discounts.
    pub(crate) fn for_order(&self, worth: Money) -> OrderDelivery {
        OrderDelivery {
            method_id: self.id,
            name: self.terms.name.clone(),
            price: self.price_for(worth),
        }
    }

    /// The method with its price for lines that are worth this much after discounts.
    pub(crate) fn priced_for(&self, worth: Money) -> Self {
        let mut priced = self.clone();
        priced.terms.price = self.price_for(worth);
        priced
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::DeliveryTerms;

    const DE: &str = "DE";

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn money(minor: i64) -> Money {
        Money::new(minor).unwrap()
    }

    fn method(id: i64, countries: Option<&[&str]>) -> DeliveryMethod {
        let countries = countries.map(|codes| codes.iter().map(|code| country(code)).collect());
        DeliveryMethod {
            id: DeliveryMethodId(id),
            terms: DeliveryTerms {
                name: format!("Method {id}"),
                price: money(500),
                free_from: Some(money(5_000)),
                countries,
                enabled: true,
            },
        }
    }

    fn off(mut method: DeliveryMethod) -> DeliveryMethod {
        method.terms.enabled = false;
        method
    }

    fn chosen(
        methods: &DeliveryMethods,
        code: &str,
        named: Option<i64>,
    ) -> Result<Option<i64>, DeliveryRefusal> {
        let chosen = methods.choose(country(code), named.map(DeliveryMethodId));
        chosen.map(|method| method.map(|method| method.id.0))
    }

    #[test]
    fn what_is_not_offered_is_not_chosen() {
        let methods = DeliveryMethods::new(vec![
            method(1, Some(&["DE", "AT"])),
            method(2, None),
            off(method(3, None)),
        ]);

        assert_eq!(chosen(&methods, DE, None), Err(DeliveryRefusal::Required));
        for nowhere in [3, 4] {
            let named = chosen(&methods, DE, Some(nowhere));
            assert_eq!(named, Err(DeliveryRefusal::NotOffered), "{nowhere}");
        }
        assert_eq!(
            chosen(&methods, "JP", Some(1)),
            Err(DeliveryRefusal::NotOffered)
        );
        for none in [vec![method(1, Some(&["AT"]))], vec![off(method(1, None))]] {
            let none = DeliveryMethods::new(none);
            assert_eq!(chosen(&none, DE, None), Err(DeliveryRefusal::NotOffered));
        }
        let empty = DeliveryMethods::default();
        assert_eq!(
            chosen(&empty, DE, Some(1)),
            Err(DeliveryRefusal::NotOffered)
        );
    }

    #[test]
    fn the_named_method_is_chosen_or_the_only_one_or_none_of_none() {
        let methods = DeliveryMethods::new(vec![method(1, Some(&["DE"])), method(2, None)]);

        assert_eq!(chosen(&methods, DE, Some(1)), Ok(Some(1)));
        assert_eq!(chosen(&methods, DE, Some(2)), Ok(Some(2)));
        assert_eq!(chosen(&methods, "JP", None), Ok(Some(2)));
        assert_eq!(chosen(&DeliveryMethods::default(), DE, None), Ok(None));
    }

    #[test]
    fn what_cannot_be_refused_gets_the_named_method_or_the_first() {
        let methods = DeliveryMethods::new(vec![
            off(method(1, None)),
            method(2, Some(&["DE"])),
            method(3, Some(&["DE"])),
        ]);
        let got = |code, named: Option<i64>| {
            let method = methods.at_any_rate(country(code), named.map(DeliveryMethodId));
            method.map(|method| method.id.0)
        };

        assert_eq!(got(DE, Some(3)), Some(3));
        for unfit in [None, Some(1), Some(9)] {
            assert_eq!(got(DE, unfit), Some(2), "{unfit:?}");
        }
        assert_eq!(got("JP", Some(2)), None);
    }

    #[test]
    fn delivery_is_free_from_an_amount_on() {
        let post = method(1, None);

        assert_eq!(post.price_for(money(4_999)), money(500));
        assert_eq!(post.price_for(money(5_000)), Money::ZERO);
        assert_eq!(post.for_order(money(5_000)).price, Money::ZERO);
        let mut never = post;
        never.terms.free_from = None;
        assert_eq!(never.price_for(Money::MAX), money(500));
    }
}
