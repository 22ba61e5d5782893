//! Error codes: the stable names of refusals.

/// The kind of a refusal. The gateway alone maps kinds to HTTP statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// The request cannot be understood, or its token is not valid.
    Malformed,
    /// The caller is not authenticated.
    Unauthenticated,
    /// The balance does not cover the amount.
    PaymentRequired,
    /// The caller is known and may not do this.
    Forbidden,
    /// The resource does not exist or belongs to another user.
    NotFound,
    /// The state of the shop does not allow this.
    Conflict,
    /// The resource existed and does not come back.
    Gone,
    /// The request is understood, and its values break a rule.
    Invalid,
    /// The resource is not available yet.
    TooEarly,
    /// The caller sends too many requests.
    TooMany,
    /// The server failed.
    Internal,
    /// The server is overloaded; the same request may succeed in a moment.
    Busy,
    /// A dependency of the request is down.
    Unavailable,
}

/// An error code: a stable name, which is part of the API, with its kind and title.
/// Tables of codes are written with [`error_codes!`].
///
/// [`error_codes!`]: crate::error_codes
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorCode {
    kind: RefusalKind,
    name: &'static str,
    title: &'static str,
}

impl ErrorCode {
    /// Creates a code. The name must never change; the title is its text.
    pub const fn new(kind: RefusalKind, name: &'static str, title: &'static str) -> Self {
        Self { kind, name, title }
    }

    /// The kind of refusal.
    pub const fn kind(self) -> RefusalKind {
        self.kind
    }

    /// The stable name.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The title, the same for every occurrence.
    pub const fn title(self) -> &'static str {
        self.title
    }
}

/// Defines a crate's table of error codes: a constant for each code, and `ERROR_CODES`
/// with all of them.
///
/// ```
/// mod codes {
///     stampede_kernel::error_codes! {
///         CART_EMPTY = Conflict "cart_empty" "The cart is empty";
///     }
/// }
///
/// assert_eq!(codes::ERROR_CODES, [codes::CART_EMPTY]);
/// ```
#[macro_export]
macro_rules! error_codes {
    ($($constant:ident = $kind:ident $name:literal $title:literal;)*) => {
        $(
            #[doc = concat!("`", $name, "`: ", $title, ".")]
            pub const $constant: $crate::ErrorCode =
                $crate::ErrorCode::new($crate::RefusalKind::$kind, $name, $title);
        )*

        /// Every code of this table.
        pub const ERROR_CODES: &[$crate::ErrorCode] = &[$($constant),*];
    };
}
