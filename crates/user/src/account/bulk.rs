//! Bulk registration of accounts, for rehearsals and measurements.

use secrecy::SecretString;
use stampede_kernel::Language;
use stampede_payment::check_pin;
use stampede_persistence::retrying;

use super::service::{Checked, insert};
use super::{AccountError, DbAccounts, Role, name, password, store};
use crate::hash_queue::{Requester, Source};

/// Accounts per transaction.
const SLICE: u64 = 200;
/// The requester of the one password hash.
const SHOP: Requester<'_> = Requester {
    source: Source::Shop,
    account: "",
};

impl DbAccounts {
    /// Creates `count` customers, `shopper-1` and so on, with one password, which is
    /// hashed once, and one PIN. Names that are taken are skipped.
    ///
    /// # Errors
    ///
    /// What earlier slices wrote stays.
    pub async fn register_many(
        &self,
        count: u64,
        password: SecretString,
        pin: SecretString,
    ) -> Result<(), AccountError> {
        password::check(&password, self.context.settings.password_min_chars, "")?;
        check_pin(&pin)?;
        let hash = self.context.passwords.hash(&password, SHOP).await?;
        let (mut made, mut number) = (0, 1);
        while made < count {
            let upto = SLICE.min(count - made);
            let numbers = number..number + upto;
            made += retrying(|| self.register_slice(numbers.clone(), &hash, &pin)).await?;
            number += upto;
        }
        Ok(())
    }

    async fn register_slice(
        &self,
        numbers: std::ops::Range<u64>,
        hash: &str,
        pin: &SecretString,
    ) -> Result<u64, AccountError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let mut made = 0;
        for number in numbers {
            let user_name = format!("shopper-{number}");
            let name_key = name::check(&user_name)?;
            if store::find_by_key(&tx, &name_key).await?.is_some() {
                continue;
            }
            let account = Checked {
                nick_name: user_name.clone(),
                user_name,
                name_key,
                password_hash: hash.to_owned(),
                pin: pin.clone(),
                email: None,
                language: Language::EN,
                role: Role::Customer,
            };
            let id = insert(&tx, &account, now).await?;
            self.context.wallet.open(&tx, id, pin, now).await?;
            made += 1;
        }
        tx.commit().await?;
        Ok(made)
    }
}
