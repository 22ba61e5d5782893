//! The model of sales, and the requests that change them.

use serde::Serialize;
use stampede_kernel::{FieldError, Money, ProductId, SaleId, SkuId, Timestamp, check_text};

/// The largest number of units of a sale.
const MAX_UNITS: i64 = 10_000_000;
/// The largest limit per buyer, which is the largest number of units of an order
/// line.
const MAX_LIMIT: i64 = 99;
/// The last instant that RFC 3339 can express.
const END_OF_TIME: Timestamp = Timestamp(253_402_300_799_999);

/// The status of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleStatus {
    /// The sale has not started.
    Scheduled,
    /// The sale is running and has units left.
    Live,
    /// An admin paused the sale.
    Paused,
    /// The sale is running and has no units left; released units may come back.
    SoldOut,
    /// The sale has ended.
    Ended,
    /// An admin cancelled the sale.
    Cancelled,
}

/// A sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The sale's id.
    pub id: SaleId,
    /// The SKU that is sold.
    pub sku: SkuId,
    /// The SKU's product.
    pub product: ProductId,
    /// The sale's title.
    pub title: String,
    /// The price of one unit in the sale.
    pub price: Money,
    /// The regular price of one unit.
    pub list_price: Money,
    /// All units of the sale.
    pub total: i64,
    /// Units left.
    pub left: i64,
    /// Units that one buyer may have at a time.
    pub per_user_limit: i64,
    /// The start of the sale, inclusive.
    pub starts_at: Timestamp,
    /// The end of the sale, exclusive.
    pub ends_at: Timestamp,
    /// The sale's status.
    pub status: SaleStatus,
    /// The time of this state, by the gate's clock.
    pub now: Timestamp,
}

/// A sale to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSale {
    /// The SKU that is sold.
    pub sku: SkuId,
    /// The sale's title, 1–128 characters.
    pub title: String,
    /// The price of one unit, above 0.
    pub price: Money,
    /// Units, 1–10,000,000; they are taken from the SKU's stock.
    pub total: i64,
    /// Units per buyer, 1–99.
    pub per_user_limit: i64,
    /// The start of the sale, inclusive.
    pub starts_at: Timestamp,
    /// The end of the sale, exclusive.
    pub ends_at: Timestamp,
    /// Whether the sale belongs to `stampede rehearse`; lists and statistics
    /// leave it out.
    pub rehearsal: bool,
}

/// Changes of a sale; fields that are `None` stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SaleChange {
    /// The sale's title, 1–128 characters.
    pub title: Option<String>,
    /// The price of one unit, above 0; existing orders are not changed.
    pub price: Option<Money>,
    /// All units; the difference is taken from the SKU's stock or returned to
    /// it.
    pub total: Option<i64>,
    /// Units per buyer, 1–99, and no fewer than any buyer has.
    pub per_user_limit: Option<i64>,
    /// The start; can be changed only before the sale has started.
    pub starts_at: Option<Timestamp>,
    /// The end, in the future.
    pub ends_at: Option<Timestamp>,
}

impl NewSale {
    /// Checks the rules of each field.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), FieldError> {
        check_title(&self.title)?;
        check_price(self.price)?;
        check_total(self.total)?;
        check_limit(self.per_user_limit)?;
        check_sum(self.price, self.per_user_limit)?;
        check_window(self.starts_at, self.ends_at, now)
    }
}

impl SaleChange {
    /// Checks the rules of each changed field. The window is checked later,
    /// together with the stored row.
    pub(super) fn check(&self) -> Result<(), FieldError> {
        self.title.as_deref().map_or(Ok(()), check_title)?;
        self.price.map_or(Ok(()), check_price)?;
        self.total.map_or(Ok(()), check_total)?;
        self.per_user_limit.map_or(Ok(()), check_limit)
    }
}

fn check_title(title: &str) -> Result<(), FieldError> {
    if title.trim().is_empty() {
        return Err(FieldError::new("title", "too_short", "must not be blank"));
    }
    check_text("title", title, 128)
}

fn check_price(price: Money) -> Result<(), FieldError> {
    within("price", price.minor(), Money::MAX.minor())
}

/// Checks that the price of a sale is not above the regular price of its SKU.
pub(super) fn check_list_price(price: Money, list_price: Money) -> Result<(), FieldError> {
    if price <= list_price {
        return Ok(());
    }
    let detail = "must not be above the list price";
    Err(FieldError::new("price", "above_price", detail))
}

fn check_total(total: i64) -> Result<(), FieldError> {
    within("stock_total", total, MAX_UNITS)
}

fn check_limit(limit: i64) -> Result<(), FieldError> {
    within("per_user_limit", limit, MAX_LIMIT)
}

/// Checks that the largest order that the sale allows is within the range of
/// [`Money`].
pub(super) fn check_sum(price: Money, limit: i64) -> Result<(), FieldError> {
    if price.times(limit).is_ok() {
        return Ok(());
    }
    let detail = format!(
        "for {limit} units there is no sum; the largest is {}",
        Money::MAX.minor()
    );
    Err(FieldError::new("price", "out_of_range", detail))
}

/// Checks the units of a claim.
pub(crate) fn check_units(units: i64) -> Result<(), FieldError> {
    within("num", units, MAX_LIMIT)
}

fn within(field: &'static str, value: i64, most: i64) -> Result<(), FieldError> {
    if (1..=most).contains(&value) {
        return Ok(());
    }
    let detail = format!("must be between 1 and {most}");
    Err(FieldError::new(field, "out_of_range", detail))
}

/// Checks that the window ends after its start and in the future.
pub(super) fn check_window(
    starts_at: Timestamp,
    ends_at: Timestamp,
    now: Timestamp,
) -> Result<(), FieldError> {
    if starts_at < Timestamp(0) || starts_at > END_OF_TIME {
        let detail = "must be between the years 1970 and 9999";
        return Err(FieldError::new("starts_at", "out_of_range", detail));
    }
    if ends_at <= starts_at || ends_at <= now || ends_at > END_OF_TIME {
        let detail = "must be after starts_at, and in the future";
        return Err(FieldError::new("ends_at", "out_of_range", detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn sale() -> NewSale {
        NewSale {
            sku: SkuId(1),
            title: "Tea time".into(),
            price: Money::new(100).unwrap(),
            total: 10,
            per_user_limit: 1,
            starts_at: NOW,
            ends_at: Timestamp(NOW.0 + 1),
            rehearsal: false,
        }
    }

    fn fault(change: impl FnOnce(&mut NewSale)) -> (&'static str, &'static str) {
        let mut sale = sale();
        change(&mut sale);
        match sale.check(NOW) {
            Err(FieldError {
                field: Cow::Borrowed(field),
                code,
                ..
            }) => (field, code),
            _ => ("", "ok"),
        }
    }

    #[test]
    fn a_sale_has_a_name_a_price_units_and_a_window_that_is_not_over() {
        assert_eq!(fault(|_| ()), ("", "ok"));
        assert_eq!(
            fault(|sale| sale.title = " ".into()),
            ("title", "too_short")
        );
        assert_eq!(
            fault(|sale| sale.title = "x".repeat(129)),
            ("title", "too_long")
        );
        assert_eq!(
            fault(|sale| sale.title = "a\nb".into()),
            ("title", "characters")
        );
        assert_eq!(
            fault(|sale| sale.price = Money::ZERO),
            ("price", "out_of_range")
        );
        for total in [0, -1, MAX_UNITS + 1, i64::MAX] {
            assert_eq!(
                fault(|sale| sale.total = total),
                ("stock_total", "out_of_range")
            );
        }
        for limit in [0, MAX_LIMIT + 1] {
            let field = fault(|sale| sale.per_user_limit = limit);
            assert_eq!(field, ("per_user_limit", "out_of_range"));
        }
        for end in [NOW, Timestamp(0), Timestamp(i64::MAX)] {
            assert_eq!(
                fault(|sale| sale.ends_at = end),
                ("ends_at", "out_of_range")
            );
        }
        let before_time = fault(|sale| sale.starts_at = Timestamp(-1));
        assert_eq!(before_time, ("starts_at", "out_of_range"));
    }
}
