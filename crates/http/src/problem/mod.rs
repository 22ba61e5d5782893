//! Problems: error responses in the form of RFC 9457.
//!
//! A domain crate describes an error as a [`Refusal`]; here the refusal gets its HTTP status,
//! headers
//! and body, and its internal cause is logged. No domain's errors are named here.

mod body;
mod code;

use std::borrow::Cow;
use std::error::Error;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder, ResponseError};
use stampede_kernel::{FieldError, LoggedCause, Refusal, RefusalKind, Refuse};

pub use body::{FieldErrorBody, ProblemBody, RefusedCodeBody};
pub use code::Code;

use crate::middleware::request_id;

/// An error response.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{refusal}")]
pub struct Problem {
    code: Code,
    refusal: Box<Refusal>,
    /// Sets `Allow`, for 405.
    allow: Option<Box<str>>,
    /// Taken when the problem is made: a panic is answered outside the request's task.
    request_id: Box<str>,
}

impl<E: Refuse> From<E> for Problem {
    fn from(error: E) -> Self {
        let refusal = error.refusal();
        log(&refusal);
        Self::of(refusal.code, refusal)
    }
}

/// Logs the internal cause: a lost conflict as a warning, anything else as an error that needs
/// attention.
fn log(refusal: &Refusal) {
    let Some(LoggedCause { event, error }) = &refusal.cause else {
        return;
    };
    if refusal.code.kind() == RefusalKind::Busy {
        tracing::warn!(error = %error, "{event}");
    } else {
        tracing::error!(error = %error, "{event}");
    }
}

impl Problem {
    fn of(code: impl Into<Code>, refusal: Refusal) -> Self {
        Self {
            code: code.into(),
            refusal: Box::new(refusal),
            allow: None,
            request_id: request_id::current().into(),
        }
    }

    /// A problem whose detail is the title of its code.
    pub fn new(code: impl Into<Code>) -> Self {
        let code = code.into();
        Self::of(code, Refusal::new(code.error_code()))
    }

    /// A problem with words of its own, which must be safe to show.
    pub fn because(code: impl Into<Code>, detail: impl ToString) -> Self {
        let code = code.into();
        Self::of(code, Refusal::because(code.error_code(), detail))
    }

    /// One field that breaks its rule: 422.
    pub fn field(
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        FieldError::new(field, code, detail).into()
    }

    /// Fields that break their rules: 422.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Refusal::fields(errors).into()
    }

    /// Logs the cause and shows nothing of it.
    pub fn internal(cause: &dyn Error) -> Self {
        Refusal::internal(cause).into()
    }

    /// Busy now, worth another try in a second.
    pub fn overloaded(detail: impl ToString) -> Self {
        Refusal::overloaded(detail).into()
    }

    /// Sets `Retry-After`, in seconds rounded up.
    #[must_use]
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.refusal.retry_after = Some(span);
        self
    }

    /// Says which methods there are, for 405.
    #[must_use]
    pub fn allow(mut self, methods: String) -> Self {
        self.allow = Some(methods.into());
        self
    }

    /// The same problem with the id of the current request: many requests may have waited for
    /// one load.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self {
            request_id: request_id::current().into(),
            ..self.clone()
        }
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Description of this occurrence.
    pub fn detail(&self) -> &str {
        &self.refusal.detail
    }

    /// The fields at fault, if any.
    pub fn errors(&self) -> &[FieldError] {
        &self.refusal.fields
    }

    fn write_headers(&self, response: &mut HttpResponseBuilder) {
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
        if let Ok(id) = HeaderValue::from_str(&self.request_id) {
            response.insert_header((request_id::HEADER, id));
        }
        if let Some(span) = self.refusal.retry_after {
            let secs = span.as_secs() + u64::from(span.subsec_nanos() > 0);
            response.insert_header((header::RETRY_AFTER, secs.max(1).to_string()));
        }
        if let Some(methods) = &self.allow {
            response.insert_header((header::ALLOW, methods.as_ref()));
        }
        if self.code.status() == 401 {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let body = ProblemBody::new(self.code, &self.refusal, &self.request_id);
        let mut response = HttpResponse::build(self.status_code());
        self.write_headers(&mut response);
        response
            .content_type("application/problem+json")
            .body(serde_json::to_vec(&body).unwrap_or_default())
    }
}

impl Responder for Problem {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.error_response()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek};
    use std::sync::Arc;

    use actix_web::body::to_bytes;
    use serde_json::{Value, json};
    use stampede_kernel::codes::{INTERNAL, NOT_FOUND};
    use stampede_kernel::{ErrorCode, OrderId, SkuId};

    use super::*;

    const FULL: ErrorCode = ErrorCode::new(RefusalKind::Conflict, "full", "It is full");

    async fn body(problem: Problem) -> Value {
        let body = problem.error_response().into_body();
        serde_json::from_slice(&to_bytes(body).await.unwrap()).unwrap()
    }

    #[actix_web::test]
    async fn all_that_a_refusal_says_is_written() {
        let fault = FieldError {
            sku: Some(SkuId(7)),
            ..FieldError::new("items[0]", "full", "no more fit")
        };
        let order = OrderId::new();
        let refusal = Refusal::naming(FULL, vec![fault]).orders(vec![order]);

        let written = body(refusal.into()).await;

        assert_eq!(
            written,
            json!({
                "type": "urn:stampede:problem:full",
                "title": "It is full",
                "status": 409,
                "detail": "no more fit",
                "code": "full",
                "request_id": "",
                "errors": [
                    {"field": "items[0]", "code": "full", "detail": "no more fit", "sku_id": 7}
                ],
                "order_ids": [order.to_string()],
            })
        );
        let none = body(Refusal::new(FULL).orders(Vec::new()).into()).await;
        assert_eq!(none["order_ids"], json!([]));
        assert_eq!(body(Problem::new(FULL)).await.get("order_ids"), None);
    }

    #[actix_web::test]
    async fn nothing_of_a_cause_is_shown() {
        let problem = Problem::internal(&std::io::Error::other("the disk is full"));

        assert_eq!(problem.code(), INTERNAL);
        assert!(!body(problem).await.to_string().contains("disk"));
    }

    fn logged(refusal: Refusal) -> String {
        let log = Arc::new(tempfile::tempfile().unwrap());
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(Arc::clone(&log))
            .finish();
        tracing::subscriber::with_default(subscriber, || Problem::from(refusal));
        let (mut log, mut text) = (&*log, String::new());
        log.rewind().unwrap();
        log.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_cause_is_logged_once_and_a_lost_conflict_is_no_error() {
        let busy = Refusal::overloaded("the shop is busy").caused_by("it lost", "deadlock");
        let ours = Refusal::new(INTERNAL).caused_by("it failed", "no table");

        let busy = logged(busy);
        assert!(
            busy.contains("WARN") && busy.contains("it lost error=deadlock"),
            "{busy}"
        );
        let ours = logged(ours);
        assert!(
            ours.contains("ERROR") && ours.contains("it failed error=no table"),
            "{ours}"
        );
        assert_eq!(ours.lines().count(), 1);
        assert_eq!(logged(Refusal::new(NOT_FOUND)), "");
    }

    #[test]
    fn a_client_waits_whole_seconds_and_at_least_one() {
        for (millis, secs) in [(0, "1"), (1, "1"), (1_000, "1"), (1_001, "2")] {
            let wait = Duration::from_millis(millis);
            let answer = Problem::new(NOT_FOUND).retry_after(wait).error_response();
            assert_eq!(answer.headers().get(header::RETRY_AFTER).unwrap(), secs);
        }
    }
}
