//! Sales, tickets, and what watchers of a sale see.

use std::sync::Arc;

use serde::Serialize;
use stampede_catalog::Product;
use stampede_http::answer::List;
use stampede_kernel::{Language, Money};
use stampede_seckill::{
    ClaimResult, Consistency, Sale, SaleSnapshot, SaleStatus, Ticket, TicketRefusal, TicketStatus,
};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProductBody, Show, Wording};

/// Where a sale stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SaleState)]
enum SaleStateName {
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
pub(crate) struct SaleBody {
    id: i64,
    product: ProductBody,
    sku_id: i64,
    title: String,
    /// Of one unit in the sale, in minor units.
    price: i64,
    /// Of one unit otherwise.
    list_price: i64,
    /// ISO 4217.
    currency: String,
    /// Units of the sale.
    stock_total: i64,
    /// Units that nobody has.
    stock_left: i64,
    /// Units that one user may have at a time.
    per_user_limit: i64,
    starts_at: String,
    ends_at: String,
    state: SaleStateName,
    /// By the clock that judges the window.
    server_time: String,
}

/// A sale with the product that it is of.
pub(crate) struct Offered {
    pub(crate) sale: Sale,
    pub(crate) product: Arc<Product>,
}

impl Show for Offered {
    type Body = SaleBody;

    fn show(&self, wording: &Wording<'_>) -> (SaleBody, Language) {
        let language = wording.language(&self.product.translations);
        (SaleBody::new(&self.sale, &self.product, wording), language)
    }

    fn still(body: &mut SaleBody) {
        body.product.view = 0;
        body.server_time.clear();
    }
}

impl Show for Vec<Offered> {
    type Body = List<SaleBody>;

    fn show(&self, wording: &Wording<'_>) -> (List<SaleBody>, Language) {
        let texts = self.iter().map(|one| &one.product.translations);
        let language = wording.language_of_all(texts);
        let bodies = List::whole(self.iter().collect(), |one: &Offered| one.show(wording).0);
        (bodies, language)
    }

    fn still(body: &mut List<SaleBody>) {
        body.items.iter_mut().for_each(Offered::still);
    }
}

impl SaleBody {
    fn new(sale: &Sale, product: &Product, wording: &Wording<'_>) -> Self {
        Self {
            id: sale.id.0,
            product: ProductBody::new(product, wording),
            sku_id: sale.sku.0,
            title: sale.title.clone(),
            price: sale.price.minor(),
            list_price: Money::minor(sale.list_price),
            currency: wording.shop.currency.clone(),
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

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketState)]
enum TicketStateName {
    Pending,
    Won,
    Refused,
}

/// Why a ticket was refused for good.
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

/// A claim that was admitted; it always ends won or refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub(crate) struct TicketBody {
    id: Uuid,
    seckill_id: i64,
    state: TicketStateName,
    reason: Option<ReasonName>,
    /// The order says what became of it.
    order_id: Option<Uuid>,
    created_at: String,
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

/// One second of a sale, as the gateway that tells it has answered.
#[derive(Debug, Serialize)]
pub(crate) struct LiveBody {
    /// Claims of the last second by ending.
    claims: std::collections::BTreeMap<&'static str, u64>,
    /// Microseconds.
    p50_us: u64,
    p99_us: u64,
    /// Claims that wait.
    in_flight: usize,
    stock_left: i64,
    stock_taken: i64,
    stock_total: i64,
    epoch: i64,
    /// `exact`, `broken`, or `unknown` while too much moves to be counted.
    books: &'static str,
    server_time: String,
}

impl LiveBody {
    /// What has happened since `before`.
    pub(crate) fn since(before: Option<&SaleSnapshot>, live: &SaleSnapshot) -> Self {
        let earlier = |result: ClaimResult| {
            let counted = before.and_then(|before| {
                let counts = before.results.iter();
                counts.clone().find(|(one, _)| *one == result)
            });
            counted.map_or(0, |(_, count)| *count)
        };
        let claims = live.results.iter().map(|(result, count)| {
            let new = before.map_or(0, |_| count.saturating_sub(earlier(*result)));
            (result.name(), new)
        });
        Self {
            claims: claims.collect(),
            p50_us: live.latency.p50_us,
            p99_us: live.latency.p99_us,
            in_flight: live.waiting,
            stock_left: live.left,
            stock_taken: live.taken,
            stock_total: live.total,
            epoch: live.epoch,
            books: match live.consistency {
                Consistency::Exact => "exact",
                Consistency::Broken => "broken",
                Consistency::Unknown => "unknown",
            },
            server_time: live.now.to_rfc3339(),
        }
    }
}
