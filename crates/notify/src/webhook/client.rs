//! The HTTP client of webhooks: one request to a checked address, without redirects,
//! proxies or a second name resolution.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use stampede_kernel::DeliveryId;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::{Host, Position, Url};

use super::EgressPolicy;

/// Time-out for the TCP connection, within the total time-out.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Errors of a delivery attempt.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// The URL is invalid.
    #[error("the URL cannot be used")]
    Url,
    /// The host name cannot be resolved.
    #[error("the host name cannot be resolved")]
    Unresolved,
    /// One of the host's addresses is not public.
    #[error("the host leads into a private network")]
    Private,
    /// The connection failed, or the certificate is not the host's.
    #[error("no connection: {0}")]
    Connection(#[from] io::Error),
    /// The answer is not HTTP.
    #[error("no answer: {0}")]
    Http(#[from] hyper::Error),
    /// The time-out has passed.
    #[error("no answer in time")]
    Late,
    /// The answer is an HTTP status other than 2xx.
    #[error("answered {0}")]
    Answer(u16),
}

/// A webhook request: URL, headers and body.
pub(super) struct WebhookRequest<'a> {
    pub(super) url: &'a str,
    pub(super) event: &'a str,
    pub(super) delivery: DeliveryId,
    pub(super) signature: String,
    pub(super) body: &'a str,
}

/// The HTTP client of webhooks.
pub(super) struct WebhookClient {
    egress: EgressPolicy,
    timeout: Duration,
    tls: TlsConnector,
}

impl WebhookClient {
    /// Creates a client for addresses that `egress` allows, with a time-out for each
    /// request.
    pub(super) fn new(egress: EgressPolicy, timeout: Duration) -> Self {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring speaks the default versions of TLS")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self {
            egress,
            timeout,
            tls: TlsConnector::from(Arc::new(config)),
        }
    }

    /// Posts a webhook and returns the 2xx status of the answer, whose body is not
    /// read.
    pub(super) async fn post(&self, webhook: WebhookRequest<'_>) -> Result<u16, SendError> {
        let url = Url::parse(webhook.url).map_err(|_| SendError::Url)?;
        let request = request(&url, webhook)?;
        let answered = timeout(self.timeout, self.send(&url, request)).await;
        match answered.map_err(|_| SendError::Late)?? {
            status @ 200..=299 => Ok(status),
            status => Err(SendError::Answer(status)),
        }
    }

    async fn send(&self, url: &Url, request: Request<Full<Bytes>>) -> Result<u16, SendError> {
        let addresses = self.resolve(url).await?;
        let connected = timeout(CONNECT_TIMEOUT, TcpStream::connect(addresses.as_slice())).await;
        let stream = connected.map_err(|_| SendError::Late)??;
        if url.scheme() == "https" {
            let stream = self.tls.connect(server_name(url)?, stream).await?;
            send_over(stream, request).await
        } else {
            send_over(stream, request).await
        }
    }

    /// Resolves the host; fails unless the policy allows all of its addresses, for a
    /// name with a mix of public and private addresses is an attack.
    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, SendError> {
        let port = url.port_or_known_default().ok_or(SendError::Url)?;
        let addresses: Vec<SocketAddr> = match url.host().ok_or(SendError::Url)? {
            Host::Ipv4(address) => vec![(address, port).into()],
            Host::Ipv6(address) => vec![(address, port).into()],
            Host::Domain(name) => {
                let found = lookup_host((name, port)).await;
                found.map_err(|_| SendError::Unresolved)?.collect()
            }
        };
        if addresses.is_empty() {
            return Err(SendError::Unresolved);
        }
        let admitted = |address: &SocketAddr| self.egress.allows(address.ip());
        if addresses.iter().all(admitted) {
            Ok(addresses)
        } else {
            Err(SendError::Private)
        }
    }
}

fn server_name(url: &Url) -> Result<ServerName<'static>, SendError> {
    match url.host().ok_or(SendError::Url)? {
        Host::Ipv4(address) => Ok(ServerName::IpAddress(address.into())),
        Host::Ipv6(address) => Ok(ServerName::IpAddress(address.into())),
        Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| SendError::Url),
    }
}

fn request(url: &Url, webhook: WebhookRequest<'_>) -> Result<Request<Full<Bytes>>, SendError> {
    Request::builder()
        .method(Method::POST)
        .uri(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "Stampede")
        .header("Stampede-Event", webhook.event)
        .header("Stampede-Delivery", webhook.delivery.0)
        .header("Stampede-Signature", webhook.signature)
        .body(Full::from(webhook.body.to_owned()))
        .map_err(|_| SendError::Url)
}

/// Sends `request` over `stream` and returns the status of the answer.
async fn send_over<S>(stream: S, request: Request<Full<Bytes>>) -> Result<u16, SendError>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Dropped with this function, which closes the connection.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    Ok(sender.send_request(request).await?.status().as_u16())
}
