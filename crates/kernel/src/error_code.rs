//! Stable names of refusals.

/// What sort of refusal a code is. The gateway alone knows which HTTP status
/// belongs to a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// The request cannot be understood, or its token is not valid.
    Malformed,
    /// The caller is not known.
    Unauthenticated,
    /// Money is missing.
    PaymentRequired,
    /// The caller is known and may not do this.
    Forbidden,
    /// There is no such thing, or it is another user's.
    NotFound,
    /// The state of the shop does not allow this.
    Conflict,
    /// It existed and does not come back.
    Gone,
    /// The request is understood, and its values break a rule.
    Invalid,
    /// It begins later.
    TooEarly,
    /// The caller asks too often.
    TooMany,
    /// The shop failed.
    Internal,
    /// Too much happens at once; the same request may succeed in a moment.
    Busy,
    /// Something that the request needs does not work now.
    Unavailable,
}

/// A refusal as a client tells it apart: a stable name, which is API, with the
/// kind of refusal and a title. Tables of codes are written with [`error_codes!`].
///
/// [`error_codes!`]: crate::error_codes
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorCode {
    kind: RefusalKind,
    name: &'static str,
    title: &'static str,
}

impl ErrorCode {
    /// A code. The name is stable; the title says the same in words.
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

    /// In words, the same for every occurrence.
    pub const fn title(self) -> &'static str {
        self.title
    }
}

/// A crate's table of codes: a constant for each code, and `ERROR_CODES` with all
/// of them, so that no code is left out of the list.
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
