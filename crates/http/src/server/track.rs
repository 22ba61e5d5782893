//! Middleware that tells a connection when a request is in flight.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;

use super::connection::{Connection, InFlightRequest};

/// Largest chunk of a body that the dispatcher gets at a time: it keeps a copy until the client
/// has read it.
const PIECE: usize = 64 * 1_024;

/// A response body that ends its request when dropped, and is sent in chunks.
struct TrackedBody {
    size: BodySize,
    body: BoxBody,
    rest: Bytes,
    _answering: Option<InFlightRequest>,
}

impl MessageBody for TrackedBody {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.size
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        while self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Ready(Some(Ok(bytes))) => self.rest = bytes,
                other => return other,
            }
        }
        let piece = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(self.rest.split_to(piece))))
    }
}

/// The outermost middleware: marks the connection as busy until the last byte of the response
/// has been handed over.
pub async fn track<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let connection = request.conn_data::<Rc<Connection>>().map(Rc::clone);
    let has_body = !matches!(request.parts_mut().1, Payload::None);
    let answering = connection
        .as_ref()
        .map(|connection| connection.begin(has_body));
    let mut response = next.call(request).await?;
    if connection.is_some_and(|connection| connection.body_unread())
        && matches!(
            response.status(),
            StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
        )
    {
        // What would still come is not worth waiting for.
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response.map_body(|_, body| tracked(body, answering)))
}

/// Wraps a body. A short body in memory is not tracked: it is written at once or waited for as
/// a whole.
fn tracked(body: impl MessageBody + 'static, answering: Option<InFlightRequest>) -> BoxBody {
    let (body, rest) = match body.try_into_bytes() {
        Ok(short) if short.len() <= PIECE => return BoxBody::new(short),
        Ok(long) => (BoxBody::new(()), long),
        Err(body) => (body.boxed(), Bytes::new()),
    };
    BoxBody::new(TrackedBody {
        size: match u64::try_from(rest.len()) {
            Ok(len) if len > 0 => BodySize::Sized(len),
            _ => body.size(),
        },
        body,
        rest,
        _answering: answering,
    })
}
