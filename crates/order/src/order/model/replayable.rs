//! Responses to requests with an idempotency key.

/// The response to a request with an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayable<T> {
    /// The response.
    pub value: T,
    /// Whether it was stored by an earlier request with the same key.
    pub replayed: bool,
}

impl<T> Replayable<T> {
    /// The response of a request that was executed now.
    pub(crate) fn new(value: T) -> Self {
        Self {
            value,
            replayed: false,
        }
    }

    /// The stored response of an earlier request.
    pub(crate) fn replayed(value: T) -> Self {
        Self {
            value,
            replayed: true,
        }
    }
}
