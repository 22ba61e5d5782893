//! A shop with users in it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{EntityTrait, PaginatorTrait};
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::{Clock, Language, ManualClock, Money, Timestamp, UserId};
use stampede_payment::{DbWallet, WalletSettings};
use stampede_persistence::entity::job;
use stampede_test_support::TestDb;
use stampede_user::*;

pub(crate) const PASSWORD: &str = "a herd of buffalo";
pub(crate) const PIN: &str = "246810";
pub(crate) const HOME: &str = "192.0.2.1";

/// A database, a clock that stands, and the services of one process.
pub(crate) struct Shop {
    pub(crate) test: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) users: Users,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let test = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(Timestamp(1_795_336_200_000)));
        let users = process(&test, &clock).await;
        Self { test, clock, users }
    }

    /// The services of another process on the same database.
    pub(crate) async fn another_process(&self) -> Users {
        process(&self.test, &self.clock).await
    }

    pub(crate) async fn register(&self, name: &str) -> User {
        self.users.accounts.register(account(name)).await.unwrap()
    }

    /// A user with a proven address.
    pub(crate) async fn register_proven(&self, name: &str, email: &str) -> User {
        let user = self.register(name).await;
        self.bind(user.id, email).await.unwrap();
        self.users.accounts.user(user.id).await.unwrap()
    }

    pub(crate) async fn bind(&self, user: UserId, email: &str) -> Result<User, EmailError> {
        self.send(user, ProofRequest::Bind(email.into())).await?;
        let token = self.newest_letter().await.unwrap().token;
        self.redeem(user, &token).await
    }

    pub(crate) async fn send(&self, user: UserId, request: ProofRequest) -> Result<(), EmailError> {
        self.users.emails.send(user, request, Language::EN).await
    }

    pub(crate) async fn redeem(
        &self,
        user: UserId,
        token: &SecretString,
    ) -> Result<User, EmailError> {
        let session = stampede_kernel::SessionId::new();
        self.users.emails.redeem(user, session, token.clone()).await
    }

    /// What the mail worker would send for the newest job.
    pub(crate) async fn newest_letter(&self) -> Option<ProofMessage> {
        let jobs = job::Entity::find()
            .all(self.test.db.reader())
            .await
            .unwrap();
        let newest = jobs.into_iter().max_by_key(|job| job.id)?;
        let mail: ProofMail = serde_json::from_str(&newest.payload).unwrap();
        self.users.proof_mails.message(mail.proof).await.unwrap()
    }

    /// The newest letter, once it is one of `purpose`: resets are asked for behind the answer.
    pub(crate) async fn letter_to_come(&self, purpose: Purpose) -> ProofMessage {
        for _ in 0..1_000 {
            match self.newest_letter().await {
                Some(letter) if letter.purpose == purpose => return letter,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        panic!("no letter came")
    }

    pub(crate) async fn mails(&self) -> u64 {
        job::Entity::find()
            .count(self.test.db.reader())
            .await
            .unwrap()
    }

    pub(crate) async fn log_in(&self, name: &str) -> LoggedIn {
        self.users
            .sessions
            .log_in(attempt(name, PASSWORD))
            .await
            .unwrap()
    }

    /// The caller behind a token, judged by revocations that are not too old.
    pub(crate) async fn verify(&self, token: &SecretString) -> Result<Caller, AuthError> {
        self.users.revocations.load().await.unwrap();
        self.users.tokens.verify(token.expose_secret())
    }

    pub(crate) fn later(&self, millis: u64) {
        self.clock.advance(Duration::from_millis(millis));
    }

    pub(crate) async fn count<E: EntityTrait>(&self) -> u64
    where
        E::Model: Sync,
    {
        E::find().count(self.test.db.reader()).await.unwrap()
    }
}

async fn process(test: &TestDb, clock: &Arc<ManualClock>) -> Users {
    let wallet = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: Money::new(1_000_000).unwrap(),
    });
    let clock: Arc<dyn Clock> = clock.clone();
    Users::open(test.db.clone(), clock, Arc::new(wallet), settings())
        .await
        .unwrap()
}

pub(crate) fn settings() -> AuthSettings {
    AuthSettings {
        refresh_ttl: Duration::from_hours(24),
        bcrypt_cost: 4,
        ..AuthSettings::new("0123456789abcdef0123456789abcdef".into(), "pepper".into())
    }
}

pub(crate) fn account(name: &str) -> NewAccount {
    NewAccount {
        user_name: name.into(),
        password: PASSWORD.into(),
        pin: PIN.into(),
        nick_name: None,
        email: None,
        language: Language::EN,
        address: Some(home()),
    }
}

pub(crate) fn attempt(name: &str, password: &str) -> LogIn {
    LogIn {
        user_name: name.into(),
        password: password.into(),
        address: home(),
        language: Language::EN,
    }
}

pub(crate) fn home() -> IpAddr {
    HOME.parse().unwrap()
}

/// Runs `n` tasks that start together and returns how each of them ended.
pub(crate) async fn race<T, Fut>(n: usize, run: impl Fn(usize) -> Fut) -> Vec<T>
where
    T: Send + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    let barrier = Arc::new(tokio::sync::Barrier::new(n));
    let tasks: Vec<_> = (0..n)
        .map(|i| {
            let (barrier, running) = (Arc::clone(&barrier), run(i));
            tokio::spawn(async move {
                barrier.wait().await;
                running.await
            })
        })
        .collect();
    let mut ends = Vec::new();
    for task in tasks {
        ends.push(task.await.unwrap());
    }
    ends
}
