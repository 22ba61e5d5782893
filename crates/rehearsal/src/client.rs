//! An HTTP client that sends one request at a time over a keep-alive connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

use crate::RehearsalError;
use crate::answer::Kind;
use crate::claims::plain;

/// Longest time for a response: as long as the shop allows a request.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The address of a gateway.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// The URL as given.
    pub url: String,
    address: SocketAddr,
    host: HeaderValue,
}

impl Gateway {
    /// Parses `http://host:port` and resolves the host, once.
    ///
    /// # Errors
    ///
    /// [`RehearsalError::Url`]; also for `https`, for the measurement would be that of a TLS
    /// proxy.
    pub async fn parse(text: &str) -> Result<Self, RehearsalError> {
        let fault = |why: &str| RehearsalError::Url(text.to_owned(), why.to_owned());
        let url = Url::parse(text).map_err(|error| fault(&error.to_string()))?;
        if url.scheme() != "http" || !matches!(url.path(), "" | "/") {
            return Err(fault("must be http://host:port, of the gateway itself"));
        }
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(80);
        let mut found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port))
            .await
            .map_err(|error| fault(&error.to_string()))?;
        let address = found.next().ok_or_else(|| fault("has no address"))?;
        let authority = format!("{host}:{port}");
        Ok(Self {
            url: text.trim_end_matches('/').to_owned(),
            address,
            host: HeaderValue::try_from(authority).map_err(|error| fault(&error.to_string()))?,
        })
    }

    /// The gateway at this address.
    pub fn at(address: SocketAddr) -> Self {
        let authority = address.to_string();
        Self {
            url: format!("http://{authority}"),
            address,
            host: HeaderValue::try_from(authority)
                .unwrap_or_else(|_| HeaderValue::from_static("localhost")),
        }
    }
}

impl Gateway {
    /// Whether a shop listens there and is ready.
    ///
    /// # Errors
    ///
    /// [`RehearsalError::NotReady`] when a shop listens and is not ready.
    pub async fn is_shop(&self) -> Result<bool, RehearsalError> {
        let mut line = Connection::new([self.clone()].into(), 0);
        match line.send(plain("/readyz")).await {
            Ok(reply) if reply.status == StatusCode::SERVICE_UNAVAILABLE => {
                Err(RehearsalError::NotReady(self.url.clone()))
            }
            Ok(reply) => Ok(reply.status == StatusCode::OK),
            Err(_) => Ok(false),
        }
    }
}

/// A response of a gateway.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The whole body.
    pub(crate) body: Bytes,
}

/// The reason why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoResponse {
    /// No gateway could be connected to: nothing was sent.
    Unreachable,
    /// The request was sent and got no response: it may have taken effect.
    Unanswered,
}

impl NoResponse {
    /// The kind under which it is counted.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Unreachable => Kind::Unreachable,
            Self::Unanswered => Kind::Unanswered,
        }
    }
}

type Sender = SendRequest<Full<Bytes>>;
/// A request of this client.
pub(crate) type ClientRequest = Request<Full<Bytes>>;

/// A connection to one of several gateways; to the next one when that fails.
pub(crate) struct Connection {
    gateways: Arc<[Gateway]>,
    /// Index of the gateway, modulo their number.
    at: usize,
    sender: Option<Sender>,
}

impl Connection {
    /// A connection that will be opened to the `nth` gateway, modulo their number.
    pub(crate) fn new(gateways: Arc<[Gateway]>, nth: usize) -> Self {
        Self {
            gateways,
            at: nth,
            sender: None,
        }
    }

    /// Sends a request and waits for the whole response. A request that was certainly not sent
    /// is sent again; one that may have arrived never is.
    pub(crate) async fn send(&mut self, mut ask: ClientRequest) -> Result<Reply, NoResponse> {
        for _ in 0..2 {
            let mut sender = match self.sender.take() {
                Some(sender) => sender,
                None => self.connect().await.ok_or(NoResponse::Unreachable)?,
            };
            let host = self.gateways[self.at % self.gateways.len()].host.clone();
            ask.headers_mut().insert(header::HOST, host);
            match timeout(TIMEOUT, exchange(&mut sender, ask)).await {
                Ok(Ok(reply)) => {
                    self.sender = Some(sender);
                    return Ok(reply);
                }
                Ok(Err(Some(unsent))) => ask = *unsent,
                Ok(Err(None)) | Err(_) => return Err(NoResponse::Unanswered),
            }
        }
        Err(NoResponse::Unreachable)
    }

    /// Connects to the same gateway as before, or to the next one that accepts.
    async fn connect(&mut self) -> Option<Sender> {
        for _ in 0..self.gateways.len() {
            let target = &self.gateways[self.at % self.gateways.len()];
            if let Ok(Ok(sender)) = timeout(TIMEOUT, open(target.address)).await {
                return Some(sender);
            }
            self.at += 1;
        }
        None
    }
}

async fn open(address: SocketAddr) -> Result<Sender, Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with its sender or its gateway; either way the next answer tells.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}

/// The response; or the request, if it was certainly not sent.
async fn exchange(
    sender: &mut Sender,
    ask: ClientRequest,
) -> Result<Reply, Option<Box<ClientRequest>>> {
    if sender.ready().await.is_err() {
        return Err(Some(Box::new(ask)));
    }
    let answered = sender.try_send_request(ask).await;
    let answered = answered.map_err(|mut error| error.take_message().map(Box::new))?;
    let (head, body) = answered.into_parts();
    let body = body.collect().await.map_err(|_| None)?;
    Ok(Reply {
        status: head.status,
        headers: head.headers,
        body: body.to_bytes(),
    })
}
