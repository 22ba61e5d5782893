//! Errors of a rehearsal.

/// The rehearsal could not run, or has no result.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A URL is not that of a gateway.
    #[error("{0}: {1}")]
    Url(String, String),
    /// The shop is not ready.
    #[error("the shop at {0} is not ready")]
    NotReady(String),
    /// A gateway does not belong to this shop.
    #[error("{0} is no gateway of this shop: {1}")]
    WrongGateway(String, &'static str),
    /// The claims would take longer than access tokens live.
    #[error("the claims would come for {0} s, and tokens live {1} s (auth.access_ttl_secs)")]
    TooLong(u64, u64),
    /// The users cannot be created or banned.
    #[error(transparent)]
    Account(#[from] stampede_user::AccountError),
    /// The category cannot be created.
    #[error(transparent)]
    Category(#[from] stampede_catalog::CategoryError),
    /// The product cannot be created.
    #[error(transparent)]
    Product(#[from] stampede_catalog::ProductError),
    /// The stock cannot be removed.
    #[error(transparent)]
    Stock(#[from] stampede_catalog::StockError),
    /// The sale cannot be created or cancelled.
    #[error(transparent)]
    Sale(#[from] stampede_seckill::SaleError),
    /// The orders cannot be cancelled.
    #[error(transparent)]
    Order(#[from] stampede_order::OrderError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Any other error.
    #[error("{0}")]
    Other(String),
}
