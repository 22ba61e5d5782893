//! The delivery service, for admins and for whoever asks what delivery costs.

use async_trait::async_trait;
use stampede_kernel::{Country, DeliveryMethodId, UserId};

use super::{DeliveryChange, DeliveryError, DeliveryMethod, DeliveryTerms};

/// Delivery methods. Every change has its entry in the audit log; orders keep what they
/// were placed with.
#[async_trait]
pub trait DeliveryService: Send + Sync {
    /// Lists all methods, the first one first.
    async fn methods(&self) -> Result<Vec<DeliveryMethod>, DeliveryError>;

    /// Lists the methods that are offered, for this country or for any.
    async fn offered(&self, country: Option<Country>)
    -> Result<Vec<DeliveryMethod>, DeliveryError>;

    /// Adds a method.
    async fn create(
        &self,
        admin: UserId,
        terms: DeliveryTerms,
    ) -> Result<DeliveryMethod, DeliveryError>;

    /// Changes the terms of a method.
    async fn change(
        &self,
        admin: UserId,
        id: DeliveryMethodId,
        change: DeliveryChange,
    ) -> Result<DeliveryMethod, DeliveryError>;

    /// Deletes a method.
    async fn delete(&self, admin: UserId, id: DeliveryMethodId) -> Result<(), DeliveryError>;
}
