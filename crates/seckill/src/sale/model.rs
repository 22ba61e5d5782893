//! Sales as the rest of the shop sees them, and what an admin may ask of them.

use serde::Serialize;
use stampede_kernel::{FieldError, Money, ProductId, SaleId, SkuId, Timestamp, check_text};

/// Units of a sale at most.
const MAX_UNITS: i64 = 10_000_000;
/// Units that one buyer may be allowed at most; as many as a line of an order has.
const MAX_LIMIT: i64 = 99;
/// The last instant that RFC 3339 can write.
const END_OF_TIME: Timestamp = Timestamp(253_402_300_799_999);

/// Where a sale stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleStatus {
    /// It has not begun.
    Scheduled,
    /// It sells.
    Live,
    /// An admin lets it rest.
    Paused,
    /// Within its window, and nothing is left; something may come back.
    SoldOut,
    /// Its window is over.
    Ended,
    /// An admin ended it for good.
    Cancelled,
}

/// A sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Its id.
    pub id: SaleId,
    /// What is sold.
    pub sku: SkuId,
    /// Of which product.
    pub product: ProductId,
    /// What the sale is called.
    pub title: String,
    /// Of one unit in the sale.
    pub price: Money,
    /// Of one unit otherwise.
    pub list_price: Money,
    /// Units that the sale was given and has not returned.
    pub total: i64,
    /// Units that nobody has.
    pub left: i64,
    /// Units that one user may have at a time.
    pub per_user_limit: i64,
    /// The first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Where it stands.
    pub status: SaleStatus,
    /// When this was so, by the clock that judges the window.
    pub now: Timestamp,
}

/// A sale to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSale {
    /// What is sold.
    pub sku: SkuId,
    /// 1–128 characters.
    pub title: String,
    /// Of one unit, above 0.
    pub price: Money,
    /// Units, 1–10,000,000; taken out of the SKU's stock.
    pub total: i64,
    /// 1–99.
    pub per_user_limit: i64,
    /// The first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Whether `stampede rehearse` plays it; lists and statistics leave it out.
    pub rehearsal: bool,
}

/// Changes of a sale; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SaleChange {
    /// 1–128 characters.
    pub title: Option<String>,
    /// Of one unit, above 0; earlier orders stay as they are.
    pub price: Option<Money>,
    /// The difference comes out of the SKU's stock, or goes back to it.
    pub total: Option<i64>,
    /// 1–99, and no less than somebody has.
    pub per_user_limit: Option<i64>,
    /// Only until the sale has begun.
    pub starts_at: Option<Timestamp>,
    /// In the future.
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
    /// Checks the rules of each field that changes; the window is whole only with the row.
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

/// Checks the price of a sale against the price of its SKU outside of it.
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

/// Checks that every order that the sale allows has a sum.
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

/// Checks how many units a claim is of.
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

/// A window that ends after it begins, and not in the past.
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
