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
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a whole body may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyTimeout(pub(crate) Duration);

struct Within {
    body: Payload,
    deadline: Instant,
    /// Set as soon as the body has to be waited for; most are there with the head.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Stream for Within {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.body).poll_next(context) {
            return Poll::Ready(item);
        }
        let deadline = self.deadline;
        let alarm = (self.alarm).get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        match alarm.as_mut().poll(context) {
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
        let within = Within {
            body,
            deadline: Instant::now() + timeout.0,
            alarm: None,
        };
        let stream: Pin<Box<dyn Stream<Item = _>>> = Box::pin(within);
        request.set_payload(Payload::from(stream));
    }
    next.call(request).await
}
