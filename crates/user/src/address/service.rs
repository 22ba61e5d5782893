//! The address service and its implementation on the database.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{AddressId, Clock, Country, UserId};
use stampede_persistence::entity::user::Status;
use stampede_persistence::{Database, retrying};

use super::{Address, AddressError, AddressSnapshot, NewAddress, model, store};
use crate::account::store as accounts;

/// Maximum number of addresses of one user.
const MAX: usize = 50;

/// A user's own addresses.
#[async_trait]
pub trait AddressService: Send + Sync {
    /// Adds an address; the first one becomes the default.
    async fn add(&self, owner: UserId, address: NewAddress) -> Result<Address, AddressError>;

    /// Lists the owner's addresses, newest first.
    async fn list(&self, owner: UserId) -> Result<Vec<Address>, AddressError>;

    /// Returns one of the owner's addresses.
    async fn get(&self, owner: UserId, id: AddressId) -> Result<Address, AddressError>;

    /// Replaces one of the owner's addresses. When the default is unset, the newest
    /// other address becomes the default, if there is one.
    async fn change(
        &self,
        owner: UserId,
        id: AddressId,
        address: NewAddress,
    ) -> Result<Address, AddressError>;

    /// Removes an address from the list. When the default is deleted, the newest other
    /// address becomes the default.
    async fn delete(&self, owner: UserId, id: AddressId) -> Result<(), AddressError>;
}

/// Reads addresses inside the caller's transaction.
#[async_trait]
pub trait AddressBook: Send + Sync {
    /// Returns the address `id` of `owner`, or the default when none is given.
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

    /// Returns the addresses of many owners by one query outside a transaction, in order and each with its
    /// own result: [`AddressError::NotFound`] or [`AddressError::Required`] of one
    /// owner does not fail the others. Banned owners have no addresses.
    ///
    /// # Errors
    ///
    /// When the database fails.
    async fn snapshots(
        &self,
        wanted: &[(UserId, Option<AddressId>)],
    ) -> Result<Vec<Result<AddressSnapshot, AddressError>>, DbErr>;
}

/// The address service on the database.
///
/// Every change locks the owner's row, so that the maximum and the single default hold
/// under concurrent requests.
#[derive(Clone)]
pub struct DbAddresses {
    db: Database,
    clock: Arc<dyn Clock>,
    /// Where an address is that names no country.
    home: Country,
}

impl DbAddresses {
    pub(crate) fn new(db: Database, clock: Arc<dyn Clock>, home: Country) -> Self {
        Self { db, clock, home }
    }

    /// Begins a transaction that locks the owner's row; fails when the owner is banned.
    async fn begin(&self, owner: UserId) -> Result<DatabaseTransaction, AddressError> {
        let tx = self.db.begin_write().await?;
        let owner = accounts::lock(&tx, owner)
            .await?
            .ok_or(AddressError::NotFound)?;
        if owner.status == Status::Banned {
            return Err(AddressError::Banned);
        }
        Ok(tx)
    }

    async fn insert(&self, owner: UserId, new: &NewAddress) -> Result<Address, AddressError> {
        let tx = self.begin(owner).await?;
        let others = store::list(&tx, owner).await?;
        if others.len() >= MAX {
            return Err(AddressError::TooMany);
        }
        let id = store::insert(&tx, owner, new, self.clock.now()).await?;
        if others.is_empty() || new.is_default == Some(true) {
            store::make_default(&tx, owner, Some(id)).await?;
        }
        self.finish(tx, owner, id).await
    }

    async fn update(
        &self,
        owner: UserId,
        id: AddressId,
        new: &NewAddress,
    ) -> Result<Address, AddressError> {
        let tx = self.begin(owner).await?;
        if !store::update(&tx, owner, id, new).await? {
            return Err(AddressError::NotFound);
        }
        if let Some(wanted) = new.is_default {
            let all = store::list(&tx, owner).await?;
            let next_default = if wanted {
                Some(id)
            } else {
                model::next_default(&all, id)
            };
            store::make_default(&tx, owner, next_default).await?;
        }
        self.finish(tx, owner, id).await
    }

    async fn remove(&self, owner: UserId, id: AddressId) -> Result<(), AddressError> {
        let tx = self.begin(owner).await?;
        let all = store::list(&tx, owner).await?;
        if !store::delete(&tx, owner, id, self.clock.now()).await? {
            return Err(AddressError::NotFound);
        }
        let next_default = model::next_default(&all, id).filter(|next_default| *next_default != id);
        store::make_default(&tx, owner, next_default).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn finish(
        &self,
        tx: DatabaseTransaction,
        owner: UserId,
        id: AddressId,
    ) -> Result<Address, AddressError> {
        let row = store::find(&tx, owner, id)
            .await?
            .ok_or(AddressError::NotFound)?;
        tx.commit().await?;
        Ok(Address::of(row, self.home))
    }
}

#[async_trait]
impl AddressService for DbAddresses {
    async fn add(&self, owner: UserId, address: NewAddress) -> Result<Address, AddressError> {
        let address = model::checked(&address, self.home)?;
        retrying(|| self.insert(owner, &address)).await
    }

    async fn list(&self, owner: UserId) -> Result<Vec<Address>, AddressError> {
        let rows = store::list(self.db.reader(), owner).await?;
        let address = |row| Address::of(row, self.home);
        Ok(rows.into_iter().map(address).collect())
    }

    async fn get(&self, owner: UserId, id: AddressId) -> Result<Address, AddressError> {
        store::find(self.db.reader(), owner, id)
            .await?
            .map(|row| Address::of(row, self.home))
            .ok_or(AddressError::NotFound)
    }

    async fn change(
        &self,
        owner: UserId,
        id: AddressId,
        address: NewAddress,
    ) -> Result<Address, AddressError> {
        let address = model::checked(&address, self.home)?;
        retrying(|| self.update(owner, id, &address)).await
    }

    async fn delete(&self, owner: UserId, id: AddressId) -> Result<(), AddressError> {
        retrying(|| self.remove(owner, id)).await
    }
}

#[async_trait]
impl AddressBook for DbAddresses {
    async fn snapshot(
        &self,
        tx: &DatabaseTransaction,
        owner: UserId,
        id: Option<AddressId>,
    ) -> Result<AddressSnapshot, AddressError> {
        let row = match id {
            Some(id) => store::find(tx, owner, id)
                .await?
                .ok_or(AddressError::NotFound)?,
            None => store::find_default(tx, owner)
                .await?
                .ok_or(AddressError::Required)?,
        };
        Ok(AddressSnapshot::of(row, self.home))
    }

    async fn snapshots(
        &self,
        wanted: &[(UserId, Option<AddressId>)],
    ) -> Result<Vec<Result<AddressSnapshot, AddressError>>, DbErr> {
        let rows = store::find_many(self.db.reader(), wanted).await?;
        let named: HashMap<_, _> = rows
            .iter()
            .map(|row| ((row.user_id, row.id), row))
            .collect();
        let defaults = rows.iter().filter(|row| row.is_default);
        let defaults: HashMap<_, _> = defaults.map(|row| (row.user_id, row)).collect();
        let answer = |(owner, id): &(UserId, Option<AddressId>)| {
            let found = match id {
                Some(id) => named.get(&(*owner, *id)).ok_or(AddressError::NotFound),
                None => defaults.get(owner).ok_or(AddressError::Required),
            };
            found.map(|row| AddressSnapshot::of((*row).clone(), self.home))
        };
        Ok(wanted.iter().map(answer).collect())
    }
}

impl std::fmt::Debug for DbAddresses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbAddresses").finish_non_exhaustive()
    }
}
