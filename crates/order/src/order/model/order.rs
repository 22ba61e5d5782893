//! The model of orders, requests on them, and the legal transitions of their
//! status.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{
    AddressId, Cursor, FieldError, Language, Money, MoneyOutOfRange, OrderId, PageSize, ProductId,
    SaleId, SkuId, Timestamp, UserId,
};
use stampede_media::Image;
use stampede_payment::Transfer;
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::entity::order_history::Actor;
use stampede_user::AddressSnapshot;

use crate::order::OrderIdPrefix;

/// The largest number of different SKUs in a request with items.
const MAX_ITEMS: usize = 50;
/// The largest number of units of one SKU in an order.
const MAX_NUM: i64 = 99;

/// A line of an order, with name and price as they were when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The SKU.
    pub sku_id: SkuId,
    /// The SKU's product.
    pub product_id: ProductId,
    /// The product's name at that time, in the buyer's language if translated,
    /// else in the shop's.
    pub name: String,
    /// The SKU's options at that time.
    pub options: BTreeMap<String, String>,
    /// The product's cover at that time.
    pub image: Option<Image>,
    /// The price of one unit.
    pub unit_price: Money,
    /// Units.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order's id.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// The order's status.
    pub status: OrderStatus,
    /// The lines, at least one.
    pub lines: Vec<Line>,
    /// What the buyer pays.
    pub total: Money,
    /// The delivery address as it was when the order was placed.
    pub address: Option<AddressSnapshot>,
    /// The sale that the units come from, if any.
    pub sale: Option<SaleId>,
    /// The tracking number of the shipment.
    pub tracking: Option<String>,
    /// The time at which the order was placed.
    pub created_at: Timestamp,
    /// The time to pay by; an unpaid order is cancelled then.
    pub pay_by: Option<Timestamp>,
    /// The time at which the order was paid.
    pub paid_at: Option<Timestamp>,
    /// The time at which the order was shipped.
    pub shipped_at: Option<Timestamp>,
    /// The time at which the buyer confirmed receipt.
    pub completed_at: Option<Timestamp>,
    /// The time at which the order was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// The reason of the cancellation.
    pub cancel_reason: Option<CancelReason>,
}

/// One entry of an order's status history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The status before; `None` for the placing.
    pub from: Option<OrderStatus>,
    /// The status after.
    pub to: OrderStatus,
    /// The time of the change.
    pub at: Timestamp,
    /// The actor of the change.
    pub actor: Actor,
    /// The text that the actor gave as reason.
    pub reason: Option<String>,
}

/// An order with its history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// The status history, oldest first.
    pub history: Vec<History>,
}

/// The items of a new order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderItems {
    /// Units of a product's first SKU.
    Product {
        /// The product.
        product: ProductId,
        /// Units, 1–99.
        num: i64,
    },
    /// SKUs with units: 1–50 different SKUs, 1–99 units each.
    Items(Vec<(SkuId, i64)>),
    /// All lines of the buyer's cart, which is emptied.
    Cart,
}

/// An order to be placed; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewOrder {
    /// The buyer.
    pub buyer: UserId,
    /// The delivery address, one of the buyer's.
    pub address: AddressId,
    /// The items to order.
    #[serde(rename = "wanted")]
    pub items: OrderItems,
    /// The total that the buyer has seen; the order is refused when it differs.
    pub expected_total: Option<Money>,
    /// The buyer's language, for the lines' names and the mails; not part of
    /// the fingerprint.
    #[serde(skip)]
    pub language: Language,
}

/// An order to be paid from the wallet.
#[derive(Debug)]
pub struct Payment {
    /// The paying user, who must be the buyer.
    pub buyer: UserId,
    /// The order to pay.
    pub order: OrderId,
    /// The payment PIN.
    pub pin: SecretString,
}

/// The result of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The order, paid.
    pub order: Order,
    /// The transfer, from the buyer's side.
    pub transfer: Transfer,
    /// The wallet's balance after the payment.
    pub balance: Money,
}

/// A refund of a paid order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// The order to refund.
    pub order: OrderId,
    /// Whether the units return to the stock.
    pub restock: bool,
    /// The reason, as the admin wrote it.
    pub reason: Option<String>,
}

/// The response to a request with an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayable<T> {
    /// The response.
    pub value: T,
    /// Whether it was stored by an earlier request with the same key.
    pub replayed: bool,
}

impl<T> Replayable<T> {
    /// The response of a request that was executed now.
    pub(crate) fn new(value: T) -> Self {
        Self {
            value,
            replayed: false,
        }
    }

    /// The stored response of an earlier request.
    pub(crate) fn replayed(value: T) -> Self {
        Self {
            value,
            replayed: true,
        }
    }
}

impl OrderItems {
    /// Checks the numbers of the items; those of a cart were checked when it
    /// was filled.
    pub(crate) fn check(&self) -> Result<(), FieldError> {
        match self {
            Self::Product { num, .. } => check_num(*num),
            Self::Items(items) => check_items(items),
            Self::Cart => Ok(()),
        }
    }
}

fn check_items(items: &[(SkuId, i64)]) -> Result<(), FieldError> {
    if !(1..=MAX_ITEMS).contains(&items.len()) {
        let detail = format!("an order has 1 to {MAX_ITEMS} items");
        let code = if items.is_empty() {
            "too_few"
        } else {
            "too_many"
        };
        return Err(FieldError::new("items", code, detail));
    }
    items.iter().try_for_each(|(_, num)| check_num(*num))?;
    let mut skus: Vec<_> = items.iter().map(|(sku, _)| *sku).collect();
    skus.sort_unstable();
    match skus.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(_) => {
            let detail = "names a SKU twice";
            Err(FieldError::new("items", "duplicate", detail))
        }
        None => Ok(()),
    }
}

fn check_num(num: i64) -> Result<(), FieldError> {
    if (1..=MAX_NUM).contains(&num) {
        return Ok(());
    }
    let detail = format!("must be between 1 and {MAX_NUM}");
    Err(FieldError::new("num", "out_of_range", detail))
}

/// Sums the totals of the lines.
pub(crate) fn total(lines: &[Line]) -> Result<Money, MoneyOutOfRange> {
    lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.plus(line.total))
}

/// The filter and page of a list of orders, newest first.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only orders of this buyer.
    pub buyer: Option<UserId>,
    /// Only orders with this status.
    pub status: Option<OrderStatus>,
    /// Only orders whose units come from this sale.
    pub sale: Option<SaleId>,
    /// Only orders whose id begins so.
    pub id: Option<OrderIdPrefix>,
    /// The page size.
    pub size: PageSize,
    /// The cursor of the page.
    pub cursor: Option<Cursor>,
}

/// The line of an order of a sale, at the sale's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedLine {
    /// The SKU.
    pub sku: SkuId,
    /// The SKU's product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// The cover.
    pub image: Option<Image>,
    /// The price of one unit in the sale.
    pub unit_price: Money,
    /// Units.
    pub num: i64,
}

/// An order to be inserted for a sale. Its units come from the sale, not from the
/// SKU's stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The order's id, made by the sale.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// The sale.
    pub sale: SaleId,
    /// The order's line.
    pub line: BookedLine,
    /// The delivery address.
    pub address: AddressSnapshot,
    /// The language of the mails about the order.
    pub language: Language,
}

/// A transition of an order's status; placing is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The buyer pays from the wallet.
    Pay,
    /// The order is cancelled before payment.
    Cancel(CancelReason),
    /// The order is shipped.
    Ship,
    /// The buyer confirms receipt.
    Receive,
    /// The order is refunded.
    Refund,
}

/// All legal transitions of the status, as `(from, to)`.
pub(crate) const LEGAL: [(OrderStatus, OrderStatus); 5] = [
    (OrderStatus::Unpaid, OrderStatus::Paid),
    (OrderStatus::Unpaid, OrderStatus::Cancelled),
    (OrderStatus::Paid, OrderStatus::Shipped),
    (OrderStatus::Shipped, OrderStatus::Completed),
    (OrderStatus::Paid, OrderStatus::Refunded),
];

impl Step {
    /// The status that the order must have, and the status afterwards.
    pub(crate) fn ends(self) -> (OrderStatus, OrderStatus) {
        let [pay, cancel, ship, receive, refund] = LEGAL;
        match self {
            Self::Pay => pay,
            Self::Cancel(_) => cancel,
            Self::Ship => ship,
            Self::Receive => receive,
            Self::Refund => refund,
        }
    }
}

/// The reason for which the units of a sale's order are released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseReason {
    /// The order was cancelled.
    Cancelled(CancelReason),
    /// The order was refunded with its units.
    Refunded,
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    const STEPS: [Step; 5] = [
        Step::Pay,
        Step::Cancel(CancelReason::Buyer),
        Step::Ship,
        Step::Receive,
        Step::Refund,
    ];

    #[test]
    fn nothing_follows_the_end_of_an_order() {
        for end in [
            OrderStatus::Completed,
            OrderStatus::Cancelled,
            OrderStatus::Refunded,
        ] {
            assert!(LEGAL.iter().all(|(from, _)| *from != end), "{end:?}");
        }
    }

    #[test]
    fn every_status_but_the_first_is_reached_by_exactly_one_step() {
        for status in OrderStatus::iter().filter(|status| *status != OrderStatus::Unpaid) {
            let ways = STEPS.iter().filter(|step| step.ends().1 == status);
            assert_eq!(ways.count(), 1, "{status:?}");
        }
    }

    #[test]
    fn only_an_unpaid_order_is_cancelled_and_only_a_paid_one_refunded() {
        let cancel = Step::Cancel(CancelReason::Unpaid).ends();

        assert_eq!(cancel, (OrderStatus::Unpaid, OrderStatus::Cancelled));
        assert_eq!(
            Step::Refund.ends(),
            (OrderStatus::Paid, OrderStatus::Refunded)
        );
    }

    fn code(items: &OrderItems) -> &'static str {
        items.check().map_or_else(|fault| fault.code, |()| "ok")
    }

    #[test]
    fn an_order_is_of_one_to_fifty_different_skus_of_one_to_ninety_nine_units() {
        let items = |nums: &[i64]| OrderItems::Items((1..).map(SkuId).zip(nums.to_vec()).collect());
        let product = |num| OrderItems::Product {
            product: ProductId(1),
            num,
        };
        let twice = OrderItems::Items(vec![(SkuId(1), 1), (SkuId(2), 1), (SkuId(1), 1)]);

        for num in [-1, 0, 100, i64::MAX, i64::MIN] {
            assert_eq!(code(&product(num)), "out_of_range");
            assert_eq!(code(&items(&[1, num])), "out_of_range");
        }
        assert_eq!(code(&items(&[])), "too_few");
        assert_eq!(code(&items(&[1; 51])), "too_many");
        assert_eq!(code(&twice), "duplicate");
        assert_eq!(code(&items(&[99; 50])), "ok");
    }
}
