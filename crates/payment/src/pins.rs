//! PIN checks with a limit of failures.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use stampede_kernel::{Clock, Limiter, UserId};
use stampede_persistence::{Database, retrying};

use crate::pin::PinCheck;
use crate::{DbWallet, PaymentError, Pins};

/// Checks PINs against the database and counts failures in this process.
pub struct DbPins {
    db: Database,
    clock: Arc<dyn Clock>,
    wallets: DbWallet,
    limiter: Limiter,
    failures: u32,
}

impl DbPins {
    /// Creates the check; it allows `failures` wrong PINs per account in 15 minutes.
    pub fn new(db: Database, clock: Arc<dyn Clock>, wallets: DbWallet, failures: u32) -> Self {
        Self {
            db,
            clock,
            wallets,
            limiter: Limiter::default(),
            failures,
        }
    }
}

impl DbPins {
    async fn renew(
        &self,
        user: UserId,
        pin: &SecretString,
        stored: &str,
    ) -> Result<(), PaymentError> {
        let tx = self.db.begin_write().await?;
        self.wallets.renew_pin(&tx, user, pin, stored).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl std::fmt::Debug for DbPins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbPins").finish_non_exhaustive()
    }
}

#[async_trait]
impl Pins for DbPins {
    /// A right PIN does not reset the limit: a thief with a stolen session must not
    /// gain new guesses whenever the owner pays.
    async fn check(&self, user: UserId, pin: &SecretString) -> Result<(), PaymentError> {
        let failures = [self.limiter.counter("pin", user, self.failures)];
        self.limiter.check(&failures, self.clock.now())?;
        let (check, stored) = self.wallets.check_pin(self.db.reader(), user, pin).await?;
        let right = check != PinCheck::Wrong;
        self.limiter.record(&failures, right, self.clock.now())?;
        if check == PinCheck::RightSpelledOtherwise {
            retrying(|| self.renew(user, pin, &stored)).await?;
        }
        if right {
            return Ok(());
        }
        tracing::warn!(user.id = user.0, "a wrong payment PIN");
        Err(PaymentError::BadPin)
    }
}
