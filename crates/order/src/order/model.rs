//! Orders as the rest of the shop sees them, and which changes of status are legal.

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

/// Different SKUs in one order that names them.
const MAX_ITEMS: usize = 50;
/// Units of one SKU in one order.
const MAX_NUM: i64 = 99;

/// A line of an order: what was bought, as it was called and cost then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What.
    pub sku_id: SkuId,
    /// Of which product.
    pub product_id: ProductId,
    /// The product's name then, in the buyer's language if it had one in it, else in the shop's.
    pub name: String,
    /// The SKU's options then.
    pub options: BTreeMap<String, String>,
    /// The cover then.
    pub image: Option<Image>,
    /// What one cost.
    pub unit_price: Money,
    /// How many.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// Where it stands.
    pub status: OrderStatus,
    /// At least one.
    pub lines: Vec<Line>,
    /// What the buyer pays.
    pub total: Money,
    /// Where it goes, as it was.
    pub address: Option<AddressSnapshot>,
    /// The sale its units come from.
    pub sale: Option<SaleId>,
    /// What the carrier calls it.
    pub tracking: Option<String>,
    /// Placed.
    pub created_at: Timestamp,
    /// Cancelled when not paid by then.
    pub pay_by: Option<Timestamp>,
    /// Paid.
    pub paid_at: Option<Timestamp>,
    /// Shipped.
    pub shipped_at: Option<Timestamp>,
    /// Received.
    pub completed_at: Option<Timestamp>,
    /// Cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// Why it was cancelled.
    pub cancel_reason: Option<CancelReason>,
}

/// One change of an order's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Before; `None` when it was placed.
    pub from: Option<OrderStatus>,
    /// After.
    pub to: OrderStatus,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// In their words.
    pub reason: Option<String>,
}

/// An order with its history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// How it came to where it stands.
    pub history: Vec<History>,
}

/// What a buyer wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderItems {
    /// So many of a product's first SKU.
    Product {
        /// Which.
        product: ProductId,
        /// 1–99.
        num: i64,
    },
    /// So many of each SKU: 1–50 different SKUs, 1–99 each.
    Items(Vec<(SkuId, i64)>),
    /// What is in the cart; its lines go with the order.
    Cart,
}

/// An order to be placed; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewOrder {
    /// The buyer.
    pub buyer: UserId,
    /// Where it goes; must be the buyer's.
    pub address: AddressId,
    /// What.
    #[serde(rename = "wanted")]
    pub items: OrderItems,
    /// What the buyer was told it costs.
    pub expected_total: Option<Money>,
    /// The buyer's language: of the lines' names and of the mails about it; no
    /// part of the command.
    #[serde(skip)]
    pub language: Language,
}

/// An order to be paid from the wallet.
#[derive(Debug)]
pub struct Payment {
    /// Who pays; must be the buyer.
    pub buyer: UserId,
    /// What.
    pub order: OrderId,
    /// The payment PIN.
    pub pin: SecretString,
}

/// What a payment gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The order, paid.
    pub order: Order,
    /// The transfer, from the buyer's side.
    pub transfer: Transfer,
    /// What is left in the wallet.
    pub balance: Money,
}

/// A paid order to be paid back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Which.
    pub order: OrderId,
    /// Whether its units go back to the stock.
    pub restock: bool,
    /// In the admin's words.
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
    /// Checks the numbers of what is wanted; a cart was checked when it was filled.
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

/// What the lines cost together.
pub(crate) fn total(lines: &[Line]) -> Result<Money, MoneyOutOfRange> {
    lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.plus(line.total))
}

/// Which orders a list shows, newest first.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only of this buyer.
    pub buyer: Option<UserId>,
    /// Only where they stand so.
    pub status: Option<OrderStatus>,
    /// How many.
    pub size: PageSize,
    /// From where.
    pub cursor: Option<Cursor>,
}

/// What a sale sold, at the sale's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedLine {
    /// What.
    pub sku: SkuId,
    /// Of which product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// The cover.
    pub image: Option<Image>,
    /// What one costs in the sale.
    pub unit_price: Money,
    /// How many.
    pub num: i64,
}

/// An order that a sale books; its units are the sale's, not the SKU's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Made by the sale.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// Which sale.
    pub sale: SaleId,
    /// What.
    pub line: BookedLine,
    /// Where it goes.
    pub address: AddressSnapshot,
    /// The language of the mails about it.
    pub language: Language,
}

/// One change of an order's status; placing is no change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Paid from the wallet.
    Pay,
    /// Given up before payment.
    Cancel(CancelReason),
    /// On its way.
    Ship,
    /// Received.
    Receive,
    /// Paid back.
    Refund,
}

/// Every legal change of a status, as `(from, to)`.
pub(crate) const LEGAL: [(OrderStatus, OrderStatus); 5] = [
    (OrderStatus::Unpaid, OrderStatus::Paid),
    (OrderStatus::Unpaid, OrderStatus::Cancelled),
    (OrderStatus::Paid, OrderStatus::Shipped),
    (OrderStatus::Shipped, OrderStatus::Completed),
    (OrderStatus::Paid, OrderStatus::Refunded),
];

impl Step {
    /// Where the order must stand, and where it stands afterwards.
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

/// Why units go back to a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseReason {
    /// The order was cancelled.
    Cancelled(CancelReason),
    /// The order was refunded with its units put back.
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
