//! What a client is told when the shop says no.

use std::error::Error;
use std::time::Duration;

use crate::codes::{
    BAD_CURSOR, INTERNAL, INVALID_FIELD, OVERLOADED, UNAUTHENTICATED, UNAVAILABLE, UNKNOWN_FIELD,
};
use crate::{CursorMismatch, ErrorCode, FieldError, OrderId, PageSizeOutOfRange, causes};

/// How long a client waits before it tries again what may succeed in a moment.
pub const RETRY_SOON: Duration = Duration::from_secs(1);

/// An error that a client may meet.
///
/// Every domain error implements it beside its definition, and matches all of its
/// variants: a new variant does not compile until someone decides what a client sees.
pub trait Refuse: Error {
    /// What the client is told.
    fn refusal(&self) -> Refusal;
}

/// What a client is told when the shop says no: all of it is safe to show but the cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", code.name())]
pub struct Refusal {
    /// What the client decides by.
    pub code: ErrorCode,
    /// What is wrong this time, in English.
    pub detail: String,
    /// The fields or lines at fault, when there are any.
    pub fields: Vec<FieldError>,
    /// When another try makes sense.
    pub retry_after: Option<Duration>,
    /// The caller's orders that stand in the way, when the code is about them.
    pub orders: Option<Vec<OrderId>>,
    /// For the log only.
    pub cause: Option<LoggedCause>,
}

/// What happened inside, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedCause {
    /// The same words for every occurrence.
    pub event: &'static str,
    /// The error with its [`causes`].
    pub error: String,
}

impl Refusal {
    /// A refusal with the code's title as the detail.
    pub fn new(code: ErrorCode) -> Self {
        Self::because(code, code.title())
    }

    /// A refusal with words of its own, such as the error's.
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
            cause: None,
        }
    }

    /// A refusal that names the fields or lines at fault; the first gives the detail.
    pub fn naming(code: ErrorCode, fields: Vec<FieldError>) -> Self {
        let first = fields.first().map(|first| first.detail.to_string());
        let detail = first.unwrap_or_else(|| code.title().to_owned());
        Self {
            fields,
            ..Self::because(code, detail)
        }
    }

    /// Fields that break their rules, or that are not known.
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

    /// A caller whose token is not valid, or whose account may not act any more: the
    /// two are not told apart.
    pub fn unauthenticated() -> Self {
        Self::because(UNAUTHENTICATED, "the access token is not valid")
    }

    /// Busy now, worth another try in a second.
    pub fn overloaded(detail: impl ToString) -> Self {
        Self::because(OVERLOADED, detail).retry_after(RETRY_SOON)
    }

    /// Something the shop depends on is down; worth another try in a second.
    pub fn unavailable(detail: impl ToString) -> Self {
        Self::because(UNAVAILABLE, detail).retry_after(RETRY_SOON)
    }

    /// A failure of the shop's own: the cause is logged, and nothing of it is shown.
    pub fn internal(cause: &dyn Error) -> Self {
        Self::new(INTERNAL).caused_by("a request failed", causes(cause))
    }

    /// Says when to come back.
    #[must_use]
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.retry_after = Some(span);
        self
    }

    /// Names the caller's orders that stand in the way.
    #[must_use]
    pub fn orders(mut self, orders: Vec<OrderId>) -> Self {
        self.orders = Some(orders);
        self
    }

    /// Says for the log what happened; nothing of it is shown.
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
