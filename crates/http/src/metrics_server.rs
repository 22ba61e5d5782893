//! The Prometheus endpoint `/metrics`, on a port of its own.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, web};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::client::TrustedProxies;
use crate::middleware::{errors_to_problems, request_id, security_headers};
use crate::server::{ConnectionLimits, Deadlines, ServerBuilder, track};

/// Bucket bounds of the histograms of times, in seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
];
/// Bucket bounds of the histograms of sizes.
const SIZE_BUCKETS: [f64; 7] = [1.0, 8.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// How often the histograms are emptied into their sums.
const UPKEEP: Duration = Duration::from_secs(5);

/// Most connections to the metrics port.
const MOST_SCRAPERS: usize = 64;
/// Longest time for a request's head, and without reading its response.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Longest idle time of a connection: Prometheus scrapes every minute or more often.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Slowest reading of a response that is allowed for longer, in bytes a second.
const SLOWEST: u32 = 16_384;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts to record this process's metrics, unless they are recorded already.
pub fn record() {
    let _ = recorder();
}

/// The recorder of this process's metrics; `None` when it cannot be installed.
fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let suffix = |suffix: &str| Matcher::Suffix(suffix.to_owned());
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(suffix("_seconds"), &BUCKETS)
        .and_then(|builder| builder.set_buckets_for_metric(suffix("_size"), &SIZE_BUCKETS))
        .ok()?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).ok()?;
    Some(handle)
}

/// Empties the histograms into their sums, for ever.
pub async fn upkeep() {
    loop {
        tokio::time::sleep(UPKEEP).await;
        if let Some(recorder) = recorder() {
            recorder.run_upkeep();
        }
    }
}

/// Serves `/metrics` at `address`; logs a warning when the port is taken.
pub fn serve(address: SocketAddr) -> Option<ServerHandle> {
    match listen(address) {
        Ok(server) => {
            let handle = server.handle();
            tokio::spawn(server);
            Some(handle)
        }
        Err(error) => {
            tracing::warn!(%address, %error, "figures cannot be served");
            None
        }
    }
}

fn listen(address: SocketAddr) -> std::io::Result<Server> {
    let builder = ServerBuilder {
        address,
        workers: 1,
        max_connections: MOST_SCRAPERS,
        connection_limits: ConnectionLimits::new(0, MOST_SCRAPERS, TrustedProxies::default()),
        deadlines: Deadlines {
            head: TIMEOUT,
            keep_alive: KEEP_ALIVE,
            send: TIMEOUT,
            bytes_per_sec: SLOWEST,
        },
        closing: TIMEOUT,
        shutdown_secs: 1,
    };
    let (server, _) = builder.serve(|| {
        App::new()
            .route("/metrics", web::get().to(page))
            .wrap(from_fn(errors_to_problems))
            .wrap(from_fn(security_headers))
            .wrap(from_fn(request_id::assign))
            .wrap(from_fn(track))
    })?;
    Ok(server)
}

async fn page() -> HttpResponse {
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(text)
}
