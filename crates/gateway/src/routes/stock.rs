//! Admin routes of stock: the journal of a SKU, and adjusting its stock.

use actix_web::{HttpResponse, get, post, web};
use stampede_api::ShopLocale;
use stampede_api::product::{MoveStock, MovementBody, SkuBody};
use stampede_catalog::{StockMove, StockService};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::SkuId;
use stampede_persistence::idempotency::Idempotency;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(move_stock).service(journal);
}

/// Adjusts the stock of a SKU, at most once per `Idempotency-Key`.
///
/// Stock never falls below 0.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the SKU."), ("Idempotency-Key" = Option<String>, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = MoveStock, responses((status = 200, body = SkuBody),
        (status = 409, description = "stock_insufficient, idempotency_in_flight")))]
#[post("/sku/{id}/stock")]
async fn move_stock(
    admin: Admin,
    id: Id<SkuId>,
    key: IdempotencyKey,
    body: Json<MoveStock>,
    shop: web::Data<ShopLocale>,
    stock: web::Data<dyn StockService>,
) -> Result<HttpResponse, Problem> {
    let movement = StockMove {
        sku: id.0,
        delta: body.0.delta,
        reason: body.0.reason,
    };
    let scope = format!("POST /sku/{}/stock", id.0);
    let key = key
        .0
        .map(|key| Idempotency::of(admin.user, scope, key, &movement));
    let (sku, replayed) = stock.move_stock(admin.user, movement, key).await?;
    let answer = ok_private(&SkuBody::new(&sku, &shop.currency));
    Ok(replayable(answer, replayed))
}

/// Lists the movements of a SKU's stock, newest first. Their sum is its stock.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the SKU."), Paging),
    responses((status = 200, body = List<MovementBody>)))]
#[get("/admin/sku/{id}/journal")]
async fn journal(
    _: Admin,
    Id(sku): Id<SkuId>,
    Params(paging): Params<Paging>,
    stock: web::Data<dyn StockService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = stock.journal(sku, size, cursor).await?;
    Ok(ok_private(&List::page(page, MovementBody::from)))
}
