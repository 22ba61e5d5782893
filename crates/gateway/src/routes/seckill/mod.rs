//! Routes of flash sales: listing them, claiming units, polling tickets.

mod admin;
mod live;

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use stampede_api::ShopLocale;
use stampede_api::order::OrderBody;
use stampede_api::sale::{ClaimBody, Offered, SaleBody, TicketBody};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::OptionalJson;
use stampede_http::path::{Id, UuidId};
use stampede_http::problem::Problem;
use stampede_http::response::{List, created, ok_private, replayable};
use stampede_kernel::{AddressId, DeliveryMethodId, SaleId};
use stampede_seckill::{ClaimService, Claimed, NewClaim, Sale, SaleService};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::SignedIn;
use crate::cache::ProductCache;
use crate::language::BuyerLang;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(claim)
        .service(list)
        .service(show)
        .service(poll)
        .configure(admin::routes)
        .service(live::watch);
}

/// Lists flash sales: running and scheduled ones by start, then those that ended last.
#[utoipa::path(tag = "seckill", responses((status = 200, body = List<SaleBody>)))]
#[get("/seckill")]
async fn list(
    context: RequestContext,
    sales: web::Data<dyn SaleService>,
    product_cache: web::Data<ProductCache>,
) -> Result<HttpResponse, Problem> {
    let mut all = Vec::new();
    for sale in sales.sales().await? {
        all.push(offered(sale, &product_cache).await?);
    }
    context.uncached(&all)
}

/// Returns a flash sale; the number of units left is at most a second old.
#[utoipa::path(tag = "seckill", params(("id" = i64, Path, description = "Id of the flash sale.")), responses(
    (status = 200, body = SaleBody),
))]
#[get("/seckill/{id}")]
async fn show(
    Id(id): Id<SaleId>,
    context: RequestContext,
    sales: web::Data<dyn SaleService>,
    product_cache: web::Data<ProductCache>,
) -> Result<HttpResponse, Problem> {
    let sale = sales.sale(id).await?;
    context.uncached(&offered(sale, &product_cache).await?)
}

/// A sale with its product.
pub(crate) async fn offered(sale: Sale, product_cache: &ProductCache) -> Result<Offered, Problem> {
    let product = product_cache.get(sale.product).await?;
    Ok(Offered { sale, product })
}

/// Claims units of a flash sale.
///
/// 201 comes with an order that is committed. 202 comes with a ticket when the commit takes
/// long: poll it until its state is `won` or `refused`. An `Idempotency-Key` claims once: a
/// repeated request gets the result of the first.
#[utoipa::path(tag = "seckill", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the flash sale."), ("Idempotency-Key" = Option<String>, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = Option<ClaimBody>, responses(
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
    shop: web::Data<ShopLocale>,
    claims: web::Data<dyn ClaimService>,
    OptionalJson(body): OptionalJson<ClaimBody>,
) -> Result<HttpResponse, Problem> {
    let claim = NewClaim {
        buyer: caller.user,
        sale,
        units: body.num.unwrap_or(1),
        address: body.address_id.map(AddressId),
        delivery: body.delivery_method_id.map(DeliveryMethodId),
        key: key.0,
        language: language.0,
    };
    Ok(match claims.claim(claim).await? {
        Claimed::Won { order, replayed } => {
            let path = format!("/order/{}", order.id);
            let body = OrderBody::new(*order, &shop);
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

/// Returns one of the caller's tickets: the state of a claim that was answered with 202.
#[utoipa::path(tag = "seckill", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the flash sale."), ("ticket" = Uuid, Path, description = "Id of the ticket.")), responses(
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
    Ok(ok_private(&TicketBody::from(ticket)))
}
