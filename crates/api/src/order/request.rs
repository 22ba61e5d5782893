//! Requests about orders, and the receipt of a payment.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, positive};
use stampede_kernel::{SaleId, UserId};
use stampede_order::{OrderFilter, OrderIdPrefix, Receipt};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OrderBody, StatusName};
use crate::ShopLocale;
use crate::wallet::TransferBody;

/// Filter of the list of the caller's orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// Only orders of this status.
    status: Option<StatusName>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl OrdersQuery {
    /// The orders that are asked for.
    ///
    /// # Errors
    ///
    /// 422 for a page size that is out of range.
    pub fn into_filter(self) -> Result<OrderFilter, Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let (size, cursor) = paging.read()?;
        Ok(OrderFilter {
            status: self.status.map(Into::into),
            size,
            cursor,
            ..OrderFilter::default()
        })
    }
}

/// Request to pay an order from the wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayBody {
    /// Id of the order.
    pub order_id: Uuid,
    /// The caller's payment PIN.
    #[schema(value_type = String, format = Password)]
    pub key: SecretString,
}

/// Result of a payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptBody {
    /// The order, now paid.
    order: OrderBody,
    /// The transfer out of the caller's wallet.
    transfer: TransferBody,
    /// Balance of the wallet after the payment, in minor units.
    balance: i64,
    /// ISO 4217 code of the currency.
    currency: String,
}

impl ReceiptBody {
    /// The receipt, in the shop's currency.
    pub fn new(receipt: Receipt, shop: &ShopLocale) -> Self {
        Self {
            balance: receipt.balance.minor(),
            transfer: TransferBody::new(receipt.transfer, &shop.currency),
            order: OrderBody::new(receipt.order, shop),
            currency: shop.currency.clone(),
        }
    }
}

/// Filter of the list of all orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AllOrdersQuery {
    /// Only orders of this status.
    status: Option<StatusName>,
    /// Only orders of this user.
    user_id: Option<i64>,
    /// Only orders whose units come from this flash sale.
    seckill_id: Option<i64>,
    /// Only orders whose id begins so; a whole id finds one order.
    q: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl AllOrdersQuery {
    /// The orders that are asked for.
    ///
    /// # Errors
    ///
    /// 422 for a page size or an id that is out of range, or what cannot begin an id.
    pub fn into_filter(self) -> Result<OrderFilter, Problem> {
        let query = OrdersQuery {
            status: self.status,
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let prefix = self.q.as_deref().map(OrderIdPrefix::parse).transpose();
        let prefix = prefix.map_err(|fault| Problem::fields(vec![fault]))?;
        Ok(OrderFilter {
            buyer: positive("user_id", self.user_id)?.map(UserId),
            sale: positive("seckill_id", self.seckill_id)?.map(SaleId),
            id: prefix,
            ..query.into_filter()?
        })
    }
}

/// Request to mark an order as shipped.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShipBody {
    /// Tracking number of the carrier, at most 128 characters.
    #[schema(max_length = 128)]
    pub tracking: Option<String>,
}

/// Request to refund an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundBody {
    /// True returns the units of the order to the stock.
    pub restock: bool,
    /// Reason of the refund, for the order's history; at most 255 characters.
    #[schema(max_length = 255)]
    pub reason: Option<String>,
}
