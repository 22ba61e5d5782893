//! The server: starts, serves, and shuts down gracefully.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use stampede_http::client::TrustedProxies;
use stampede_http::metrics_server;
use stampede_http::server::{ConnectionLimits, Deadlines, ServerBuilder};
use tokio::task::JoinSet;

use crate::app::Shop;
use crate::catalogue::Catalogue;
use crate::health::Health;
use crate::http::Http;
use crate::supervise::supervise;

/// Most worker threads that actix allows.
const MOST_WORKERS: usize = 512;
/// Open files besides connections: databases, the index, pictures, webhooks, Redis.
const OTHER_FILES: u64 = 512;

/// The server cannot listen on its address.
#[derive(Debug, thiserror::Error)]
#[error("{address} cannot be listened on: {cause}")]
pub struct ListenError {
    /// The address.
    pub address: SocketAddr,
    /// Whether another process listens there.
    pub taken: bool,
    cause: std::io::Error,
}

/// A running server with its background tasks.
pub struct Running {
    /// Addresses of the server, with the real port when port 0 was configured.
    pub addresses: Vec<SocketAddr>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
    handle: ServerHandle,
    metrics_server: Option<ServerHandle>,
    health: Arc<Health>,
    catalogue: Catalogue,
    background: JoinSet<()>,
    notice: Duration,
}

impl Running {
    /// Binds the port and starts to serve.
    ///
    /// # Errors
    ///
    /// [`ListenError`] when the port cannot be bound; nothing has been started then.
    pub fn start(shop: Shop) -> Result<Self, ListenError> {
        let metrics = &shop.settings.metrics;
        let metrics_at = (metrics.port > 0).then(|| SocketAddr::new(metrics.host, metrics.port));
        metrics_server::record();
        let notice = Duration::from_secs(shop.settings.server.drain_notice_secs);
        let (server, addresses) = listen(&shop)?;
        let handle = server.handle();
        let health = Arc::clone(&shop.health);
        let catalogue = shop.catalogue.clone();
        let mut background = shop.background();
        supervise(&mut background, "figures", metrics_server::upkeep);
        Ok(Self {
            addresses,
            server: tokio::spawn(server),
            handle,
            metrics_server: metrics_at.and_then(metrics_server::serve),
            health,
            catalogue,
            background,
            notice,
        })
    }

    /// Starts one more background task, which ends with the server. A task that panics is
    /// restarted.
    pub fn also<Task>(&mut self, name: &'static str, start: impl FnMut() -> Task + Send + 'static)
    where
        Task: Future<Output = ()> + Send + 'static,
    {
        supervise(&mut self.background, name, start);
    }

    /// Serves until a signal: the first SIGTERM or SIGINT shuts down gracefully, a second one
    /// at once.
    ///
    /// # Errors
    ///
    /// When the server itself fails.
    pub async fn until_stopped(mut self) -> std::io::Result<()> {
        let mut signals = Signals::new()?;
        tokio::select! {
            ended = &mut self.server => return flat(ended),
            stop = signals.next() => {
                self.health.drain();
                tracing::info!("shutting down");
                // A person at a keyboard is not kept waiting.
                let notice = match stop {
                    Stop::Service => self.notice,
                    Stop::Keyboard => Duration::ZERO,
                };
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
        if let Some(metrics_server) = &self.metrics_server {
            metrics_server.stop(false).await;
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
        0 => available_parallelism().map_or(1, |cores| cores.get().min(MOST_WORKERS)),
        some => some,
    };
    let all = workers.saturating_mul(settings.max_connections);
    allow_files(all);
    let head_timeout = Duration::from_secs(settings.request_timeout_secs);
    let builder = ServerBuilder {
        address,
        workers,
        max_connections: settings.max_connections,
        connection_limits: ConnectionLimits::new(
            settings.connections_per_address,
            all,
            TrustedProxies(settings.trusted_proxies.clone()),
        ),
        deadlines: Deadlines {
            head: head_timeout,
            keep_alive: Duration::from_secs(settings.keep_alive_secs),
            send: Duration::from_secs(settings.send_timeout_secs),
            bytes_per_sec: settings.min_bytes_per_sec,
        },
        closing: head_timeout,
        shutdown_secs: settings.shutdown_secs,
    };
    let (server, address) = builder
        .serve(move || http.app())
        .map_err(|cause| ListenError {
            address,
            taken: cause.kind() == std::io::ErrorKind::AddrInUse,
            cause,
        })?;
    Ok((server, vec![address]))
}

/// Raises this process's limit of open files as far as it goes without privileges,
/// and warns when `connections` may be more than that.
fn allow_files(connections: usize) {
    let wanted = u64::try_from(connections)
        .unwrap_or(u64::MAX)
        .saturating_add(OTHER_FILES);
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) if files >= wanted => {}
        Ok(files) => tracing::warn!(
            files,
            wanted,
            "the limit of open files is less than server.workers × server.max_connections may \
             need: raise it (`ulimit -Hn`, LimitNOFILE=, --ulimit nofile=) or lower \
             server.max_connections"
        ),
        Err(error) => tracing::warn!(%error, "the limit of open files cannot be raised"),
    }
}

/// The signal that ends the process.
enum Stop {
    /// SIGTERM: from a service manager.
    Service,
    /// SIGINT: from a terminal.
    Keyboard,
}

/// The signals that end the process.
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

    /// Waits for one.
    #[cfg(unix)]
    async fn next(&mut self) -> Stop {
        tokio::select! {
            _ = self.terminate.recv() => Stop::Service,
            _ = tokio::signal::ctrl_c() => Stop::Keyboard,
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> Stop {
        let _ = tokio::signal::ctrl_c().await;
        Stop::Keyboard
    }
}
