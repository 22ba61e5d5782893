//! A body that trickles in is cut off: a slow client holds no handler for long.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpMessage};
use futures::Stream;
use tokio::time::{Sleep, sleep};

/// How long a whole body may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyTimeout(pub(crate) Duration);

struct Within {
    body: Payload,
    deadline: Pin<Box<Sleep>>,
}

impl Stream for Within {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.body).poll_next(context) {
            return Poll::Ready(item);
        }
        match self.deadline.as_mut().poll(context) {
            Poll::Ready(()) => {
                let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
                Poll::Ready(Some(Err(PayloadError::Io(late))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Gives the body a deadline.
pub(crate) async fn within<B: MessageBody>(
    timeout: web::Data<BodyTimeout>,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let body = request.take_payload();
    if !matches!(body, Payload::None) {
        let deadline = Box::pin(sleep(timeout.0));
        let stream: Pin<Box<dyn Stream<Item = _>>> = Box::pin(Within { body, deadline });
        request.set_payload(Payload::from(stream));
    }
    next.call(request).await
}
