//! Flash sales: seeing them, claiming in them, and what became of a ticket.

mod admin;
mod live;

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;
use stampede_http::answer::{List, created, personal, replayable};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::OptionalJson;
use stampede_http::path::{Id, UuidId};
use stampede_http::problem::Problem;
use stampede_kernel::{AddressId, SaleId};
use stampede_seckill::{ClaimService, Claimed, NewClaim, Sale, SaleService};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::SignedIn;
use crate::cache::Goods;
use crate::idiom::Idiom;
use crate::language::BuyerLang;
use crate::show::{Offered, OrderBody, Reader, SaleBody, TicketBody};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(claim)
        .service(list)
        .service(show)
        .service(poll)
        .configure(admin::routes)
        .service(live::watch);
}

/// Running and coming sales by their beginning, then the latest that are over.
#[utoipa::path(tag = "seckill", responses((status = 200, body = List<SaleBody>)))]
#[get("/seckill")]
async fn list(
    reader: Reader,
    sales: web::Data<dyn SaleService>,
    goods: web::Data<Goods>,
) -> Result<HttpResponse, Problem> {
    let mut all = Vec::new();
    for sale in sales.sales().await? {
        all.push(offered(sale, &goods).await?);
    }
    reader.fresh(&all)
}

/// A sale with what is left of it, at most a second old.
#[utoipa::path(tag = "seckill", params(("id" = i64, Path)), responses(
    (status = 200, body = SaleBody),
))]
#[get("/seckill/{id}")]
async fn show(
    Id(id): Id<SaleId>,
    reader: Reader,
    sales: web::Data<dyn SaleService>,
    goods: web::Data<Goods>,
) -> Result<HttpResponse, Problem> {
    let sale = sales.sale(id).await?;
    reader.fresh(&offered(sale, &goods).await?)
}

async fn offered(sale: Sale, goods: &Goods) -> Result<Offered, Problem> {
    let product = goods.of(sale.product).await?;
    Ok(Offered { sale, product })
}

/// A claim; `{}` or no body at all is one unit to the default address.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Claim)]
struct ClaimBody {
    /// 1 when absent.
    #[schema(minimum = 1, maximum = 99)]
    num: Option<i64>,
    /// The default address when absent.
    address_id: Option<i64>,
}

/// Claims units. 201 is answered after the commit; 202 when that takes long, and
/// the ticket ends won or refused.
#[utoipa::path(tag = "seckill", security(("bearer" = [])),
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ClaimBody, responses(
        (status = 201, body = OrderBody),
        (status = 202, body = TicketBody),
        (status = 404, description = "not_found"),
        (status = 409, description = "limit_reached, ticket_lost"),
        (status = 410, description = "sold_out, sale_ended, sale_cancelled"),
        (status = 425, description = "sale_not_started"),
        (status = 503, description = "sale_busy, sale_paused"),
    ))]
#[post("/seckill/{id}")]
async fn claim(
    caller: SignedIn,
    Id(sale): Id<SaleId>,
    key: IdempotencyKey,
    language: BuyerLang,
    shop: web::Data<Idiom>,
    claims: web::Data<dyn ClaimService>,
    OptionalJson(body): OptionalJson<ClaimBody>,
) -> Result<HttpResponse, Problem> {
    let claim = NewClaim {
        buyer: caller.user,
        sale,
        units: body.num.unwrap_or(1),
        address: body.address_id.map(AddressId),
        key: key.0,
        language: language.0,
    };
    Ok(match claims.claim(claim).await? {
        Claimed::Won { order, replayed } => {
            let path = format!("/order/{}", order.id);
            let body = OrderBody::new(*order, &shop.currency);
            replayable(created(&path, &body), replayed)
        }
        Claimed::Pending(ticket) => HttpResponse::Accepted()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::RETRY_AFTER, "1"))
            .insert_header((
                header::LOCATION,
                format!("/api/v1/seckill/{sale}/ticket/{}", ticket.id),
            ))
            .json(TicketBody::from(ticket)),
    })
}

/// What became of one of the caller's tickets.
#[utoipa::path(tag = "seckill", security(("bearer" = [])),
    params(("id" = i64, Path), ("ticket" = Uuid, Path)), responses(
        (status = 200, body = TicketBody),
    ))]
#[get("/seckill/{id}/ticket/{ticket}")]
async fn poll(
    caller: SignedIn,
    Id(sale): Id<SaleId>,
    UuidId(ticket): UuidId<Uuid, 1>,
    claims: web::Data<dyn ClaimService>,
) -> Result<HttpResponse, Problem> {
    let ticket = claims.ticket(caller.user, sale, ticket).await?;
    Ok(personal(&TicketBody::from(ticket)))
}
