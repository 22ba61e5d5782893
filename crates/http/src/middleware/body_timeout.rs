//! The body timeout: a body that arrives too slowly is cut off, so that a slow client occupies
//! no handler.

use std::pin::Pin;
use std::rc::Rc;
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

use crate::server::{Connection, MinRateTimer};

/// Limits on the time that a body may take to arrive.
#[derive(Debug, Clone, Copy)]
pub struct BodyTimeout {
    /// Time allowed at any rate.
    pub within: Duration,
    /// Rate at which a body may take longer.
    pub bytes_per_sec: u32,
}

struct TimedBody {
    body: Payload,
    timer: MinRateTimer,
    /// Set when the body has to be waited for; most bodies arrive together with the head.
    alarm: Option<Pin<Box<Sleep>>>,
    connection: Option<Rc<Connection>>,
}

impl Stream for TimedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Poll::Ready(item) = Pin::new(&mut this.body).poll_next(context) {
            match (&item, &this.connection) {
                (Some(Ok(bytes)), _) => this.timer.progressed(Instant::now(), bytes.len()),
                (None, Some(connection)) => connection.body_read(),
                _ => {}
            }
            return Poll::Ready(item);
        }
        this.timer.wait_from(Instant::now());
        let Some(end) = this.timer.deadline() else {
            return Poll::Pending;
        };
        let alarm = (this.alarm).get_or_insert_with(|| Box::pin(sleep_until(end)));
        if alarm.deadline() != end {
            alarm.as_mut().reset(end);
        }
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
pub async fn body_timeout<B: MessageBody>(
    timeout: web::Data<BodyTimeout>,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let body = request.take_payload();
    if !matches!(body, Payload::None) {
        let within = TimedBody {
            body,
            timer: MinRateTimer::new(timeout.within, timeout.bytes_per_sec),
            alarm: None,
            connection: request.conn_data::<Rc<Connection>>().map(Rc::clone),
        };
        let stream: Pin<Box<dyn Stream<Item = _>>> = Box::pin(within);
        request.set_payload(Payload::from(stream));
    }
    next.call(request).await
}
