//! Promotions, as admins see and change them.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_kernel::{CategoryId, Money, ProductId, Timestamp};
use stampede_promotion::{Kind, Promotion, PromotionChange, Terms};
use utoipa::ToSchema;

use crate::present::present;

/// What a promotion takes off: `percent` (`value` = basis points of what is in scope), `amount`
/// (`value` = minor units off what is in scope), `free_shipping`, or `buy_x_get_y` (of `buy` +
/// `get` units in scope the `get` cheapest are free).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PromotionKind)]
enum KindName {
    Percent,
    Amount,
    FreeShipping,
    BuyXGetY,
}

/// A promotion.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Promotion)]
pub struct PromotionBody {
    /// Id of the promotion.
    id: i64,
    /// Name for customers.
    name: String,
    /// Code that customers type; null for a promotion that applies by itself.
    code: Option<String>,
    /// What it takes off.
    kind: KindName,
    /// Basis points or minor units, as `kind` says; 0 where it has no meaning.
    value: i64,
    /// Units to pay of `buy_x_get_y`; null for any other kind.
    buy: Option<i64>,
    /// Units for nothing of `buy_x_get_y`; null for any other kind.
    get: Option<i64>,
    /// What all lines together must cost before discounts, in minor units.
    min_items: i64,
    /// Ids of the categories in scope, with everything below them; null for all.
    category_ids: Option<Vec<i64>>,
    /// Ids of the products in scope; null for all.
    product_ids: Option<Vec<i64>>,
    /// First instant at which it applies: RFC 3339, UTC; null for always.
    starts_at: Option<String>,
    /// First instant after it: RFC 3339, UTC; null for never.
    ends_at: Option<String>,
    /// Largest number of orders that use it; null for any.
    usage_limit: Option<i64>,
    /// Largest number of orders of one user that use it; null for any.
    per_user_limit: Option<i64>,
    /// Orders that use it and did not end unpaid.
    used: i64,
    /// True when it applies beside other combinable ones.
    combinable: bool,
    /// True when it applies at all.
    enabled: bool,
    /// Time of creation: RFC 3339, UTC.
    created_at: String,
}

impl From<Promotion> for PromotionBody {
    fn from(promotion: Promotion) -> Self {
        let terms = promotion.terms;
        let (kind, value, bundle) = match terms.kind {
            Kind::Percent(rate) => (KindName::Percent, rate, None),
            Kind::Amount(amount) => (KindName::Amount, amount.minor(), None),
            Kind::FreeShipping => (KindName::FreeShipping, 0, None),
            Kind::BuyXGetY { buy, get } => (KindName::BuyXGetY, 0, Some((buy, get))),
        };
        let categories = terms.categories;
        let products = terms.products;
        Self {
            id: promotion.id.0,
            name: terms.name,
            code: terms.code,
            kind,
            value,
            buy: bundle.map(|(buy, _)| buy),
            get: bundle.map(|(_, get)| get),
            min_items: terms.min_items.minor(),
            category_ids: categories.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            product_ids: products.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            starts_at: terms.starts_at.map(Timestamp::to_rfc3339),
            ends_at: terms.ends_at.map(Timestamp::to_rfc3339),
            usage_limit: terms.usage_limit,
            per_user_limit: terms.per_user_limit,
            used: promotion.used,
            combinable: terms.combinable,
            enabled: terms.enabled,
            created_at: promotion.created_at.to_rfc3339(),
        }
    }
}

/// Request to add a promotion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPromotionBody {
    /// Name for customers, 1–128 characters.
    #[schema(min_length = 1, max_length = 128)]
    name: String,
    /// Code that customers type, 1–32 characters without blanks, unique after NFKC and case
    /// folding; absent for a promotion that applies by itself.
    #[schema(min_length = 1, max_length = 32)]
    code: Option<String>,
    /// What it takes off.
    kind: KindName,
    /// Basis points (1–10,000) of `percent`, or minor units of `amount`.
    value: Option<i64>,
    /// Units to pay of `buy_x_get_y`, 1–99.
    buy: Option<i64>,
    /// Units for nothing of `buy_x_get_y`, 1–99.
    get: Option<i64>,
    /// What all lines together must cost before discounts, in minor units; 0 when absent.
    min_items: Option<i64>,
    /// Ids of the categories in scope, 1–100, with everything below them; absent for all.
    category_ids: Option<BTreeSet<i64>>,
    /// Ids of the products in scope, 1–100; absent for all.
    product_ids: Option<BTreeSet<i64>>,
    /// First instant at which it applies: RFC 3339; absent for always.
    starts_at: Option<String>,
    /// First instant after it: RFC 3339; absent for never.
    ends_at: Option<String>,
    /// Largest number of orders that use it, at least 1; absent for any.
    usage_limit: Option<i64>,
    /// Largest number of orders of one user that use it, at least 1; absent for any.
    per_user_limit: Option<i64>,
    /// True when it applies beside other combinable ones; false when absent.
    combinable: Option<bool>,
    /// True when it applies at all; true when absent.
    enabled: Option<bool>,
}

impl NewPromotionBody {
    /// The terms of the promotion.
    ///
    /// # Errors
    ///
    /// 422 for what its kind needs and is absent, or what is no amount or no instant.
    pub fn into_terms(self) -> Result<Terms, Problem> {
        Ok(Terms {
            kind: kind(self.kind, self.value, self.buy, self.get)?,
            name: self.name,
            code: self.code,
            min_items: amount("min_items", self.min_items.unwrap_or(0))?,
            categories: self.category_ids.map(categories),
            products: self.product_ids.map(products),
            starts_at: instant("starts_at", self.starts_at)?,
            ends_at: instant("ends_at", self.ends_at)?,
            usage_limit: self.usage_limit,
            per_user_limit: self.per_user_limit,
            combinable: self.combinable.unwrap_or(false),
            enabled: self.enabled.unwrap_or(true),
        })
    }
}

/// Request to change a promotion; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePromotionBody {
    /// Name for customers, 1–128 characters.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Code that customers type; null for a promotion that applies by itself.
    #[serde(default, deserialize_with = "present")]
    code: Option<Option<String>>,
    /// What it takes off; given together with `value`, or `buy` and `get`.
    kind: Option<KindName>,
    /// Basis points of `percent`, or minor units of `amount`; only with `kind`.
    value: Option<i64>,
    /// Units to pay of `buy_x_get_y`; only with `kind`.
    buy: Option<i64>,
    /// Units for nothing of `buy_x_get_y`; only with `kind`.
    get: Option<i64>,
    /// What all lines together must cost before discounts, in minor units.
    min_items: Option<i64>,
    /// Ids of the categories in scope, with everything below them; null for all.
    #[serde(default, deserialize_with = "present")]
    category_ids: Option<Option<BTreeSet<i64>>>,
    /// Ids of the products in scope; null for all.
    #[serde(default, deserialize_with = "present")]
    product_ids: Option<Option<BTreeSet<i64>>>,
    /// First instant at which it applies: RFC 3339; null for always.
    #[serde(default, deserialize_with = "present")]
    starts_at: Option<Option<String>>,
    /// First instant after it: RFC 3339; null for never.
    #[serde(default, deserialize_with = "present")]
    ends_at: Option<Option<String>>,
    /// Largest number of orders that use it, at least as many as do; null for any.
    #[serde(default, deserialize_with = "present")]
    usage_limit: Option<Option<i64>>,
    /// Largest number of orders of one user that use it, at least as many as somebody has; null
    /// for any.
    #[serde(default, deserialize_with = "present")]
    per_user_limit: Option<Option<i64>>,
    /// True when it applies beside other combinable ones.
    combinable: Option<bool>,
    /// True when it applies at all.
    enabled: Option<bool>,
}

impl ChangePromotionBody {
    /// The change.
    ///
    /// # Errors
    ///
    /// 422 for a value without its kind, or what is no amount or no instant.
    pub fn into_change(self) -> Result<PromotionChange, Problem> {
        let at =
            |field, text: Option<Option<String>>| text.map(|text| instant(field, text)).transpose();
        let given = [self.value, self.buy, self.get];
        let kind = match self.kind {
            Some(name) => Some(kind(name, self.value, self.buy, self.get)?),
            None if given.iter().any(Option::is_some) => return Err(missing("kind")),
            None => None,
        };
        let min_items = self.min_items.map(|minor| amount("min_items", minor));
        Ok(PromotionChange {
            name: self.name,
            code: self.code,
            kind,
            min_items: min_items.transpose()?,
            categories: self.category_ids.map(|ids| ids.map(categories)),
            products: self.product_ids.map(|ids| ids.map(products)),
            starts_at: at("starts_at", self.starts_at)?,
            ends_at: at("ends_at", self.ends_at)?,
            usage_limit: self.usage_limit,
            per_user_limit: self.per_user_limit,
            combinable: self.combinable,
            enabled: self.enabled,
        })
    }
}

fn kind(
    name: KindName,
    value: Option<i64>,
    buy: Option<i64>,
    get: Option<i64>,
) -> Result<Kind, Problem> {
    match name {
        KindName::Percent => Ok(Kind::Percent(value.ok_or_else(|| missing("value"))?)),
        KindName::Amount => {
            let value = value.ok_or_else(|| missing("value"))?;
            Ok(Kind::Amount(amount("value", value)?))
        }
        KindName::FreeShipping => Ok(Kind::FreeShipping),
        KindName::BuyXGetY => Ok(Kind::BuyXGetY {
            buy: buy.ok_or_else(|| missing("buy"))?,
            get: get.ok_or_else(|| missing("get"))?,
        }),
    }
}

fn categories(ids: BTreeSet<i64>) -> BTreeSet<CategoryId> {
    ids.into_iter().map(CategoryId).collect()
}

fn products(ids: BTreeSet<i64>) -> BTreeSet<ProductId> {
    ids.into_iter().map(ProductId).collect()
}

fn amount(field: &'static str, minor: i64) -> Result<Money, Problem> {
    let detail = "must be at most 2^53 − 1";
    Money::new(minor).map_err(|_| Problem::field(field, "out_of_range", detail))
}

fn instant(field: &'static str, text: Option<String>) -> Result<Option<Timestamp>, Problem> {
    let detail = "must be an instant such as 2026-11-22T08:30:00.000Z";
    let fault = || Problem::field(field, "invalid_value", detail);
    text.map(|text| Timestamp::from_rfc3339(&text).ok_or_else(fault))
        .transpose()
}

fn missing(field: &'static str) -> Problem {
    Problem::field(field, "missing_field", format!("`{field}` is missing"))
}
