//! Orders and what they are made of.

use std::collections::BTreeMap;

use serde::Serialize;
use stampede_kernel::Timestamp;
use stampede_order::{Actor, CancelReason, History, Line, Order, OrderDetail, OrderStatus};
use stampede_user::AddressSnapshot;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::ImageBody;

/// Where an order stands.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderStatus)]
pub(crate) enum StatusName {
    Unpaid,
    Paid,
    Shipped,
    Completed,
    Cancelled,
    Refunded,
}

impl From<OrderStatus> for StatusName {
    fn from(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Unpaid => Self::Unpaid,
            OrderStatus::Paid => Self::Paid,
            OrderStatus::Shipped => Self::Shipped,
            OrderStatus::Completed => Self::Completed,
            OrderStatus::Cancelled => Self::Cancelled,
            OrderStatus::Refunded => Self::Refunded,
        }
    }
}

impl From<StatusName> for OrderStatus {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Unpaid => Self::Unpaid,
            StatusName::Paid => Self::Paid,
            StatusName::Shipped => Self::Shipped,
            StatusName::Completed => Self::Completed,
            StatusName::Cancelled => Self::Cancelled,
            StatusName::Refunded => Self::Refunded,
        }
    }
}

/// Why an order was cancelled.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CancelReason)]
enum CancelName {
    Buyer,
    Unpaid,
    Admin,
}

impl From<CancelReason> for CancelName {
    fn from(reason: CancelReason) -> Self {
        match reason {
            CancelReason::Buyer => Self::Buyer,
            CancelReason::Unpaid => Self::Unpaid,
            CancelReason::Admin => Self::Admin,
        }
    }
}

/// What was bought, as it was called and cost then.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderLine)]
struct LineBody {
    sku_id: i64,
    product_id: i64,
    name: String,
    options: BTreeMap<String, String>,
    image: Option<ImageBody>,
    /// In minor units.
    unit_price: i64,
    num: i64,
    /// In minor units.
    total: i64,
}

impl From<Line> for LineBody {
    fn from(line: Line) -> Self {
        Self {
            sku_id: line.sku_id.0,
            product_id: line.product_id.0,
            name: line.name,
            options: line.options,
            image: line.image.map(ImageBody::from),
            unit_price: line.unit_price.minor(),
            num: line.num,
            total: line.total.minor(),
        }
    }
}

/// Where an order goes, as the address was when it was placed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderAddress)]
struct AddressBody {
    name: String,
    phone: String,
    address: String,
}

impl From<AddressSnapshot> for AddressBody {
    fn from(address: AddressSnapshot) -> Self {
        Self {
            name: address.name,
            phone: address.phone,
            address: address.address,
        }
    }
}

/// One change of an order's status.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderChange)]
struct HistoryBody {
    /// Null when it was placed.
    from: Option<StatusName>,
    to: StatusName,
    at: String,
    /// `buyer`, `admin` or `system`.
    #[schema(value_type = String)]
    actor: Actor,
    reason: Option<String>,
}

impl From<History> for HistoryBody {
    fn from(change: History) -> Self {
        Self {
            from: change.from.map(StatusName::from),
            to: change.to.into(),
            at: change.at.to_rfc3339(),
            actor: change.actor,
            reason: change.reason,
        }
    }
}

/// An order. Lines and address are as they were when it was placed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Order)]
pub(crate) struct OrderBody {
    id: Uuid,
    status: StatusName,
    lines: Vec<LineBody>,
    /// In minor units.
    total: i64,
    /// ISO 4217.
    currency: String,
    address: Option<AddressBody>,
    /// The sale its units come from.
    seckill_id: Option<i64>,
    /// What the carrier calls it.
    tracking: Option<String>,
    created_at: String,
    /// Cancelled when not paid by then.
    pay_by: Option<String>,
    paid_at: Option<String>,
    shipped_at: Option<String>,
    completed_at: Option<String>,
    cancelled_at: Option<String>,
    cancel_reason: Option<CancelName>,
    /// Only of a single order; oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryBody>>,
}

impl OrderBody {
    /// The order without its history.
    pub(crate) fn new(order: Order, currency: &str) -> Self {
        let at = |time: Option<Timestamp>| time.map(Timestamp::to_rfc3339);
        Self {
            id: order.id.0,
            status: order.status.into(),
            lines: order.lines.into_iter().map(LineBody::from).collect(),
            total: order.total.minor(),
            currency: currency.to_owned(),
            address: order.address.map(AddressBody::from),
            seckill_id: order.sale.map(|sale| sale.0),
            tracking: order.tracking,
            created_at: order.created_at.to_rfc3339(),
            pay_by: at(order.pay_by),
            paid_at: at(order.paid_at),
            shipped_at: at(order.shipped_at),
            completed_at: at(order.completed_at),
            cancelled_at: at(order.cancelled_at),
            cancel_reason: order.cancel_reason.map(CancelName::from),
            history: None,
        }
    }

    /// The order with its history.
    pub(crate) fn whole(detail: OrderDetail, currency: &str) -> Self {
        let history = detail.history.into_iter().map(HistoryBody::from);
        Self {
            history: Some(history.collect()),
            ..Self::new(detail.order, currency)
        }
    }
}
