//! Flash sales and tickets as JSON.

use std::sync::Arc;

use serde::Serialize;
use stampede_catalog::Product;
use stampede_http::response::List;
use stampede_kernel::{Language, Money};
use stampede_seckill::{Sale, SaleStatus, Ticket, TicketRefusal, TicketStatus};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::product::ProductBody;
use crate::{Localizer, Render};

/// State of a flash sale: `scheduled`, `live`, `paused`, `sold_out`, `ended` or `cancelled`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SaleState)]
pub(crate) enum SaleStateName {
    Scheduled,
    Live,
    Paused,
    SoldOut,
    Ended,
    Cancelled,
}

impl From<SaleStatus> for SaleStateName {
    fn from(status: SaleStatus) -> Self {
        match status {
            SaleStatus::Scheduled => Self::Scheduled,
            SaleStatus::Live => Self::Live,
            SaleStatus::Paused => Self::Paused,
            SaleStatus::SoldOut => Self::SoldOut,
            SaleStatus::Ended => Self::Ended,
            SaleStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// A flash sale of one SKU.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sale)]
pub struct SaleBody {
    /// Id of the sale.
    id: i64,
    /// The product of the SKU.
    product: ProductBody,
    /// Id of the SKU.
    sku_id: i64,
    /// Title of the sale.
    title: String,
    /// Price of one unit in the sale, in minor units.
    price: i64,
    /// Price of one unit outside the sale, in minor units.
    list_price: i64,
    /// ISO 4217 code of the currency.
    currency: String,
    /// Units for sale.
    stock_total: i64,
    /// Units that can still be claimed.
    stock_left: i64,
    /// Most units that one user may hold at a time.
    per_user_limit: i64,
    /// First instant of the sale: RFC 3339, UTC.
    starts_at: String,
    /// First instant after the sale: RFC 3339, UTC.
    ends_at: String,
    /// State of the sale.
    state: SaleStateName,
    /// The server's time: RFC 3339, UTC. `starts_at` and `ends_at` are judged by this clock.
    server_time: String,
}

/// A flash sale and its product.
pub struct Offered {
    /// The sale.
    pub sale: Sale,
    /// The product of its SKU.
    pub product: Arc<Product>,
}

impl Render for Offered {
    type Body = SaleBody;

    fn render(&self, localizer: &Localizer<'_>) -> (SaleBody, Language) {
        let language = localizer.language(&self.product.translations);
        (
            SaleBody::new(&self.sale, &self.product, localizer),
            language,
        )
    }

    fn strip_volatile(body: &mut SaleBody) {
        body.product.view = 0;
        body.server_time.clear();
    }
}

impl Render for Vec<Offered> {
    type Body = List<SaleBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (List<SaleBody>, Language) {
        let texts = self.iter().map(|one| &one.product.translations);
        let language = localizer.language_of_all(texts);
        let bodies = List::whole(self.iter().collect(), |one: &Offered| {
            one.render(localizer).0
        });
        (bodies, language)
    }

    fn strip_volatile(body: &mut List<SaleBody>) {
        body.items.iter_mut().for_each(Offered::strip_volatile);
    }
}

impl SaleBody {
    fn new(sale: &Sale, product: &Product, localizer: &Localizer<'_>) -> Self {
        Self {
            id: sale.id.0,
            product: ProductBody::new(product, localizer),
            sku_id: sale.sku.0,
            title: sale.title.clone(),
            price: sale.price.minor(),
            list_price: Money::minor(sale.list_price),
            currency: localizer.shop.currency.clone(),
            stock_total: sale.total,
            stock_left: sale.left,
            per_user_limit: sale.per_user_limit,
            starts_at: sale.starts_at.to_rfc3339(),
            ends_at: sale.ends_at.to_rfc3339(),
            state: sale.status.into(),
            server_time: sale.now.to_rfc3339(),
        }
    }
}

/// State of a ticket: `pending`, `won` or `refused`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketState)]
enum TicketStateName {
    Pending,
    Won,
    Refused,
}

/// Reason of a refused ticket: `address_not_found`, `address_required` or `ticket_lost`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketReason)]
enum ReasonName {
    AddressNotFound,
    AddressRequired,
    TicketLost,
}

impl From<TicketRefusal> for ReasonName {
    fn from(refusal: TicketRefusal) -> Self {
        match refusal {
            TicketRefusal::AddressNotFound => Self::AddressNotFound,
            TicketRefusal::AddressRequired => Self::AddressRequired,
            TicketRefusal::Lost | TicketRefusal::Guard => Self::TicketLost,
        }
    }
}

/// A ticket: a claim that was admitted. It ends `won` or `refused`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct TicketBody {
    /// Id of the ticket.
    id: Uuid,
    /// Id of the flash sale.
    seckill_id: i64,
    /// State of the ticket.
    state: TicketStateName,
    /// Reason of the refusal; null unless refused.
    reason: Option<ReasonName>,
    /// Id of the order; null unless won.
    order_id: Option<Uuid>,
    /// Time of the claim: RFC 3339, UTC.
    created_at: String,
    /// The server's time: RFC 3339, UTC.
    server_time: String,
}

impl From<Ticket> for TicketBody {
    fn from(ticket: Ticket) -> Self {
        let (state, reason, order_id) = match ticket.status {
            TicketStatus::Pending => (TicketStateName::Pending, None, None),
            TicketStatus::Won(order) => (TicketStateName::Won, None, Some(order.0)),
            TicketStatus::Refused(why) => (TicketStateName::Refused, Some(why.into()), None),
        };
        Self {
            id: ticket.id,
            seckill_id: ticket.sale.0,
            state,
            reason,
            order_id,
            created_at: ticket.created_at.to_rfc3339(),
            server_time: ticket.now.to_rfc3339(),
        }
    }
}
