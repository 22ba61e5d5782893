//! Delivery methods, as customers see and admins change them.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_http::response::List;
use stampede_kernel::{Country, Language, Money};
use stampede_order::{DeliveryChange, DeliveryMethod, DeliveryTerms, OrderDelivery};
use utoipa::ToSchema;

use crate::address::country;
use crate::present::present;
use crate::{Localizer, Render};

/// A delivery method.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryMethod)]
pub struct DeliveryMethodBody {
    /// Id of the delivery method.
    id: i64,
    /// Name for customers.
    name: String,
    /// Price in minor units; in a quote, the price for the lines of the quote.
    price: i64,
    /// What the lines must cost after discounts for the delivery to cost nothing, in minor
    /// units; null for never.
    free_from: Option<i64>,
    /// ISO 3166-1 alpha-2 codes of the countries that it serves; null for all.
    countries: Option<Vec<String>>,
    /// True when it is offered.
    enabled: bool,
}

impl From<DeliveryMethod> for DeliveryMethodBody {
    fn from(method: DeliveryMethod) -> Self {
        let terms = method.terms;
        let countries = terms.countries;
        Self {
            id: method.id.0,
            name: terms.name,
            price: terms.price.minor(),
            free_from: terms.free_from.map(Money::minor),
            countries: countries.map(|codes| codes.into_iter().map(String::from).collect()),
            enabled: terms.enabled,
        }
    }
}

impl Render for Vec<DeliveryMethod> {
    type Body = List<DeliveryMethodBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language) {
        let methods = List::whole(self.clone(), DeliveryMethodBody::from);
        (methods, localizer.shop.language)
    }
}

/// Filter of the delivery methods.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// ISO 3166-1 alpha-2 code of a country; only methods that serve it.
    #[param(min_length = 2, max_length = 2)]
    country: Option<String>,
}

impl DeliveryQuery {
    /// The country that is asked for.
    ///
    /// # Errors
    ///
    /// 422 for a country that does not exist.
    pub fn into_country(self) -> Result<Option<Country>, Problem> {
        self.country
            .map(|code| country("country", &code))
            .transpose()
    }
}

/// Request to add a delivery method.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeliveryMethodBody {
    /// Name for customers, 1–64 characters.
    #[schema(min_length = 1, max_length = 64)]
    name: String,
    /// Price in minor units.
    #[schema(minimum = 0)]
    price: i64,
    /// What the lines must cost after discounts for the delivery to cost nothing, in minor
    /// units; absent for never.
    #[schema(minimum = 0)]
    free_from: Option<i64>,
    /// ISO 3166-1 alpha-2 codes of the countries that it serves; absent for all.
    countries: Option<BTreeSet<String>>,
    /// True when it is offered; true when absent.
    enabled: Option<bool>,
}

impl NewDeliveryMethodBody {
    /// The terms of the delivery method.
    ///
    /// # Errors
    ///
    /// 422 for what is no amount or no country.
    pub fn into_terms(self) -> Result<DeliveryTerms, Problem> {
        let free_from = self.free_from.map(|minor| amount("free_from", minor));
        Ok(DeliveryTerms {
            name: self.name,
            price: amount("price", self.price)?,
            free_from: free_from.transpose()?,
            countries: self.countries.as_ref().map(countries).transpose()?,
            enabled: self.enabled.unwrap_or(true),
        })
    }
}

/// Request to change a delivery method; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeDeliveryMethodBody {
    /// Name for customers, 1–64 characters.
    #[schema(min_length = 1, max_length = 64)]
    name: Option<String>,
    /// Price in minor units.
    #[schema(minimum = 0)]
    price: Option<i64>,
    /// What the lines must cost after discounts for the delivery to cost nothing, in minor
    /// units; null for never.
    #[serde(default, deserialize_with = "present")]
    free_from: Option<Option<i64>>,
    /// ISO 3166-1 alpha-2 codes of the countries that it serves; null for all.
    #[serde(default, deserialize_with = "present")]
    countries: Option<Option<BTreeSet<String>>>,
    /// True when it is offered.
    enabled: Option<bool>,
}

impl ChangeDeliveryMethodBody {
    /// The change.
    ///
    /// # Errors
    ///
    /// 422 for what is no amount or no country.
    pub fn into_change(self) -> Result<DeliveryChange, Problem> {
        let price = self.price.map(|minor| amount("price", minor));
        let free_from = |minor: Option<i64>| {
            let amount = minor.map(|minor| amount("free_from", minor));
            amount.transpose()
        };
        let served = |codes: &Option<BTreeSet<String>>| codes.as_ref().map(countries).transpose();
        Ok(DeliveryChange {
            name: self.name,
            price: price.transpose()?,
            free_from: self.free_from.map(free_from).transpose()?,
            countries: self.countries.as_ref().map(served).transpose()?,
            enabled: self.enabled,
        })
    }
}

/// The delivery of an order, as of the time of the order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderDelivery)]
pub(crate) struct OrderDeliveryBody {
    /// Id of the delivery method, which may be gone by now.
    method_id: i64,
    /// Name of the delivery method.
    name: String,
    /// Price in minor units, before promotions that pay it; `totals.shipping` is what the
    /// buyer pays.
    price: i64,
}

impl From<OrderDelivery> for OrderDeliveryBody {
    fn from(delivery: OrderDelivery) -> Self {
        Self {
            method_id: delivery.method_id.0,
            name: delivery.name,
            price: delivery.price.minor(),
        }
    }
}

fn amount(field: &'static str, minor: i64) -> Result<Money, Problem> {
    let detail = "must be at most 2^53 − 1";
    Money::new(minor).map_err(|_| Problem::field(field, "out_of_range", detail))
}

fn countries(codes: &BTreeSet<String>) -> Result<BTreeSet<Country>, Problem> {
    codes
        .iter()
        .map(|code| country("countries", code))
        .collect()
}
