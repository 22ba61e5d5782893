//! Which HTTP status a refusal comes with, and the codes that are HTTP's own.

use stampede_kernel::{ErrorCode, RefusalKind};

/// An error code with the HTTP status that it comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    status: u16,
    code: ErrorCode,
}

/// HTTP's own codes: their status says more than the kind of refusal.
macro_rules! http_codes {
    ($($constant:ident = $status:literal $name:literal $title:literal;)+) => {
        impl Code {
            $(
                #[doc = concat!("`", $name, "`: ", $title, ".")]
                pub const $constant: Self = Self {
                    status: $status,
                    code: ErrorCode::new(RefusalKind::Malformed, $name, $title),
                };
            )+

            /// The codes that no domain refuses with.
            pub const HTTP: &[Self] = &[$(Self::$constant),+];
        }
    };
}

http_codes! {
    MALFORMED_REQUEST = 400 "malformed_request" "The request cannot be read";
    MALFORMED_JSON = 400 "malformed_json" "The body is not JSON";
    MALFORMED_FORM = 400 "malformed_form" "The body is not a form";
    IDEMPOTENCY_KEY_REQUIRED = 400 "idempotency_key_required" "An Idempotency-Key is required";
    IDEMPOTENCY_KEY_MALFORMED = 400 "idempotency_key_malformed" "The Idempotency-Key is malformed";
    FOREIGN_ORIGIN = 403 "foreign_origin" "A page of another origin may not use this cookie";
    METHOD_NOT_ALLOWED = 405 "method_not_allowed" "The method is not allowed here";
    REQUEST_TIMEOUT = 408 "request_timeout" "The request took too long to arrive";
    PAYLOAD_TOO_LARGE = 413 "payload_too_large" "The body is too large";
    UNSUPPORTED_MEDIA_TYPE = 415 "unsupported_media_type" "The content type is not supported here";
    HEAD_TOO_LARGE = 431 "head_too_large" "The head of the request is too large";
}

impl Code {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        self.code.name()
    }

    /// The title, in English; the same for every occurrence.
    pub const fn title(self) -> &'static str {
        self.code.title()
    }

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        self.status
    }

    pub(super) const fn error_code(self) -> ErrorCode {
        self.code
    }
}

impl From<ErrorCode> for Code {
    fn from(code: ErrorCode) -> Self {
        let status = status(code.kind());
        Self { status, code }
    }
}

impl PartialEq<ErrorCode> for Code {
    fn eq(&self, code: &ErrorCode) -> bool {
        self.code == *code
    }
}

/// The HTTP status of each kind of refusal.
fn status(kind: RefusalKind) -> u16 {
    match kind {
        RefusalKind::Malformed => 400,
        RefusalKind::Unauthenticated => 401,
        RefusalKind::PaymentRequired => 402,
        RefusalKind::Forbidden => 403,
        RefusalKind::NotFound => 404,
        RefusalKind::Conflict => 409,
        RefusalKind::Gone => 410,
        RefusalKind::Invalid => 422,
        RefusalKind::TooEarly => 425,
        RefusalKind::TooMany => 429,
        RefusalKind::Internal => 500,
        RefusalKind::Busy | RefusalKind::Unavailable => 503,
    }
}
