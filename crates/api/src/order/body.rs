//! Orders and their parts as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use stampede_kernel::Timestamp;
use stampede_order::{
    Actor, CancelReason, History, Line, Order, OrderDetail, OrderPromotion, OrderStatus, Totals,
};
use stampede_user::AddressSnapshot;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::delivery::OrderDeliveryBody;
use crate::{ImageBody, ShopLocale};

/// Status of an order: `unpaid`, `paid`, `shipped`, `completed`, `cancelled` or `refunded`.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderStatus)]
pub(super) enum StatusName {
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

/// Reason of a cancellation: by the `buyer`, because it was `unpaid` at `pay_by`, or by an
/// `admin`.
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

/// A line of an order, with name and price as of the time of the order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderLine)]
struct LineBody {
    /// Id of the SKU.
    sku_id: i64,
    /// Id of the product.
    product_id: i64,
    /// Name of the product.
    name: String,
    /// Options of the SKU, such as `Colour: Black`.
    options: BTreeMap<String, String>,
    /// Cover of the product; null when it had none.
    image: Option<ImageBody>,
    /// Price of one unit, in minor units.
    unit_price: i64,
    /// Units ordered.
    num: i64,
    /// Price of the line before its discount, in minor units.
    total: i64,
    /// What promotions take off the line, in minor units.
    discount: i64,
    /// Rate of the tax that the price includes, in basis points.
    tax_rate_bp: i32,
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
            discount: line.discount.minor(),
            tax_rate_bp: line.tax_rate.basis_points(),
        }
    }
}

/// The delivery address of an order, as of the time of the order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderAddress)]
struct AddressBody {
    /// Name of the recipient.
    name: String,
    /// Phone number of the recipient.
    phone: String,
    /// Street and town.
    address: String,
    /// Postcode; null when there is none.
    postcode: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country: String,
}

impl AddressBody {
    /// The address, which is in the country of the shop when it names none.
    fn new(address: AddressSnapshot, shop: &ShopLocale) -> Self {
        Self {
            country: address.country.unwrap_or(shop.country).into(),
            postcode: address.postcode,
            name: address.name,
            phone: address.phone,
            address: address.address,
        }
    }
}

/// A change of an order's status.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrderChange)]
struct HistoryBody {
    /// Status before the change; null when the order was placed.
    from: Option<StatusName>,
    /// Status after the change.
    to: StatusName,
    /// Time of the change: RFC 3339, UTC.
    at: String,
    /// Initiator of the change: `buyer`, `admin` or `system`.
    #[schema(value_type = String)]
    actor: Actor,
    /// Reason of the change; null when none was given.
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

/// What a price is made of, in minor units: `total` = `items` − `discount` + `shipping`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Totals)]
pub(crate) struct TotalsBody {
    /// Price of all lines.
    items: i64,
    /// What promotions take off them.
    discount: i64,
    /// What the buyer pays for delivery.
    shipping: i64,
    /// The part of `total` that is tax.
    tax: i64,
    /// What the buyer pays.
    total: i64,
    /// ISO 4217 code of the currency.
    currency: String,
}

impl TotalsBody {
    /// The totals, in the shop's currency.
    pub(crate) fn new(totals: Totals, currency: &str) -> Self {
        Self {
            items: totals.items.minor(),
            discount: totals.discount.minor(),
            shipping: totals.shipping.minor(),
            tax: totals.tax.minor(),
            total: totals.total.minor(),
            currency: currency.to_owned(),
        }
    }
}

/// A promotion that was applied, as of the time of the order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AppliedPromotion)]
pub(crate) struct OrderPromotionBody {
    /// Id of the promotion.
    id: i64,
    /// Name of the promotion.
    name: String,
    /// Code of the promotion; null when it applied by itself.
    code: Option<String>,
    /// What it takes off the lines, in minor units.
    discount: i64,
}

impl From<OrderPromotion> for OrderPromotionBody {
    fn from(promotion: OrderPromotion) -> Self {
        Self {
            id: promotion.id.0,
            name: promotion.name,
            code: promotion.code,
            discount: promotion.discount.minor(),
        }
    }
}

/// An order. Lines and address are as of the time of the order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderBody {
    /// Id of the order.
    id: Uuid,
    /// Id of the buyer.
    user_id: i64,
    /// Status of the order.
    status: StatusName,
    /// Lines of the order.
    lines: Vec<LineBody>,
    /// Total price, in minor units; the same as `totals.total`.
    total: i64,
    /// What the total price is made of.
    totals: TotalsBody,
    /// Promotions that were applied.
    promotions: Vec<OrderPromotionBody>,
    /// Delivery that was chosen; null when the shop had no delivery methods.
    delivery: Option<OrderDeliveryBody>,
    /// ISO 4217 code of the currency.
    currency: String,
    /// Delivery address.
    address: Option<AddressBody>,
    /// Id of the flash sale that the units come from; null for any other order.
    seckill_id: Option<i64>,
    /// Tracking number of the carrier; null when there is none.
    tracking: Option<String>,
    /// Time of the order: RFC 3339, UTC.
    created_at: String,
    /// Time at which an unpaid order is cancelled: RFC 3339, UTC.
    pay_by: Option<String>,
    /// Time of the payment: RFC 3339, UTC; null until then.
    paid_at: Option<String>,
    /// Time of the shipment: RFC 3339, UTC; null until then.
    shipped_at: Option<String>,
    /// Time of the receipt: RFC 3339, UTC; null until then.
    completed_at: Option<String>,
    /// Time of the cancellation: RFC 3339, UTC; null until then.
    cancelled_at: Option<String>,
    /// Reason of the cancellation; null unless cancelled.
    cancel_reason: Option<CancelName>,
    /// Changes of the status, oldest first; only in the answer for a single order.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryBody>>,
}

impl OrderBody {
    /// The order without its history.
    pub fn new(order: Order, shop: &ShopLocale) -> Self {
        let at = |time: Option<Timestamp>| time.map(Timestamp::to_rfc3339);
        let totals = order.totals();
        Self {
            id: order.id.0,
            user_id: order.buyer.0,
            status: order.status.into(),
            lines: order.lines.into_iter().map(LineBody::from).collect(),
            total: order.total.minor(),
            totals: TotalsBody::new(totals, &shop.currency),
            promotions: (order.promotions.into_iter())
                .map(OrderPromotionBody::from)
                .collect(),
            delivery: order.delivery.map(OrderDeliveryBody::from),
            currency: shop.currency.clone(),
            address: (order.address).map(|address| AddressBody::new(address, shop)),
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
    pub fn whole(detail: OrderDetail, shop: &ShopLocale) -> Self {
        let history = detail.history.into_iter().map(HistoryBody::from);
        Self {
            history: Some(history.collect()),
            ..Self::new(detail.order, shop)
        }
    }
}
