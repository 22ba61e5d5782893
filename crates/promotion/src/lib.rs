//! Promotions: what they take off a cart, and how often they may be used.

mod allocate;
mod audit;
mod code;
pub mod codes;
mod error;
mod evaluate;
mod ledger;
mod model;
mod promotions;
mod rules;
mod service;
mod store;

pub use audit::{AUDIT, audit};
pub use code::{Reason, RejectedCode, check_codes};
pub use codes::ERROR_CODES;
pub use error::{PromotionError, RedemptionError};
pub use evaluate::{AppliedPromotion, Evaluation, PromotionsInForce, Shopper, in_force};
pub use ledger::{DbRedemptions, Redemptions};
pub use model::{Kind, Promotion, PromotionChange, Terms};
pub use promotions::DbPromotions;
pub use rules::CartLine;
pub use service::PromotionService;
