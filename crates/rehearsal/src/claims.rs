//! The HTTP requests of a rehearsal.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use stampede_kernel::SaleId;
use uuid::Uuid;

use crate::arrivals::Arrivals;
use crate::client::ClientRequest;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Builds the requests of claims; the same index gives the same claim under the same key.
pub(crate) struct Claims {
    arrivals: Arc<Arrivals>,
    run: String,
    sale: Uri,
    page: Uri,
    /// `Bearer …`, by the shopper's place in the crowd.
    tokens: Vec<HeaderValue>,
}

impl Claims {
    /// Requests for claims in `sale`.
    pub(crate) fn new(
        arrivals: Arc<Arrivals>,
        run: &str,
        sale: SaleId,
        tokens: Vec<HeaderValue>,
    ) -> Self {
        Self {
            arrivals,
            run: run.to_owned(),
            sale: path(format!("/api/v1/seckill/{sale}")),
            page: path(format!("/sale/{sale}")),
            tokens,
        }
    }

    /// The idempotency key of a claim.
    pub(crate) fn key(&self, place: usize) -> String {
        format!("rehearsal-{}-{place}", self.run)
    }

    /// `POST /seckill/:id`, one unit to the default address.
    pub(crate) fn claim(&self, place: usize) -> ClientRequest {
        let mut ask = self.of(place, Method::POST, self.sale.clone());
        if let Ok(key) = HeaderValue::try_from(self.key(place)) {
            ask.headers_mut().insert(IDEMPOTENCY_KEY, key);
        }
        ask
    }

    /// `GET /seckill/:id/ticket/:ticket`.
    pub(crate) fn ticket(&self, place: usize, ticket: Uuid) -> ClientRequest {
        let uri = path(format!("{}/ticket/{ticket}", self.sale.path()));
        self.of(place, Method::GET, uri)
    }

    /// `GET /sale/:id`, the page, as a browser asks for it.
    pub(crate) fn page(&self, nth: usize) -> ClientRequest {
        let mut ask = self.of_visitor(nth, self.page.clone());
        let html = HeaderValue::from_static("text/html");
        ask.headers_mut().insert(header::ACCEPT, html);
        ask
    }

    /// `GET /seckill/:id`, as the open page of a visitor.
    pub(crate) fn poll(&self, nth: usize) -> ClientRequest {
        self.of_visitor(nth, self.sale.clone())
    }

    /// `GET /seckill/:id`, as the first user.
    pub(crate) fn look(&self) -> ClientRequest {
        self.of(0, Method::GET, self.sale.clone())
    }

    /// `GET /user`, as the first user.
    pub(crate) fn whoami(&self) -> ClientRequest {
        self.of(0, Method::GET, Uri::from_static("/api/v1/user"))
    }

    /// A request by one of the users; visitors beyond their number are users once more.
    fn of_visitor(&self, nth: usize, uri: Uri) -> ClientRequest {
        let mut ask = self.of(nth % self.arrivals.len().max(1), Method::GET, uri);
        let packed = HeaderValue::from_static("gzip, deflate, br");
        ask.headers_mut().insert(header::ACCEPT_ENCODING, packed);
        ask
    }

    fn of(&self, place: usize, method: Method, uri: Uri) -> ClientRequest {
        let mut ask = Request::new(Full::new(Bytes::new()));
        *ask.method_mut() = method;
        *ask.uri_mut() = uri;
        if let Some(token) = self.tokens.get(self.arrivals.who(place)) {
            ask.headers_mut()
                .insert(header::AUTHORIZATION, token.clone());
        }
        ask
    }
}

/// A request without a token.
pub(crate) fn plain(uri: &'static str) -> ClientRequest {
    let mut ask = Request::new(Full::new(Bytes::new()));
    *ask.uri_mut() = Uri::from_static(uri);
    ask
}

/// A path; numbers and UUIDs need no escaping.
fn path(text: String) -> Uri {
    Uri::try_from(text).unwrap_or_default()
}
