//! Refusals: what a client is told when a request fails.

use std::error::Error;
use std::time::Duration;

use crate::codes::{
    BAD_CURSOR, INTERNAL, INVALID_FIELD, OVERLOADED, UNAUTHENTICATED, UNAVAILABLE, UNKNOWN_FIELD,
};
use crate::{CursorMismatch, ErrorCode, FieldError, OrderId, PageSizeOutOfRange, causes};

/// `Retry-After` for requests that may succeed in a moment.
pub const RETRY_SOON: Duration = Duration::from_secs(1);

/// An error that a client may get.
///
/// Every domain error implements it beside its definition, and matches all of its
/// variants: a new variant does not compile until someone decides what a client sees.
pub trait Refuse: Error {
    /// Returns what the client is told.
    fn refusal(&self) -> Refusal;
}

/// A refusal of a request. All of it is safe to show except the cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", code.name())]
pub struct Refusal {
    /// The error code.
    pub code: ErrorCode,
    /// The message for this occurrence, in English.
    pub detail: String,
    /// The fields or lines at fault, when there are any.
    pub fields: Vec<FieldError>,
    /// The time after which another attempt makes sense.
    pub retry_after: Option<Duration>,
    /// The caller's orders that cause the refusal, when the code is about them.
    pub orders: Option<Vec<OrderId>>,
    /// The codes of promotions that cannot be used, as they were sent.
    pub codes: Vec<RefusedCode>,
    /// For the log only.
    pub cause: Option<LoggedCause>,
}

/// A code of a promotion that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCode {
    /// The code, as the client sent it.
    pub code: String,
    /// The reason, a stable name such as `used_up`.
    pub reason: &'static str,
}

/// The internal cause of a refusal, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedCause {
    /// The log message, the same for every occurrence.
    pub event: &'static str,
    /// The error with its [`causes`].
    pub error: String,
}

impl Refusal {
    /// Creates a refusal with the code's title as its message.
    pub fn new(code: ErrorCode) -> Self {
        Self::because(code, code.title())
    }

    /// Creates a refusal with its own message, such as the error's.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "errors and literals alike are given away"
    )]
    pub fn because(code: ErrorCode, detail: impl ToString) -> Self {
        Self {
            code,
            detail: detail.to_string(),
            fields: Vec::new(),
            retry_after: None,
            orders: None,
            codes: Vec::new(),
            cause: None,
        }
    }

    /// Creates a refusal that lists the fields or lines at fault; the first one gives
    /// the message.
    pub fn naming(code: ErrorCode, fields: Vec<FieldError>) -> Self {
        let first = fields.first().map(|first| first.detail.to_string());
        let detail = first.unwrap_or_else(|| code.title().to_owned());
        Self {
            fields,
            ..Self::because(code, detail)
        }
    }

    /// Creates a refusal for invalid or unknown fields.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let unknown = fields
            .iter()
            .all(|field| field.code == UNKNOWN_FIELD.name());
        let code = if unknown {
            UNKNOWN_FIELD
        } else {
            INVALID_FIELD
        };
        Self::naming(code, fields)
    }

    /// Creates a refusal for an invalid token or a banned account; the client cannot
    /// tell the two apart.
    pub fn unauthenticated() -> Self {
        Self::because(UNAUTHENTICATED, "the access token is not valid")
    }

    /// Creates a refusal of an overloaded server, with a retry after a second.
    pub fn overloaded(detail: impl ToString) -> Self {
        Self::because(OVERLOADED, detail).retry_after(RETRY_SOON)
    }

    /// Creates a refusal for a dependency that is down, with a retry after a second.
    pub fn unavailable(detail: impl ToString) -> Self {
        Self::because(UNAVAILABLE, detail).retry_after(RETRY_SOON)
    }

    /// Creates a refusal for an internal error: the cause is logged and never shown.
    pub fn internal(cause: &dyn Error) -> Self {
        Self::new(INTERNAL).caused_by("a request failed", causes(cause))
    }

    /// Sets when another attempt makes sense.
    #[must_use]
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.retry_after = Some(span);
        self
    }

    /// Sets the caller's orders that cause the refusal.
    #[must_use]
    pub fn orders(mut self, orders: Vec<OrderId>) -> Self {
        self.orders = Some(orders);
        self
    }

    /// Sets the codes of promotions that cannot be used.
    #[must_use]
    pub fn codes(mut self, codes: Vec<RefusedCode>) -> Self {
        self.codes = codes;
        self
    }

    /// Sets the cause for the log; it is never shown.
    #[must_use]
    pub fn caused_by(mut self, event: &'static str, error: impl Into<String>) -> Self {
        let error = error.into();
        self.cause = Some(LoggedCause { event, error });
        self
    }
}

impl Refuse for Refusal {
    fn refusal(&self) -> Refusal {
        self.clone()
    }
}

impl Refuse for CursorMismatch {
    fn refusal(&self) -> Refusal {
        let fault = FieldError::new("cursor", "bad_cursor", self.to_string());
        Refusal::naming(BAD_CURSOR, vec![fault])
    }
}

impl Refuse for PageSizeOutOfRange {
    fn refusal(&self) -> Refusal {
        FieldError::new("page_size", "out_of_range", self.to_string()).refusal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::NOT_FOUND;

    fn fault(field: &'static str, code: &'static str) -> FieldError {
        FieldError::new(field, code, format!("`{field}` is wrong"))
    }

    #[test]
    fn the_first_field_gives_the_detail() {
        let refusal = Refusal::fields(vec![fault("name", "too_long"), fault("num", "too_few")]);

        assert_eq!(refusal.code, INVALID_FIELD);
        assert_eq!(refusal.detail, "`name` is wrong");
        assert_eq!(refusal.fields.len(), 2);
        assert_eq!(refusal.to_string(), "invalid_field: `name` is wrong");
    }

    #[test]
    fn fields_are_unknown_only_when_all_of_them_are() {
        let code = |codes: &[&'static str]| {
            let faults = codes.iter().map(|code| fault("x", code));
            Refusal::fields(faults.collect()).code
        };

        assert_eq!(code(&["unknown_field", "unknown_field"]), UNKNOWN_FIELD);
        assert_eq!(code(&["unknown_field", "too_long"]), INVALID_FIELD);
    }

    #[test]
    fn a_refusal_without_words_has_the_title() {
        assert_eq!(Refusal::new(NOT_FOUND).detail, "There is no such thing");
        assert_eq!(
            Refusal::naming(NOT_FOUND, Vec::new()),
            Refusal::new(NOT_FOUND)
        );
    }

    #[test]
    fn a_failure_keeps_its_cause_for_the_log() {
        let refusal = Refusal::internal(&std::io::Error::other("the disk is full"));

        assert_eq!(refusal.detail, "The shop failed");
        assert_eq!(refusal.cause.unwrap().error, "the disk is full");
    }

    #[test]
    fn a_cursor_of_another_list_is_named_as_the_field() {
        let refusal = CursorMismatch.refusal();

        assert_eq!(refusal.code, BAD_CURSOR);
        assert_eq!(refusal.fields[0].field, "cursor");
        assert_eq!(PageSizeOutOfRange.refusal().fields[0].field, "page_size");
    }
}
