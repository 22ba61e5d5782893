//! The delivery service on the database.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use stampede_kernel::{Clock, Country, DeliveryMethodId, Money, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Database, retrying};

use super::{DeliveryChange, DeliveryError, DeliveryMethod, DeliveryService, DeliveryTerms, store};

/// Largest number of methods: every order reads all of them.
const MAX: u64 = 100;

/// The delivery methods of the database.
pub struct DbDeliveryMethods {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl DbDeliveryMethods {
    /// Delivery methods of this database.
    pub fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn insert(
        &self,
        admin: UserId,
        terms: &DeliveryTerms,
    ) -> Result<DeliveryMethod, DeliveryError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        if store::count(&tx).await? >= MAX {
            return Err(DeliveryError::TooMany);
        }
        let id = store::insert(&tx, terms, at).await?;
        let entry = act(admin, "delivery_method.create", id, terms);
        audit_log::write(&tx, entry, at).await?;
        tx.commit().await?;
        let terms = terms.clone();
        Ok(DeliveryMethod { id, terms })
    }

    async fn update(
        &self,
        admin: UserId,
        id: DeliveryMethodId,
        change: &DeliveryChange,
    ) -> Result<DeliveryMethod, DeliveryError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        let DeliveryMethod { terms, .. } =
            store::lock(&tx, id).await?.ok_or(DeliveryError::NotFound)?;
        let terms = change.clone().apply(terms);
        terms.check()?;
        store::update(&tx, id, &terms).await?;
        let entry = act(admin, "delivery_method.update", id, &terms);
        audit_log::write(&tx, entry, at).await?;
        tx.commit().await?;
        Ok(DeliveryMethod { id, terms })
    }

    async fn erase(&self, admin: UserId, id: DeliveryMethodId) -> Result<(), DeliveryError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        let DeliveryMethod { terms, .. } =
            store::lock(&tx, id).await?.ok_or(DeliveryError::NotFound)?;
        store::delete(&tx, id).await?;
        let entry = act(admin, "delivery_method.delete", id, &terms);
        audit_log::write(&tx, entry, at).await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl DeliveryService for DbDeliveryMethods {
    async fn methods(&self) -> Result<Vec<DeliveryMethod>, DeliveryError> {
        Ok(store::all(self.db.reader()).await?.into_vec())
    }

    async fn offered(
        &self,
        country: Option<Country>,
    ) -> Result<Vec<DeliveryMethod>, DeliveryError> {
        let mut methods = self.methods().await?;
        methods.retain(|method| match country {
            Some(country) => method.serves(country),
            None => method.terms.enabled,
        });
        Ok(methods)
    }

    async fn create(
        &self,
        admin: UserId,
        terms: DeliveryTerms,
    ) -> Result<DeliveryMethod, DeliveryError> {
        terms.check()?;
        retrying(|| self.insert(admin, &terms)).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: DeliveryMethodId,
        change: DeliveryChange,
    ) -> Result<DeliveryMethod, DeliveryError> {
        retrying(|| self.update(admin, id, &change)).await
    }

    async fn delete(&self, admin: UserId, id: DeliveryMethodId) -> Result<(), DeliveryError> {
        retrying(|| self.erase(admin, id)).await
    }
}

fn act(
    admin: UserId,
    action: &'static str,
    id: DeliveryMethodId,
    terms: &DeliveryTerms,
) -> AuditEntry {
    let detail = json!({
        "name": terms.name,
        "price": terms.price.minor(),
        "free_from": terms.free_from.map(Money::minor),
        "countries": terms.countries,
        "enabled": terms.enabled,
    });
    AuditEntry {
        actor: Some(admin),
        action,
        target: format!("delivery_method:{id}"),
        detail: detail.to_string(),
    }
}

impl std::fmt::Debug for DbDeliveryMethods {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbDeliveryMethods").finish_non_exhaustive()
    }
}
