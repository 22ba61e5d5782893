//! Listens, answers, and ends without dropping what is being answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::{Server, ServerHandle};
use tokio::task::JoinSet;

use crate::app::Shop;
use crate::catalogue::Catalogue;
use crate::figures;
use crate::health::Health;
use crate::http::Http;

/// How long `/readyz` says no before running requests are waited for, so that
/// balancers look elsewhere first.
const NOTICE: Duration = Duration::from_secs(1);

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
#[error("{address} cannot be listened on: {cause}")]
pub struct ListenError {
    /// Where.
    pub address: SocketAddr,
    /// Whether somebody else listens there.
    pub taken: bool,
    cause: std::io::Error,
}

/// A shop that answers.
pub struct Running {
    /// Where, with the real port when 0 was asked for.
    pub addresses: Vec<SocketAddr>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
    handle: ServerHandle,
    figures: Option<ServerHandle>,
    health: Arc<Health>,
    catalogue: Catalogue,
    background: JoinSet<()>,
}

impl Running {
    /// Binds the port and starts to answer.
    ///
    /// # Errors
    ///
    /// [`ListenError`] when the port cannot be had; nothing has been started then.
    pub fn start(shop: Shop) -> Result<Self, ListenError> {
        let metrics = &shop.settings.metrics;
        let figures_at = (metrics.port > 0).then(|| SocketAddr::new(metrics.host, metrics.port));
        figures::recorder();
        let (server, addresses) = listen(&shop)?;
        let handle = server.handle();
        let health = Arc::clone(&shop.health);
        let catalogue = shop.catalogue.clone();
        let mut background = shop.background();
        background.spawn(figures::upkeep());
        Ok(Self {
            addresses,
            server: tokio::spawn(server),
            handle,
            figures: figures_at.and_then(figures::serve),
            health,
            catalogue,
            background,
        })
    }

    /// Answers until told to stop: SIGTERM or SIGINT ends it in order, a second one at once.
    ///
    /// # Errors
    ///
    /// When the server itself fails.
    pub async fn until_stopped(mut self) -> std::io::Result<()> {
        let mut signals = Signals::new()?;
        tokio::select! {
            ended = &mut self.server => return flat(ended),
            notice = signals.next() => {
                self.health.drain();
                tracing::info!("shutting down");
                tokio::select! {
                    () = tokio::time::sleep(notice) => {}
                    _ = signals.next() => {}
                }
            }
        }
        let handle = self.handle.clone();
        tokio::select! {
            () = self.stop() => Ok(()),
            _ = signals.next() => {
                tracing::warn!("stopped at once");
                drop(handle.stop(false));
                Ok(())
            }
        }
    }

    /// Stops listening, waits for running requests, then ends the background tasks.
    pub async fn stop(mut self) {
        self.health.drain();
        self.handle.stop(true).await;
        if let Some(figures) = &self.figures {
            figures.stop(false).await;
        }
        self.background.shutdown().await;
        self.catalogue.close().await;
    }
}

fn flat(ended: Result<std::io::Result<()>, tokio::task::JoinError>) -> std::io::Result<()> {
    ended.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

fn listen(shop: &Shop) -> Result<(Server, Vec<SocketAddr>), ListenError> {
    let settings = &shop.settings.server;
    let address = SocketAddr::new(settings.host, settings.port);
    let http = Http::new(shop.services(), &shop.settings);
    let workers = match settings.workers {
        0 => available_parallelism().map_or(1, std::num::NonZero::get),
        some => some,
    };
    let patience = Duration::from_secs(settings.request_timeout_secs);
    let server = HttpServer::new(move || http.app())
        .workers(workers)
        .keep_alive(Duration::from_secs(settings.keep_alive_secs))
        .client_request_timeout(patience)
        .client_disconnect_timeout(patience)
        .max_connections(settings.max_connections)
        .shutdown_timeout(settings.shutdown_secs)
        .disable_signals()
        .bind(address)
        .map_err(|cause| ListenError {
            address,
            taken: cause.kind() == std::io::ErrorKind::AddrInUse,
            cause,
        })?;
    let addresses = server.addrs();
    Ok((server.run(), addresses))
}

/// What tells the process to end.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
        })
    }

    #[cfg(not(unix))]
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for one and says how long balancers are given notice: a person at
    /// a keyboard has none.
    #[cfg(unix)]
    async fn next(&mut self) -> Duration {
        tokio::select! {
            _ = self.terminate.recv() => NOTICE,
            _ = tokio::signal::ctrl_c() => Duration::ZERO,
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> Duration {
        let _ = tokio::signal::ctrl_c().await;
        Duration::ZERO
    }
}
