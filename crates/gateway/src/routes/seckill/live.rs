//! The live view of a flash sale: one server-sent event a second.

use std::time::Duration;

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use futures::stream;
use stampede_api::sale::{LiveBody, LiveEvent};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::recheck::recheck;
use stampede_kernel::SaleId;
use stampede_seckill::{SaleService, SaleSnapshot};

use crate::auth::Admin;
use crate::health::Health;

/// Time between two events.
const EVERY: Duration = Duration::from_secs(1);

/// Streams the state of a flash sale as server-sent events, one a second.
///
/// An event of type `second` has the claims of the last second by result, the units left, taken
/// and in flight, latency percentiles, and whether the counts add up. Claims and latencies are
/// those of the process that answers.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the flash sale.")), responses(
    (status = 200, content_type = "text/event-stream", body = LiveEvent),
))]
#[get("/admin/seckill/{id}/live")]
pub(super) async fn watch(
    _: Admin,
    request: HttpRequest,
    Id(id): Id<SaleId>,
    sales: web::Data<dyn SaleService>,
    health: web::Data<Health>,
) -> Result<HttpResponse, Problem> {
    let first = sales.live(id).await?;
    let told = (sales, None, Some(first));
    let events = stream::unfold(told, move |told| {
        next(id, request.clone(), health.clone(), told)
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // A compressed event is kept until there are more.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .content_type("text/event-stream")
        .streaming(events))
}

/// The sales service, the event that was sent last, and the event to send at once.
type Told = (
    web::Data<dyn SaleService>,
    Option<SaleSnapshot>,
    Option<SaleSnapshot>,
);

/// The next event.
///
/// The stream ends when the sale cannot be read, when the admin's token is revoked, or when the
/// process shuts down, which waits for open responses.
async fn next(
    id: SaleId,
    request: HttpRequest,
    health: web::Data<Health>,
    (sales, before, now): Told,
) -> Option<(Result<Bytes, actix_web::Error>, Told)> {
    let live = if let Some(live) = now {
        live
    } else {
        tokio::time::sleep(EVERY).await;
        // An admin who was banned or demoted watches no longer than others.
        if health.drains() || recheck(&request).is_err() {
            return None;
        }
        sales.live(id).await.ok()?
    };
    let body = serde_json::to_string(&LiveBody::since(before.as_ref(), &live)).ok()?;
    let event = Bytes::from(format!("event: second\ndata: {body}\n\n"));
    Some((Ok(event), (sales, Some(live), None)))
}
