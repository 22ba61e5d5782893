//! What the gateway and the order may ask of addresses.

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{AddressId, UserId};

use super::{Address, AddressError, AddressSnapshot, NewAddress};

/// A user's own addresses.
#[async_trait]
pub trait AddressService: Send + Sync {
    /// The first one becomes the default.
    async fn add(&self, owner: UserId, address: NewAddress) -> Result<Address, AddressError>;

    /// Newest first.
    async fn list(&self, owner: UserId) -> Result<Vec<Address>, AddressError>;

    /// One of the owner's.
    async fn get(&self, owner: UserId, id: AddressId) -> Result<Address, AddressError>;

    /// Replaces one of the owner's.
    async fn change(
        &self,
        owner: UserId,
        id: AddressId,
        address: NewAddress,
    ) -> Result<Address, AddressError>;

    /// Takes it off the list; deleting the default makes the newest the default.
    async fn delete(&self, owner: UserId, id: AddressId) -> Result<(), AddressError>;
}

/// Reads an address inside somebody else's transaction.
#[async_trait]
pub trait AddressBook: Send + Sync {
    /// The address `id` of `owner`, or their default.
    ///
    /// # Errors
    ///
    /// [`AddressError::NotFound`] for a foreign or absent one,
    /// [`AddressError::Required`] when none is named and there is no default.
    async fn snapshot(
        &self,
        tx: &DatabaseTransaction,
        owner: UserId,
        id: Option<AddressId>,
    ) -> Result<AddressSnapshot, AddressError>;
}
