//! Shared types: typed ids, money, tax rates, time, languages, countries, pages, refusals and the rate
//! limiter.
//!
//! This crate knows no table, no route and no network. `SeaORM` appears only as column
//! types, so that an entity can say `pub price: Money`.

mod causes;
mod clock;
mod country;
mod days;
mod error_code;
mod field_error;
mod id;
mod iso_639;
mod language;
mod limiter;
mod money;
mod network;
mod page;
mod refusal;
mod tax;
mod text;

pub mod codes;
pub mod currency;

pub use causes::causes;
pub use clock::{Clock, ManualClock, SteadyClock, SystemClock, Timestamp};
pub use country::{Country, UnknownCountry};
pub use days::DaySpan;
pub use error_code::{ErrorCode, RefusalKind};
pub use field_error::FieldError;
pub use id::{
    AddressId, CarouselId, CategoryId, DeliveryId, DeliveryMethodId, FavoriteId, ImageId, OrderId,
    ProductId, PromotionId, ProofId, SaleId, SessionId, SkuId, TransferId, UserId, WebhookId,
};
pub use language::{Language, UnknownLanguage};
pub use limiter::{AttemptCounter, Limiter, TooMany};
pub use money::{Money, MoneyOutOfRange};
pub use network::ClientNetwork;
pub use page::{Cursor, CursorMismatch, Page, PageSize, PageSizeOutOfRange};
pub use refusal::{LoggedCause, RETRY_SOON, Refusal, Refuse, RefusedCode};
pub use tax::{TaxRate, TaxRateOutOfRange};
pub use text::check_text;
