//! What a claim costs before anything is sold: a POST whose token and JSON are
//! checked by the gateway's own pieces, and answered 410 with constant bytes.
//!
//! `answer bare|whole ADDRESS`, with the shop's settings in the environment. Bare
//! is one route; whole is the gateway with all that it does for every request,
//! in front of a sale that has nothing.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, web};
use async_trait::async_trait;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde::Deserialize;
use stampede_bench::Failure;
use stampede_gateway::{Http, Shop, SignedIn};
use stampede_http::json::OptionalJson;
use stampede_kernel::{SaleId, SystemClock, UserId};
use stampede_seckill::{ClaimService, Claimed, NewClaim, SaleError, Ticket};
use stampede_settings::{Flags, Settings, Sources};
use stampede_user::AccessToken;
use uuid::Uuid;

/// As long as a real refusal.
const SOLD_OUT: &str = r#"{"type":"about:blank","title":"The sale is sold out","status":410,"detail":"all units are sold","code":"sold_out","request_id":"019a0000-0000-7000-8000-000000000000"}"#;

#[actix_web::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [kind, address] = arguments.as_slice() else {
        return Err("answer bare|whole ADDRESS".into());
    };
    let settings = Settings::load(&Sources::of_process(Flags::default()))?;
    let shop = Shop::on(settings, Arc::new(SystemClock)).await?;
    // Whoever does not know who is revoked lets nobody in.
    actix_web::rt::spawn(Arc::clone(&shop.users.revocations).run());
    match kind.as_str() {
        "bare" => bare(&shop, address).await,
        _ => whole(&shop, address).await,
    }
}

async fn bare(shop: &Shop, address: &str) -> Result<(), Failure> {
    let tokens: Arc<dyn AccessToken> = shop.users.tokens.clone();
    let keep_alive = Duration::from_secs(shop.settings.server.keep_alive_secs);
    let app = move || {
        App::new()
            .app_data(web::Data::from(Arc::clone(&tokens)))
            .route("/api/v1/seckill/{id}", web::post().to(refuse))
    };
    let server = HttpServer::new(app).keep_alive(keep_alive).bind(address)?;
    Ok(server.run().await?)
}

async fn whole(shop: &Shop, address: &str) -> Result<(), Failure> {
    // Counting is part of what every request costs.
    PrometheusBuilder::new().install_recorder()?;
    let services = shop.services();
    let services = services.with::<dyn ClaimService>(Arc::new(Nothing));
    let http = Http::new(services, &shop.settings);
    let keep_alive = Duration::from_secs(shop.settings.server.keep_alive_secs);
    let server = HttpServer::new(move || http.app())
        .keep_alive(keep_alive)
        .bind(address)?;
    Ok(server.run().await?)
}

/// The body of a claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only decoded")]
struct Claim {
    num: Option<i64>,
    address_id: Option<i64>,
}

async fn refuse(_: SignedIn, _: OptionalJson<Claim>) -> HttpResponse {
    HttpResponse::build(StatusCode::GONE)
        .content_type("application/problem+json")
        .body(SOLD_OUT)
}

/// A sale that has nothing.
struct Nothing;

#[async_trait]
impl ClaimService for Nothing {
    async fn claim(&self, _: NewClaim) -> Result<Claimed, SaleError> {
        Err(SaleError::SoldOut)
    }

    async fn ticket(&self, _: UserId, _: SaleId, _: Uuid) -> Result<Ticket, SaleError> {
        Err(SaleError::NotFound)
    }
}
