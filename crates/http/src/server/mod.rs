//! The HTTP server: connection limits and deadlines around actix-http.
//!
//! actix-web's own server has a deadline for the head of a connection's first request and one
//! for idle
//! connections. This module adds the others that a slow or hostile client makes necessary: for
//! the head
//! of later requests, for an unread body that does not end, for a response that is not read.
//! See ADR 17.

mod connection;
mod connection_limits;
mod io;
mod min_rate;
mod reject;
mod track;

use std::fmt;
use std::future::{Future, poll_fn};
use std::io::Error as IoError;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol, Request};
use actix_service::{IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt, map_config};
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Response, Server};
use futures::future::LocalBoxFuture;
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until};

pub use connection::{Connection, Deadlines};
pub use connection_limits::ConnectionLimits;
pub use min_rate::MinRateTimer;
pub use track::track;

use connection::EndReason;
use io::Io;

/// Connections that the kernel completes before they are accepted.
const BACKLOG: u32 = 4_096;
/// Kernel send buffer of each connection, in bytes. The default grows to megabytes, and a few
/// hundred clients that request much and read nothing would cost seconds of copying.
const SEND_BUFFER: u32 = 128 * 1_024;
/// Most connections at a time that get a 503 because their address has too many; more are
/// closed without a response.
const REFUSALS: usize = 64;

/// The configuration of a server.
#[derive(Debug)]
pub struct ServerBuilder {
    /// Address to listen on.
    pub address: SocketAddr,
    /// Number of worker threads.
    pub workers: usize,
    /// Most connections of each worker.
    pub max_connections: usize,
    /// Most connections of each client address.
    pub connection_limits: ConnectionLimits,
    /// Deadlines of each connection.
    pub deadlines: Deadlines,
    /// Longest time for the orderly close of a connection.
    pub closing: Duration,
    /// Longest time for running requests to end at a shutdown, in seconds.
    pub shutdown_secs: u64,
}

impl ServerBuilder {
    /// Binds the address and returns the server, which serves `application` once it is polled,
    /// with its real address.
    ///
    /// # Errors
    ///
    /// When the address cannot be bound.
    pub fn serve<F, I, S, B>(self, application: F) -> Result<(Server, SocketAddr), IoError>
    where
        F: Fn() -> I + Send + Clone + 'static,
        I: IntoServiceFactory<S, Request>,
        S: ServiceFactory<Request, Config = AppConfig> + 'static,
        S::Error: Into<Error> + 'static,
        S::InitError: fmt::Debug,
        S::Response: Into<Response<B>> + 'static,
        <S::Service as Service<Request>>::Future: 'static,
        S::Service: 'static,
        B: MessageBody + 'static,
    {
        let listener = listen(self.address)?;
        let address = listener.local_addr()?;
        let builder = Server::build()
            .workers(self.workers)
            .max_concurrent_connections(self.max_connections)
            .shutdown_timeout(self.shutdown_secs)
            .disable_signals();
        let draining = builder.graceful_shutdown_signal();
        let (deadlines, closing) = (self.deadlines, self.closing);
        let connection_limits = Arc::new(self.connection_limits);
        let refusals = Arc::new(Semaphore::new(REFUSALS));
        let service = move || {
            let draining = draining.clone();
            let application = application()
                .into_factory()
                .map_err(|error| error.into().error_response());
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let draining = draining.clone();
                    async move { draining.notified().await }
                })
                .keep_alive(deadlines.keep_alive)
                // The deadlines of this module, which hold for every request.
                .client_request_timeout(Duration::ZERO)
                .client_disconnect_timeout(closing)
                .local_addr(address)
                .on_connect_ext(|io: &Io, data: &mut actix_http::Extensions| {
                    data.insert(Rc::clone(&io.connection));
                })
                .finish(map_config(application, |()| AppConfig::default()));
            ConnectionServiceFactory {
                http,
                deadlines,
                connection_limits: Arc::clone(&connection_limits),
                refusals: Arc::clone(&refusals),
            }
        };
        let server = builder.listen("http", listener, service)?;
        Ok((server.run(), address))
    }
}

/// Binds a listening socket as the standard library does, with a larger backlog.
fn listen(address: SocketAddr) -> Result<std::net::TcpListener, IoError> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    // Accepted sockets have it from the one that listens.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

/// Makes the [`ConnectionService`] of each worker.
struct ConnectionServiceFactory<H> {
    http: H,
    deadlines: Deadlines,
    connection_limits: Arc<ConnectionLimits>,
    refusals: Arc<Semaphore>,
}

/// Accepts connections under the limits, and ends them at their deadlines.
struct ConnectionService<H> {
    http: H,
    deadlines: Deadlines,
    connection_limits: Arc<ConnectionLimits>,
    refusals: Arc<Semaphore>,
}

type Accepted = (Io, Protocol, Option<SocketAddr>);

impl<H> ServiceFactory<TcpStream> for ConnectionServiceFactory<H>
where
    H: ServiceFactory<Accepted, Config = (), Response = (), Error = DispatchError>,
    H::Future: 'static,
    H::Service: 'static,
    <H::Service as Service<Accepted>>::Future: 'static,
{
    type Response = ();
    type Error = DispatchError;
    type Config = ();
    type Service = ConnectionService<H::Service>;
    type InitError = H::InitError;
    type Future = LocalBoxFuture<'static, Result<Self::Service, Self::InitError>>;

    fn new_service(&self, (): ()) -> Self::Future {
        let http = self.http.new_service(());
        let deadlines = self.deadlines;
        let connection_limits = Arc::clone(&self.connection_limits);
        let refusals = Arc::clone(&self.refusals);
        Box::pin(async move {
            Ok(ConnectionService {
                http: http.await?,
                deadlines,
                connection_limits,
                refusals,
            })
        })
    }
}

impl<H> Service<TcpStream> for ConnectionService<H>
where
    H: Service<Accepted, Response = (), Error = DispatchError>,
    H::Future: 'static,
{
    type Response = ();
    type Error = DispatchError;
    type Future = LocalBoxFuture<'static, Result<(), DispatchError>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), DispatchError>> {
        self.http.poll_ready(context)
    }

    fn call(&self, stream: TcpStream) -> Self::Future {
        let peer = stream.peer_addr().ok();
        let address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        // An answer may be written in two pieces; none waits for an acknowledgement.
        let _ = stream.set_nodelay(true);
        let Some(permit) = self.connection_limits.acquire(address) else {
            metrics::counter!("stampede_connections_refused_total").increment(1);
            let refusals = Arc::clone(&self.refusals);
            return Box::pin(async move {
                if let Ok(_permit) = refusals.try_acquire() {
                    reject::too_many(stream).await;
                }
                Ok(())
            });
        };
        let connection = Connection::new(self.deadlines, permit);
        let io = Io::new(stream, Rc::clone(&connection));
        let dispatcher = self.http.call((io, Protocol::Http1, peer));
        Box::pin(guard(connection, dispatcher))
    }
}

/// Runs the dispatcher until it or a deadline ends the connection, then sends the last
/// response, if there is one to send.
async fn guard<F>(connection: Rc<Connection>, dispatcher: F) -> Result<(), DispatchError>
where
    F: Future<Output = Result<(), DispatchError>>,
{
    let late = until_over(&connection, dispatcher).await;
    let Some(stream) = connection.returned.take() else {
        return Ok(());
    };
    if let Some(late) = late {
        metrics::counter!("stampede_connections_ended_total", "reason" => late.name()).increment(1);
    }
    match (late, connection.refused.take()) {
        (Some(EndReason::Head), _) => Box::pin(reject::slow_head(stream)).await,
        (Some(EndReason::Reader), _) => {
            // What it has not read would be kept by the system.
            let _ = stream.set_zero_linger();
        }
        // The refusal of what follows an answered request is no answer to anything.
        (None, Some(status)) if !connection.body_unread() => {
            Box::pin(reject::unreadable(stream, status)).await;
        }
        _ => {}
    }
    Ok(())
}

/// Polls the dispatcher until it ends, refuses its input, or misses a deadline. Dropping it
/// gives the socket back.
async fn until_over<F>(connection: &Connection, dispatcher: F) -> Option<EndReason>
where
    F: Future<Output = Result<(), DispatchError>>,
{
    let mut dispatcher = pin!(dispatcher);
    let mut alarm = pin!(sleep_until(Instant::now()));
    poll_fn(|context| {
        if dispatcher.as_mut().poll(context).is_ready() || connection.refuses() {
            return Poll::Ready(None);
        }
        if connection.poll_displaced(context).is_ready() {
            return Poll::Ready(Some(EndReason::Displaced));
        }
        while let Some((end, late)) = connection.deadline() {
            if end <= Instant::now() {
                return Poll::Ready(Some(late));
            }
            // An alarm that rings too early costs less than one that is set anew by
            // every request.
            if alarm.is_elapsed() || alarm.deadline() > end {
                alarm.as_mut().reset(end);
            }
            ready!(alarm.as_mut().poll(context));
        }
        Poll::Pending
    })
    .await
}
