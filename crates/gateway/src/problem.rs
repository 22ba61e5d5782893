//! What a client sees when something is refused: RFC 9457 problems.
//!
//! The only file that knows both the domain's errors and HTTP's status codes.
//! Every variant is matched, so that a new one stops the build until someone
//! decides what a client sees. The codes are listed in docs/API.md.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use stampede_catalog::{
    CarouselError, CategoryError, FavoriteError, ProductError, Shortfall, StockError,
};
use stampede_kernel::{CursorMismatch, MoneyOutOfRange, PageSizeOutOfRange, causes};
use stampede_media::MediaError;
use stampede_notify::WebhookError;
use stampede_order::{CartError, OrderError, RefusedLine};
use stampede_payment::{PaymentError, WalletError};
use stampede_persistence::audit_log::LogError;
use stampede_persistence::idempotency::IdempotencyError;
use stampede_persistence::job::JobsError;
use stampede_seckill::SaleError;
use stampede_user::{AccountError, AddressError, AuthError, EmailError, SessionError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::middleware::request_id;

/// How long a client waits after "overloaded", in seconds.
const OVERLOADED_RETRY_SECS: u64 = 1;
/// How long a client waits while a sale rests, in seconds.
const PAUSED_RETRY_SECS: u64 = 5;

/// Every problem code with its status and title; the names are API.
macro_rules! codes {
    ($($variant:ident = $status:literal $name:literal $title:literal),+ $(,)?) => {
        /// Why a request was refused, as a client may tell it apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $title] $variant),+
        }

        impl Code {
            /// All of them, in the order of docs/API.md.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// In words, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// The status it comes with.
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
}

codes! {
    MalformedRequest = 400 "malformed_request" "The request cannot be read",
    MalformedJson = 400 "malformed_json" "The body is not JSON",
    MalformedForm = 400 "malformed_form" "The body is not a form",
    IdempotencyKeyRequired = 400 "idempotency_key_required" "An Idempotency-Key is required",
    IdempotencyKeyMalformed = 400 "idempotency_key_malformed" "The Idempotency-Key is malformed",
    BadEmailToken = 400 "bad_email_token" "The e-mail token is not valid",
    Unauthenticated = 401 "unauthenticated" "Sign in first",
    BadCredentials = 401 "bad_credentials" "The user name or the password is wrong",
    BadRefreshToken = 401 "bad_refresh_token" "The refresh token is not valid",
    InsufficientBalance = 402 "insufficient_balance" "The balance does not cover the total",
    BadPin = 403 "bad_pin" "The payment PIN is wrong",
    BadPassword = 403 "bad_password" "The password is wrong",
    Forbidden = 403 "forbidden" "Your role may not do this",
    NotFound = 404 "not_found" "There is no such thing",
    MethodNotAllowed = 405 "method_not_allowed" "The method is not allowed here",
    RequestTimeout = 408 "request_timeout" "The request took too long to arrive",
    UserNameTaken = 409 "user_name_taken" "The user name is taken",
    EmailTaken = 409 "email_taken" "The e-mail address belongs to another account",
    NoVerifiedEmail = 409 "no_verified_email" "There is no verified e-mail address",
    LastAdmin = 409 "last_admin" "The shop would be left without an admin",
    TooManyAddresses = 409 "too_many_addresses" "No more addresses can be kept",
    TooManyFavorites = 409 "too_many_favorites" "No more favourites can be kept",
    TooManyImages = 409 "too_many_images" "No more pictures can be kept",
    CategoryNotEmpty = 409 "category_not_empty" "The category is not empty",
    NotOnSale = 409 "not_on_sale" "Something is not on sale any more",
    InSale = 409 "in_sale" "The product is in a flash sale that is not over",
    StockInsufficient = 409 "stock_insufficient" "Not enough units are left",
    CartEmpty = 409 "cart_empty" "The cart is empty",
    CartFull = 409 "cart_full" "No more lines fit into the cart",
    PriceChanged = 409 "price_changed" "The total is not what was expected",
    TooManyOpenOrders = 409 "too_many_open_orders" "Too many orders are unpaid",
    OrderExpired = 409 "order_expired" "The time to pay has run out",
    WrongStatus = 409 "wrong_status" "The order does not stand where it would have to",
    LimitReached = 409 "limit_reached" "You have as many units as one buyer may have",
    TicketLost = 409 "ticket_lost" "The ticket was lost, and nothing was bought",
    BelowTaken = 409 "below_taken" "More than that is taken",
    SaleOver = 409 "sale_over" "The sale is over",
    IdempotencyInFlight = 409 "idempotency_in_flight" "The first request with this key is still running",
    SoldOut = 410 "sold_out" "The sale is sold out",
    SaleEnded = 410 "sale_ended" "The sale has ended",
    SaleCancelled = 410 "sale_cancelled" "The sale was cancelled",
    PayloadTooLarge = 413 "payload_too_large" "The body is too large",
    UnsupportedMediaType = 415 "unsupported_media_type" "The content type is not supported here",
    InvalidField = 422 "invalid_field" "A field breaks its rule",
    UnknownField = 422 "unknown_field" "A field is not known here",
    AddressRequired = 422 "address_required" "There is no address to deliver to",
    BadCursor = 422 "bad_cursor" "The cursor does not belong to this list",
    UnreadableImage = 422 "unreadable_image" "The file is not a picture that can be read",
    IdempotencyKeyReused = 422 "idempotency_key_reused" "The idempotency key was used for another request",
    SaleNotStarted = 425 "sale_not_started" "The sale has not started",
    RateLimited = 429 "rate_limited" "Too many requests",
    TooManyFailures = 429 "too_many_failures" "Too many failed attempts",
    TooManyEmails = 429 "too_many_emails" "Too many e-mails were asked for",
    HeadTooLarge = 431 "head_too_large" "The head of the request is too large",
    Internal = 500 "internal" "The shop failed",
    Overloaded = 503 "overloaded" "The shop is busy",
    Unavailable = 503 "unavailable" "Something the shop depends on is down",
    SaleBusy = 503 "sale_busy" "The sale is busy",
    SalePaused = 503 "sale_paused" "The sale is paused",
    AuthBlind = 503 "auth_unavailable" "Sign-in cannot be checked right now",
}

/// One field that breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field's name; a path such as `items[2].num` inside lists.
    pub field: String,
    /// Stable, such as `too_long`.
    pub code: String,
    /// In words.
    pub detail: String,
    /// The SKU of the line at fault, when an order is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku_id: Option<i64>,
}

impl FieldError {
    /// A fault of `field`.
    pub fn new(
        field: impl Into<String>,
        code: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            detail: detail.into(),
            sku_id: None,
        }
    }
}

/// A refusal on its way to the client.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {detail}", code.name())]
pub struct Problem {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
    retry_after: Option<Duration>,
    allow: Option<Box<str>>,
    orders: Option<Box<[Uuid]>>,
    /// Taken when the problem arises: a panic is answered outside the request's task.
    request_id: Box<str>,
}

/// A problem as it is written: `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody<'a> {
    /// A URN made of the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:stampede:problem:not_found")]
    kind: String,
    /// The same for every problem of this code.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What is wrong this time, in English.
    detail: &'a str,
    /// Stable; see docs/API.md.
    code: &'a str,
    /// As in `X-Request-Id`.
    request_id: &'a str,
    /// The fields or lines at fault, when there are any.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    /// The caller's orders that hold units of the sale, when the code is `limit_reached`.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_ids: Option<&'a [Uuid]>,
}

impl Problem {
    /// A problem with its title as the detail.
    pub fn new(code: Code) -> Self {
        Self::because(code, code.title())
    }

    /// A problem with words of its own, which must be safe to show.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "errors and literals alike are given away"
    )]
    pub fn because(code: Code, detail: impl ToString) -> Self {
        Self {
            code,
            detail: detail.to_string(),
            errors: Vec::new(),
            retry_after: None,
            allow: None,
            orders: None,
            request_id: request_id::current().into(),
        }
    }

    /// One field that breaks its rule: 422.
    pub fn field(
        field: impl Into<String>,
        code: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self::fields(vec![FieldError::new(field, code, detail)])
    }

    /// Fields that break their rules: 422.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let unknown = errors.iter().all(|error| error.code == "unknown_field");
        let code = if unknown {
            Code::UnknownField
        } else {
            Code::InvalidField
        };
        let detail = errors
            .first()
            .map_or_else(|| code.title().to_owned(), |first| first.detail.clone());
        Self {
            errors,
            ..Self::because(code, detail)
        }
    }

    /// A refusal of another status that names what is at fault.
    fn naming(code: Code, errors: Vec<FieldError>) -> Self {
        let detail = errors
            .first()
            .map_or_else(|| code.title().to_owned(), |first| first.detail.clone());
        Self {
            errors,
            ..Self::because(code, detail)
        }
    }

    /// The address is absent or another user's.
    fn no_such_address() -> Self {
        Self::naming(
            Code::NotFound,
            vec![FieldError::new(
                "address_id",
                "not_found",
                "the address does not exist",
            )],
        )
    }

    /// Says when to come back; rounded up to whole seconds on the wire.
    #[must_use]
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.retry_after = Some(span);
        self
    }

    /// Says which methods there are, for 405.
    #[must_use]
    pub fn allow(mut self, methods: String) -> Self {
        self.allow = Some(methods.into());
        self
    }

    /// Logs the cause and shows nothing of it.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        let chain = causes(cause);
        tracing::error!(error = %chain, "a request failed");
        Self::new(Code::Internal)
    }

    /// Busy now, worth another try in a second.
    pub fn overloaded(detail: impl ToString) -> Self {
        Self::because(Code::Overloaded, detail)
            .retry_after(Duration::from_secs(OVERLOADED_RETRY_SECS))
    }

    /// Something the shop depends on is down; worth another try in a second.
    pub fn unavailable(detail: impl ToString) -> Self {
        Self::because(Code::Unavailable, detail)
            .retry_after(Duration::from_secs(OVERLOADED_RETRY_SECS))
    }

    /// A sum that `field` would make leaves the range of money: 422.
    fn sum(field: &'static str, error: MoneyOutOfRange) -> Self {
        Self::field(field, "out_of_range", error.to_string())
    }

    /// A database error: a pool without a free connection and a lost conflict are
    /// overload, everything else is ours.
    fn database(error: &sea_orm::DbErr) -> Self {
        use stampede_persistence::Conflict;
        match error {
            sea_orm::DbErr::ConnectionAcquire(_) | sea_orm::DbErr::Conn(_) => {
                tracing::error!(error = %causes(error), "the database cannot be reached");
                Self::unavailable("the database cannot be reached")
            }
            conflict if conflict.is_conflict() => {
                tracing::warn!(error = %causes(error), "a transaction lost every retry");
                Self::overloaded("the shop is busy")
            }
            other => Self::internal(other),
        }
    }

    /// The same refusal for the request at hand: many may have waited for one load.
    #[must_use]
    pub(crate) fn anew(&self) -> Self {
        Self {
            request_id: request_id::current().into(),
            ..self.clone()
        }
    }

    /// The faults of a JSON text inside a form, named from the part it came in.
    pub(crate) fn within(&self, part: &str) -> Vec<FieldError> {
        if self.errors.is_empty() {
            return vec![FieldError::new(part, "invalid_value", &self.detail)];
        }
        let inside = |fault: &FieldError| {
            if fault.field == "." {
                return FieldError::new(part, &fault.code, &fault.detail);
            }
            let dot = if fault.field.starts_with('[') {
                ""
            } else {
                "."
            };
            let field = format!("{part}{dot}{}", fault.field);
            FieldError::new(field, &fault.code, &fault.detail)
        };
        self.errors.iter().map(inside).collect()
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The fields, when there are any.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    fn body(&self) -> ProblemBody<'_> {
        ProblemBody {
            kind: format!("urn:stampede:problem:{}", self.code.name()),
            title: self.code.title(),
            status: self.code.status(),
            detail: &self.detail,
            code: self.code.name(),
            request_id: &self.request_id,
            errors: &self.errors,
            order_ids: self.orders.as_deref(),
        }
    }

    fn write_headers(&self, response: &mut HttpResponseBuilder) {
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
        if let Ok(id) = HeaderValue::from_str(&self.request_id) {
            response.insert_header((request_id::HEADER, id));
        }
        if let Some(span) = self.retry_after {
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
        let mut response = HttpResponse::build(self.status_code());
        self.write_headers(&mut response);
        response
            .content_type("application/problem+json")
            .body(serde_json::to_vec(&self.body()).unwrap_or_default())
    }
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Invalid => Self::because(Code::Unauthenticated, error),
            AuthError::Blind => Self::because(Code::AuthBlind, error)
                .retry_after(Duration::from_secs(OVERLOADED_RETRY_SECS)),
        }
    }
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        match &error {
            SessionError::BadCredentials => Self::because(Code::BadCredentials, error),
            SessionError::BadRefreshToken => Self::because(Code::BadRefreshToken, error),
            SessionError::TooManyFailures(wait) => {
                Self::because(Code::TooManyFailures, &error).retry_after(*wait)
            }
            SessionError::Busy => Self::overloaded(error),
            SessionError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match &error {
            AccountError::Invalid(fault) => fault.clone().into(),
            AccountError::UserNameTaken => Self::because(Code::UserNameTaken, error),
            AccountError::NotFound => Self::new(Code::NotFound),
            AccountError::Banned => AuthError::Invalid.into(),
            AccountError::BadPassword => Self::because(Code::BadPassword, error),
            AccountError::TooManyFailures(wait) => {
                Self::because(Code::TooManyFailures, &error).retry_after(*wait)
            }
            AccountError::Busy => Self::overloaded(error),
            AccountError::LastAdmin => Self::because(Code::LastAdmin, error),
            AccountError::Cursor(mismatch) => Self::from(*mismatch),
            AccountError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<EmailError> for Problem {
    fn from(error: EmailError) -> Self {
        match &error {
            EmailError::Invalid(fault) => fault.clone().into(),
            EmailError::NoVerifiedAddress => Self::because(Code::NoVerifiedEmail, error),
            EmailError::TooMany(wait) => {
                Self::because(Code::TooManyEmails, &error).retry_after(*wait)
            }
            EmailError::Banned => AuthError::Invalid.into(),
            EmailError::BadToken => Self::because(Code::BadEmailToken, error),
            EmailError::EmailTaken => Self::because(Code::EmailTaken, error),
            EmailError::Busy => Self::overloaded(error),
            EmailError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<AddressError> for Problem {
    fn from(error: AddressError) -> Self {
        match &error {
            AddressError::Invalid(fault) => fault.clone().into(),
            AddressError::NotFound => Self::new(Code::NotFound),
            AddressError::Banned => AuthError::Invalid.into(),
            AddressError::TooMany => Self::because(Code::TooManyAddresses, error),
            AddressError::Required => Self::because(Code::AddressRequired, error),
            AddressError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<MediaError> for Problem {
    fn from(error: MediaError) -> Self {
        match &error {
            MediaError::Unreadable => Self::because(Code::UnreadableImage, error),
            MediaError::TooManyPixels(_) => {
                Self::field("file", "too_many_pixels", error.to_string())
            }
            MediaError::TooOften(wait) => {
                Self::because(Code::RateLimited, &error).retry_after(*wait)
            }
            MediaError::Busy => Self::overloaded(error),
            MediaError::Storage(cause) => Self::internal(cause),
            MediaError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<ProductError> for Problem {
    fn from(error: ProductError) -> Self {
        match &error {
            ProductError::Invalid(fault) => fault.clone().into(),
            ProductError::NotFound | ProductError::ImageNotFound => Self::new(Code::NotFound),
            ProductError::InSale => Self::because(Code::InSale, error),
            ProductError::TooManyImages => Self::because(Code::TooManyImages, error),
            ProductError::Cursor(mismatch) => Self::from(*mismatch),
            ProductError::Busy => Self::overloaded(error),
            ProductError::Search(cause) => {
                tracing::error!(cause, "the search index failed");
                Self::unavailable("the search index is not available")
            }
            ProductError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<CategoryError> for Problem {
    fn from(error: CategoryError) -> Self {
        match &error {
            CategoryError::Invalid(fault) => fault.clone().into(),
            CategoryError::NotFound => Self::new(Code::NotFound),
            CategoryError::NotEmpty { .. } => Self::because(Code::CategoryNotEmpty, error),
            CategoryError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<CarouselError> for Problem {
    fn from(error: CarouselError) -> Self {
        match &error {
            CarouselError::Invalid(fault) => fault.clone().into(),
            CarouselError::NotFound => Self::new(Code::NotFound),
            CarouselError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<FavoriteError> for Problem {
    fn from(error: FavoriteError) -> Self {
        match &error {
            FavoriteError::NotFound => Self::new(Code::NotFound),
            FavoriteError::Banned => AuthError::Invalid.into(),
            FavoriteError::TooMany => Self::because(Code::TooManyFavorites, error),
            FavoriteError::Cursor(mismatch) => Self::from(*mismatch),
            FavoriteError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<StockError> for Problem {
    fn from(error: StockError) -> Self {
        match error {
            StockError::Invalid(fault) => fault.into(),
            StockError::NotFound => Self::new(Code::NotFound),
            StockError::Insufficient => Self::because(Code::StockInsufficient, error),
            StockError::Idempotency(cause) => Self::from(cause),
            StockError::Database(cause) => Self::database(&cause),
        }
    }
}

impl From<CartError> for Problem {
    fn from(error: CartError) -> Self {
        match &error {
            CartError::Invalid(fault) => fault.clone().into(),
            CartError::NotFound => Self::new(Code::NotFound),
            CartError::Banned => AuthError::Invalid.into(),
            CartError::TooManyLines => Self::because(Code::CartFull, error),
            CartError::OutOfRange(cause) => Self::sum("total", *cause),
            CartError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Invalid(fault) => fault.into(),
            OrderError::NotFound => Self::new(Code::NotFound),
            OrderError::AddressNotFound => Self::no_such_address(),
            OrderError::Refused(lines) => refused_lines(lines),
            OrderError::EmptyCart => Self::because(Code::CartEmpty, error),
            OrderError::PriceChanged(_) => Self::because(Code::PriceChanged, error),
            OrderError::TooManyOpen => Self::because(Code::TooManyOpenOrders, error),
            OrderError::WrongStatus => Self::because(Code::WrongStatus, error),
            OrderError::Expired => Self::because(Code::OrderExpired, error),
            OrderError::Banned => AuthError::Invalid.into(),
            OrderError::BadPin => Self::because(Code::BadPin, error),
            OrderError::TooManyFailures(wait) => {
                Self::because(Code::TooManyFailures, error).retry_after(wait)
            }
            OrderError::InsufficientFunds => Self::because(Code::InsufficientBalance, error),
            OrderError::OutOfRange(cause) => Self::sum("total", cause),
            OrderError::Cursor(mismatch) => Self::from(mismatch),
            OrderError::Idempotency(cause) => cause.into(),
            OrderError::Database(cause) => Self::database(&cause),
        }
    }
}

/// Every line at fault; what is off sale decides the code, for waiting does not help it.
fn refused_lines(lines: Vec<RefusedLine>) -> Problem {
    let gone = lines.iter().any(|line| line.why == Shortfall::NotOnSale);
    let each = lines.into_iter().map(|line| {
        let what = line
            .sku
            .map_or_else(|| "the product".to_owned(), |sku| format!("SKU {sku}"));
        let (code, detail) = match line.why {
            Shortfall::NotOnSale => (Code::NotOnSale, format!("{what} is not on sale")),
            Shortfall::Insufficient => (
                Code::StockInsufficient,
                format!("not enough units of {what} are left"),
            ),
        };
        FieldError {
            sku_id: line.sku.map(|sku| sku.0),
            ..FieldError::new(line.field, code.name(), detail)
        }
    });
    let code = if gone {
        Code::NotOnSale
    } else {
        Code::StockInsufficient
    };
    Problem::naming(code, each.collect())
}

impl From<SaleError> for Problem {
    fn from(error: SaleError) -> Self {
        match error {
            SaleError::Invalid(fault) => fault.into(),
            SaleError::NotFound | SaleError::SkuNotFound => Self::new(Code::NotFound),
            SaleError::AddressNotFound => Self::no_such_address(),
            SaleError::NotStarted { starts_at, now } => {
                Self::because(Code::SaleNotStarted, error).retry_after(starts_at.since(now))
            }
            SaleError::Ended => Self::because(Code::SaleEnded, error),
            SaleError::Cancelled => Self::because(Code::SaleCancelled, error),
            SaleError::Paused => Self::because(Code::SalePaused, error)
                .retry_after(Duration::from_secs(PAUSED_RETRY_SECS)),
            SaleError::SoldOut => Self::because(Code::SoldOut, error),
            SaleError::LimitReached { ref orders } => Self {
                orders: Some(orders.iter().map(|order| order.0).collect()),
                ..Self::because(Code::LimitReached, &error)
            },
            SaleError::Busy | SaleError::Gate(_) => Self::because(Code::SaleBusy, SaleError::Busy)
                .retry_after(Duration::from_secs(OVERLOADED_RETRY_SECS)),
            SaleError::KeyReused => Self::because(Code::IdempotencyKeyReused, error),
            SaleError::AddressRequired => Self::because(Code::AddressRequired, error),
            SaleError::TicketLost => Self::because(Code::TicketLost, error),
            SaleError::StockInsufficient => Self::because(Code::StockInsufficient, error),
            SaleError::BelowTaken => Self::because(Code::BelowTaken, error),
            SaleError::Over => Self::because(Code::SaleOver, error),
            SaleError::Order(cause) => cause.into(),
            SaleError::Database(cause) => Self::database(&cause),
        }
    }
}

impl From<PaymentError> for Problem {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::Invalid(fault) => fault.into(),
            PaymentError::NotFound => Self::new(Code::NotFound),
            PaymentError::BadPin => Self::because(Code::BadPin, error),
            PaymentError::TooManyFailures(wait) => {
                Self::because(Code::TooManyFailures, error).retry_after(wait)
            }
            PaymentError::Cursor(mismatch) => Self::from(mismatch),
            PaymentError::Idempotency(cause) => cause.into(),
            PaymentError::Wallet(cause) => cause.into(),
            PaymentError::Database(cause) => Self::database(&cause),
        }
    }
}

impl From<WalletError> for Problem {
    fn from(error: WalletError) -> Self {
        match &error {
            WalletError::InsufficientFunds => Self::because(Code::InsufficientBalance, error),
            WalletError::OutOfRange(cause) => Self::sum("amount", *cause),
            WalletError::Database(cause) => Self::database(cause),
            WalletError::PinLength
            | WalletError::NoWallet
            | WalletError::NotPaid
            | WalletError::Unbalanced => Self::internal(&error),
        }
    }
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match &error {
            WebhookError::Invalid(fault) => fault.clone().into(),
            WebhookError::NotFound => Self::new(Code::NotFound),
            WebhookError::Cursor(mismatch) => Self::from(*mismatch),
            WebhookError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<IdempotencyError> for Problem {
    fn from(error: IdempotencyError) -> Self {
        match &error {
            IdempotencyError::Reused => Self::because(Code::IdempotencyKeyReused, error),
            IdempotencyError::InFlight => Self::because(Code::IdempotencyInFlight, error),
            IdempotencyError::Database(cause) => Self::database(cause),
        }
    }
}

impl From<LogError> for Problem {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Cursor(mismatch) => Self::from(mismatch),
            LogError::Database(cause) => Self::database(&cause),
        }
    }
}

impl From<JobsError> for Problem {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::NotFound => Self::new(Code::NotFound),
            JobsError::Cursor(mismatch) => Self::from(mismatch),
            JobsError::Database(cause) => Self::database(&cause),
        }
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::database(&error)
    }
}

impl From<stampede_kernel::FieldError> for Problem {
    fn from(fault: stampede_kernel::FieldError) -> Self {
        Self::field(fault.field, fault.code, fault.detail)
    }
}

impl From<CursorMismatch> for Problem {
    fn from(mismatch: CursorMismatch) -> Self {
        let detail = mismatch.to_string();
        Self {
            errors: vec![FieldError::new("cursor", "bad_cursor", detail.clone())],
            ..Self::because(Code::BadCursor, detail)
        }
    }
}

impl From<PageSizeOutOfRange> for Problem {
    fn from(error: PageSizeOutOfRange) -> Self {
        Self::field("page_size", "out_of_range", error.to_string())
    }
}
