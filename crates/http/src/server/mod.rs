//! The edge of the HTTP server: which connections there are, and for how long.
//!
//! actix-web's own server knows a deadline for the head of the first request on a
//! connection and one for idle connections. Everything else that a peer can hold on
//! with is ended here: a head that stalls after the first request, a body that nobody
//! reads any more and that does not end, an answer that is not read. See ADR 17.

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

/// Connections that the system completes before they are accepted.
const BACKLOG: u32 = 4_096;
/// Bytes of answers that the system takes from each connection before it waits for the
/// peer. Left alone it takes megabytes, and a few hundred peers that ask for much and read
/// nothing cost it seconds of copying.
const SEND_BUFFER: u32 = 128 * 1_024;
/// Connections over the limit of their address that are told so at the same time;
/// more are closed without a word.
const REFUSALS: usize = 64;

/// What a listener is made with.
#[derive(Debug)]
pub struct ServerBuilder {
    /// Where it listens.
    pub address: SocketAddr,
    /// How many threads answer.
    pub workers: usize,
    /// Connections at most, for each worker.
    pub max_connections: usize,
    /// Connections of one client network at most.
    pub connection_limits: ConnectionLimits,
    /// What a peer is waited for.
    pub deadlines: Deadlines,
    /// How long a connection may take to close in order.
    pub closing: Duration,
    /// How long running requests may take to end, in seconds.
    pub shutdown_secs: u64,
}

impl ServerBuilder {
    /// Listens and serves `application` once the server is polled; also says where, with
    /// the real port when 0 was asked for.
    ///
    /// # Errors
    ///
    /// When the address cannot be had.
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

/// As the standard library listens, with room for more connections that nobody has
/// accepted yet.
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

/// Makes each worker's [`ConnectionService`].
struct ConnectionServiceFactory<H> {
    http: H,
    deadlines: Deadlines,
    connection_limits: Arc<ConnectionLimits>,
    refusals: Arc<Semaphore>,
}

/// Lets connections in, and ends them.
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
        let Some(permit) = self.connection_limits.take(address) else {
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

/// Runs the dispatcher until it or a deadline ends the connection, and says what the
/// peer can still be told.
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

/// Polls the dispatcher until it ends, refuses what it has read, or is late. It has
/// been dropped then, which gives the socket back.
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
