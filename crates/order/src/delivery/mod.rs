//! Delivery methods: what a shop charges for delivery, and where to.

mod choice;
mod error;
mod methods;
mod model;
mod service;
pub(crate) mod store;

pub use choice::{DeliveryMethods, DeliveryRefusal};
pub use error::DeliveryError;
pub use methods::DbDeliveryMethods;
pub use model::{DeliveryChange, DeliveryMethod, DeliveryTerms, OrderDelivery};
pub use service::DeliveryService;
