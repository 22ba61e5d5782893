//! Admin routes of stock: the journal of a SKU, and adjusting its stock.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use stampede_api::ShopLocale;
use stampede_api::product::SkuBody;
use stampede_catalog::{JournalEntry, StockMove, StockService};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::SkuId;
use stampede_persistence::idempotency::Idempotency;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(move_stock).service(journal);
}

/// Request to adjust the stock of a SKU.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveStock {
    /// Units to add, or to take when negative; not 0.
    delta: i64,
    /// Reason for the stock journal, 1–255 characters.
    reason: String,
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

/// A movement of stock: who moved how many units, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockMovement)]
struct MovementBody {
    /// Id of the movement.
    id: i64,
    /// Units that came, or went when negative.
    delta: i64,
    /// Reason of the movement: `opening`, `order`, `cancel`, `sale` … or what an admin wrote.
    reason: String,
    /// Cause of the movement, such as the id of an order; null when there is none.
    reference: Option<String>,
    /// Id of the admin who moved the units; null for the shop itself.
    actor_id: Option<i64>,
    /// Time of the movement: RFC 3339, UTC.
    created_at: String,
}

impl From<JournalEntry> for MovementBody {
    fn from(entry: JournalEntry) -> Self {
        Self {
            id: entry.id,
            delta: entry.delta,
            reason: entry.reason,
            reference: entry.reference,
            actor_id: entry.actor_id.map(|actor| actor.0),
            created_at: entry.created_at.to_rfc3339(),
        }
    }
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
