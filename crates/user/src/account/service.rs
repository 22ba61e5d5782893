//! The account service and its implementation on the database.

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, SqlErr};
use secrecy::SecretString;
use stampede_kernel::{ImageId, Language, Page, Timestamp, UserId};
use stampede_payment::check_pin;
use stampede_persistence::entity::user::{self, Role, Status};
use stampede_persistence::{audit_log, retrying};

use super::{
    AccountError, AdminAction, ChangePin, NewAccount, PasswordChange, User, UserFilter, admin,
    name, password, store,
};
use crate::attempt_limiter::LoginAttempt;
use crate::email::{self, Mailbox};
use crate::hash_queue::{Requester, Source};
use crate::rule;
use crate::session::ending;
use crate::users::UserContext;

/// Accounts, profiles and admin actions.
#[async_trait]
pub trait AccountService: Send + Sync {
    /// Registers a user: writes account, PIN, wallet and opening transfer in one
    /// transaction.
    async fn register(&self, account: NewAccount) -> Result<User, AccountError>;

    /// Creates an admin from the command line. The PIN is random and unknown until
    /// [`AccountService::change_pin`] sets another.
    async fn create_admin(
        &self,
        user_name: &str,
        password: SecretString,
    ) -> Result<User, AccountError>;

    /// Returns the user.
    async fn user(&self, id: UserId) -> Result<User, AccountError>;

    /// Changes the nick name to at most 64 characters without control characters.
    async fn rename(&self, id: UserId, nick_name: &str) -> Result<User, AccountError>;

    /// Sets the picture.
    async fn set_avatar(&self, id: UserId, image: ImageId) -> Result<User, AccountError>;

    /// Changes the password and ends every other session.
    async fn change_password(&self, change: PasswordChange) -> Result<(), AccountError>;

    /// Changes the payment PIN.
    async fn change_pin(&self, change: ChangePin) -> Result<(), AccountError>;

    /// Returns a page of the admins' list of users, newest first.
    async fn users(&self, filter: UserFilter) -> Result<Page<User>, AccountError>;

    /// Performs an admin action on `target` and writes it to the audit log.
    async fn administer(
        &self,
        admin: UserId,
        target: UserId,
        action: AdminAction,
    ) -> Result<User, AccountError>;
}

/// The account service on the database.
pub struct DbAccounts {
    pub(super) context: Arc<UserContext>,
}

/// A validated registration with its password hash.
pub(super) struct Checked {
    pub(super) user_name: String,
    pub(super) name_key: String,
    pub(super) nick_name: String,
    pub(super) password_hash: String,
    pub(super) pin: SecretString,
    pub(super) email: Option<Mailbox>,
    pub(super) language: Language,
    pub(super) role: Role,
}

impl DbAccounts {
    pub(crate) fn new(context: Arc<UserContext>) -> Self {
        Self { context }
    }

    /// Validates all fields, the cheap checks first, and hashes the password.
    async fn check(&self, account: NewAccount, role: Role) -> Result<Checked, AccountError> {
        let name_key = name::check(&account.user_name)?;
        let min_chars = self.context.settings.password_min_chars;
        password::check(&account.password, min_chars, &account.user_name)?;
        check_pin(&account.pin)?;
        let nick_name = account
            .nick_name
            .unwrap_or_else(|| account.user_name.clone());
        let nick_name = rule::line("nick_name", &nick_name, 1..=64)?;
        let email = account.email.as_deref().map(Mailbox::parse).transpose()?;
        if store::find_by_key(self.context.db.reader(), &name_key)
            .await?
            .is_some()
        {
            return Err(AccountError::UserNameTaken);
        }
        let who = Requester {
            source: source(account.address),
            account: &name_key,
        };
        let password_hash = self.context.passwords.hash(&account.password, who).await?;
        Ok(Checked {
            user_name: account.user_name,
            name_key,
            nick_name,
            password_hash,
            pin: account.pin,
            email,
            language: account.language,
            role,
        })
    }

    async fn open(&self, account: &Checked) -> Result<User, AccountError> {
        let _mailbox_lock = match &account.email {
            Some(mailbox) => Some(self.context.mailboxes.lock(mailbox).await),
            None => None,
        };
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let id = insert(&tx, account, now).await?;
        self.context.wallet.open(&tx, id, &account.pin, now).await?;
        if let Some(mailbox) = &account.email {
            email::request_bind(&tx, id, mailbox, account.language, now).await?;
        }
        if account.role == Role::Admin {
            audit_log::write(&tx, admin::admin_created(id), now).await?;
        }
        let row = store::find(&tx, id).await?.ok_or(AccountError::NotFound)?;
        tx.commit().await?;
        self.context.db.wake_workers();
        Ok(store::present(self.context.db.reader(), row).await?)
    }

    /// Verifies the user's password within the attempt limits and returns the user's
    /// row.
    async fn verify_password(
        &self,
        user: UserId,
        address: IpAddr,
        password: &SecretString,
    ) -> Result<user::Model, AccountError> {
        let row = store::find(self.context.db.reader(), user)
            .await?
            .ok_or(AccountError::NotFound)?;
        let context = &self.context;
        let who = requester(&row, address);
        let login_attempt = LoginAttempt {
            account: &row.name_key,
            network: address.into(),
            known: context.passwords.is_known(who),
        };
        context.attempts.check(login_attempt, context.clock.now())?;
        let verdict = context
            .passwords
            .verify(password, Some(&row.password_hash), who)
            .await?;
        let right = verdict.is_right();
        context
            .attempts
            .record(login_attempt, right, context.clock.now())?;
        if right {
            Ok(row)
        } else {
            tracing::warn!(user.id = user.0, %address, "a wrong password for a change");
            Err(AccountError::BadPassword)
        }
    }

    async fn replace_password(
        &self,
        change: &PasswordChange,
        proven: &user::Model,
        hash: &str,
    ) -> Result<(), AccountError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = lock_proven(&tx, proven).await?;
        let ended = ending::replace_password(&tx, &user, hash, Some(change.session), now).await?;
        tx.commit().await?;
        self.context.revocations.apply(ended);
        Ok(())
    }

    async fn replace_pin(
        &self,
        change: &ChangePin,
        proven: &user::Model,
    ) -> Result<(), AccountError> {
        let tx = self.context.db.begin_write().await?;
        lock_proven(&tx, proven).await?;
        let now = self.context.clock.now();
        self.context
            .wallet
            .set_pin(&tx, change.user, &change.pin, now)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Updates columns of the profile.
    async fn edit(&self, id: UserId, edit: user::ActiveModel) -> Result<User, AccountError> {
        let tx = self.context.db.begin_write().await?;
        let row = store::lock(&tx, id).await?.ok_or(AccountError::NotFound)?;
        if row.status == Status::Banned {
            return Err(AccountError::Banned);
        }
        let edit = user::ActiveModel {
            updated_at: Set(row.updated_at.max(self.context.clock.now())),
            ..edit
        };
        if let Set(Some(image)) = edit.avatar_id {
            stampede_media::lock_images(&tx, &[image]).await?;
        }
        store::update(&tx, edit, id).await?;
        let row = store::find(&tx, id).await?.ok_or(AccountError::NotFound)?;
        tx.commit().await?;
        Ok(store::present(self.context.db.reader(), row).await?)
    }
}

#[async_trait]
impl AccountService for DbAccounts {
    async fn register(&self, account: NewAccount) -> Result<User, AccountError> {
        let source = source(account.address);
        let checked = self.check(account, Role::Customer).await?;
        let user = retrying(|| self.open(&checked)).await?;
        let account = checked.name_key.as_str();
        self.context
            .passwords
            .record_success(Requester { source, account });
        Ok(user)
    }

    async fn create_admin(
        &self,
        user_name: &str,
        password: SecretString,
    ) -> Result<User, AccountError> {
        let account = NewAccount {
            user_name: user_name.to_owned(),
            password,
            pin: random_pin()?,
            nick_name: None,
            email: None,
            language: Language::EN,
            address: None,
        };
        let checked = self.check(account, Role::Admin).await?;
        retrying(|| self.open(&checked)).await
    }

    async fn user(&self, id: UserId) -> Result<User, AccountError> {
        let db = self.context.db.reader();
        let row = store::find(db, id).await?.ok_or(AccountError::NotFound)?;
        Ok(store::present(db, row).await?)
    }

    async fn rename(&self, id: UserId, nick_name: &str) -> Result<User, AccountError> {
        let nick_name = rule::line("nick_name", nick_name, 1..=64)?;
        let edit = || user::ActiveModel {
            nick_name: Set(nick_name.clone()),
            ..Default::default()
        };
        retrying(|| self.edit(id, edit())).await
    }

    async fn set_avatar(&self, id: UserId, image: ImageId) -> Result<User, AccountError> {
        let edit = || user::ActiveModel {
            avatar_id: Set(Some(image)),
            ..Default::default()
        };
        retrying(|| self.edit(id, edit())).await
    }

    async fn change_password(&self, change: PasswordChange) -> Result<(), AccountError> {
        let proven = self
            .verify_password(change.user, change.address, &change.old)
            .await?;
        let min_chars = self.context.settings.password_min_chars;
        password::check(&change.new, min_chars, &proven.user_name).map_err(|mut fault| {
            fault.field = "new".into();
            fault
        })?;
        let who = requester(&proven, change.address);
        let hash = self.context.passwords.hash(&change.new, who).await?;
        retrying(|| self.replace_password(&change, &proven, &hash)).await?;
        self.context.passwords.record_success(who);
        Ok(())
    }

    async fn change_pin(&self, change: ChangePin) -> Result<(), AccountError> {
        check_pin(&change.pin)?;
        let proven = self
            .verify_password(change.user, change.address, &change.password)
            .await?;
        retrying(|| self.replace_pin(&change, &proven)).await
    }

    async fn users(&self, filter: UserFilter) -> Result<Page<User>, AccountError> {
        let q = filter.q.as_deref().filter(|q| !q.is_empty());
        let list = format!("users {}", q.unwrap_or_default());
        let below = match &filter.cursor {
            Some(cursor) => Some(cursor.place::<i64>(&list)?),
            None => None,
        };
        // PostgreSQL has no text with a zero byte, so nothing can match it.
        if q.is_some_and(|q| q.contains('\0')) {
            return Ok(Page::cut(Vec::new(), filter.size, &list, |user: &User| {
                user.id
            }));
        }
        let db = self.context.db.reader();
        let rows = store::page(db, q, below, filter.size).await?;
        let users = store::present_all(db, rows).await?;
        Ok(Page::cut(users, filter.size, &list, |user| user.id))
    }

    async fn administer(
        &self,
        admin: UserId,
        target: UserId,
        action: AdminAction,
    ) -> Result<User, AccountError> {
        admin::check(&action)?;
        retrying(|| admin::perform(&self.context, admin, target, &action)).await
    }
}

impl std::fmt::Debug for DbAccounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbAccounts").finish_non_exhaustive()
    }
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    account: &Checked,
    now: Timestamp,
) -> Result<UserId, AccountError> {
    let row = user::ActiveModel {
        user_name: Set(account.user_name.clone()),
        name_key: Set(account.name_key.clone()),
        nick_name: Set(account.nick_name.clone()),
        password_hash: Set(account.password_hash.clone()),
        email: Set(account
            .email
            .as_ref()
            .map(|mailbox| mailbox.as_str().to_owned())),
        role: Set(account.role),
        status: Set(Status::Active),
        language: Set(account.language.to_string()),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    match user::Entity::insert(row).exec(tx).await {
        Ok(inserted) => Ok(inserted.last_insert_id),
        Err(error) if is_taken(&error) => Err(AccountError::UserNameTaken),
        Err(error) => Err(error.into()),
    }
}

fn source(address: Option<IpAddr>) -> Source {
    address.map_or(Source::Shop, |from| Source::Client(from.into()))
}

/// The requester for hashes of a signed-in user.
fn requester(user: &user::Model, address: IpAddr) -> Requester<'_> {
    Requester {
        source: Source::Client(address.into()),
        account: &user.name_key,
    }
}

fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Locks the user's row and checks that the verified password has not changed since.
async fn lock_proven(
    tx: &DatabaseTransaction,
    proven: &user::Model,
) -> Result<user::Model, AccountError> {
    store::lock(tx, proven.id)
        .await?
        .filter(|row| row.password_hash == proven.password_hash && row.status == Status::Active)
        .ok_or(AccountError::BadPassword)
}

fn random_pin() -> Result<SecretString, DbErr> {
    let mut random = [0; 24];
    getrandom::fill(&mut random).map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(random).into())
}
