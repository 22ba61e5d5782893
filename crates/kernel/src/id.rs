//! Typed ids: a product id can never be passed where a user id is wanted.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Defines an id that the database assigns: a positive `BIGINT`.
macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }
    )+};
}

/// Defines an id that is made before its row: a time-ordered `UUIDv7`.
macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id; later ids sort after earlier ones.
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        /// `SeaORM` asks every primary key for this; a UUID never comes from a counter.
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

row_id! {
    /// A user account.
    UserId,
    /// A product in the catalogue; it is bought as one of its SKUs.
    ProductId,
    /// A stock-keeping unit: what is priced, counted and sold.
    SkuId,
    /// A node of the category tree.
    CategoryId,
    /// A stored picture.
    ImageId,
    /// A slide of the carousel.
    CarouselId,
    /// A delivery address.
    AddressId,
    /// A flash sale.
    SaleId,
    /// A promotion.
    PromotionId,
    /// A way of delivery, with its price.
    DeliveryMethodId,
    /// A webhook endpoint that receives order events.
    WebhookId,
    /// A delivery of one event to one webhook.
    DeliveryId,
    /// One user's favourite.
    FavoriteId,
}

uuid_id! {
    /// A session: one log-in and all tokens that are issued for it.
    SessionId,
    /// A proof sent by e-mail.
    ProofId,
    /// An order.
    OrderId,
    /// A transfer in the ledger.
    TransferId,
}
