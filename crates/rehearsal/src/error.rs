//! Why nothing could be played.

/// Why nothing could be played, or nothing can be said of it.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A URL is not one of a gateway.
    #[error("{0}: {1}")]
    Url(String, String),
    /// The shop says that it is not ready.
    #[error("the shop at {0} is not ready")]
    NotReady(String),
    /// A gateway of another shop, or none.
    #[error("{0} is no gateway of this shop: {1}")]
    WrongGateway(String, &'static str),
    /// The rush would take longer than its tokens live.
    #[error("the claims would come for {0} s, and tokens live {1} s (auth.access_ttl_secs)")]
    TooLong(u64, u64),
    /// The crowd cannot be made or dismissed.
    #[error(transparent)]
    Account(#[from] stampede_user::AccountError),
    /// There is no place for the goods.
    #[error(transparent)]
    Category(#[from] stampede_catalog::CategoryError),
    /// The goods cannot be made.
    #[error(transparent)]
    Product(#[from] stampede_catalog::ProductError),
    /// The goods cannot be taken away.
    #[error(transparent)]
    Stock(#[from] stampede_catalog::StockError),
    /// The sale cannot be made or ended.
    #[error(transparent)]
    Sale(#[from] stampede_seckill::SaleError),
    /// The orders cannot be cancelled.
    #[error(transparent)]
    Order(#[from] stampede_order::OrderError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Anything else, in one line.
    #[error("{0}")]
    Other(String),
}
