//! Words every crate speaks: typed ids, money, time, languages and pages.
//!
//! Nothing here knows a table, a route or a network. `SeaORM` appears only as
//! column types, so that an entity can say `pub price: Money`.

mod clock;
mod id;
mod iso_639;
mod language;
mod limiter;
mod money;
mod network;
mod page;

pub use clock::{Clock, ManualClock, SteadyClock, SystemClock, Timestamp};
pub use id::{
    AddressId, CarouselId, CategoryId, DeliveryId, FavoriteId, ImageId, OrderId, ProductId,
    ProofId, SaleId, SessionId, SkuId, TransferId, UserId, WebhookId,
};
pub use language::{Language, UnknownLanguage};
pub use limiter::{Counter, Limiter, TooMany};
pub use money::{Money, MoneyOutOfRange};
pub use network::ClientNetwork;
pub use page::{Cursor, CursorMismatch, Page, PageSize, PageSizeOutOfRange};
