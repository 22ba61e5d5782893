//! A shop with users, and the workers that write to them.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use stampede_kernel::{Clock, Language, ManualClock, Money, Timestamp, UserId};
use stampede_notify::{
    Mail, MailError, Mailer, MemoryMailer, OrderMailer, ProofMailer, Shop, Templates,
    WebhookOffMailer,
};
use stampede_payment::{DbWallet, WalletSettings};
use stampede_persistence::entity::{job, user};
use stampede_persistence::job::{Worker, Workers};
use stampede_test_support::TestDb;
use stampede_user::{AccountService, AuthSettings, NewAccount, User, Users};

const NOW: Timestamp = Timestamp(1_795_336_200_000);

pub(crate) struct TestShop {
    pub(crate) db: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) users: Users,
    pub(crate) workers: Workers,
}

impl TestShop {
    pub(crate) async fn open(mailer: impl Mailer + 'static) -> Self {
        let db = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(NOW));
        let pepper = SecretString::from("pepper of at least thirty-two bytes");
        let wallet = DbWallet::new(WalletSettings {
            pepper: pepper.clone(),
            opening_credit: Money::ZERO,
        });
        let users = Users::open(db.db.clone(), clock.clone(), Arc::new(wallet), auth(pepper))
            .await
            .unwrap();
        let shop = Shop {
            name: "Stampede".to_owned(),
            language: Language::EN,
        };
        let templates = Arc::new(Templates::load(shop, None).unwrap());
        let mailer: Arc<dyn Mailer> = Arc::new(mailer);
        let proofs = ProofMailer::new(users.proof_mails.clone(), templates.clone(), mailer.clone());
        let off = WebhookOffMailer::new(users.accounts.clone(), templates.clone(), mailer.clone());
        let orders = OrderMailer::new(users.accounts.clone(), templates, mailer, "USD".to_owned());
        let workers: Vec<Arc<dyn Worker>> = vec![Arc::new(proofs), Arc::new(orders), Arc::new(off)];
        Self {
            workers: Workers::new(db.db.clone(), clock.clone(), workers),
            db,
            clock,
            users,
        }
    }

    pub(crate) async fn register(&self, nick_name: &str, language: Language) -> User {
        let account = NewAccount {
            user_name: "alice".to_owned(),
            password: SecretString::from("a stampede of buffaloes"),
            pin: SecretString::from("246810"),
            nick_name: Some(nick_name.to_owned()),
            email: Some("alice@example.com".to_owned()),
            language,
            address: None,
        };
        self.users.accounts.register(account).await.unwrap()
    }

    /// With mail that stays here; the mail of registrations is not among it.
    pub(crate) async fn with_mailbox() -> (Self, Arc<MemoryMailer>) {
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
        let mailbox = Arc::new(MemoryMailer::new(clock));
        (Self::open(Shared(mailbox.clone())).await, mailbox)
    }

    /// Proves the address without a mail.
    pub(crate) async fn prove_address(&self, id: UserId) {
        let tx = self.db.db.begin_write().await.unwrap();
        user::Entity::update_many()
            .col_expr(user::Column::VerifiedEmail, Expr::col(user::Column::Email))
            .filter(user::Column::Id.eq(id))
            .exec(&tx)
            .await
            .unwrap();
        job::Entity::delete_many().exec(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn jobs(&self) -> Vec<job::Model> {
        job::Entity::find().all(self.db.db.reader()).await.unwrap()
    }

    pub(crate) async fn job(&self) -> job::Model {
        let jobs = self.jobs().await;
        assert_eq!(jobs.len(), 1);
        jobs[0].clone()
    }
}

struct Shared(Arc<MemoryMailer>);

#[async_trait]
impl Mailer for Shared {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        self.0.send(mail).await
    }
}

fn auth(pepper: SecretString) -> AuthSettings {
    let jwt_secret = SecretString::from("a secret of at least thirty-two bytes");
    AuthSettings {
        bcrypt_cost: 4,
        ..AuthSettings::new(jwt_secret, pepper)
    }
}
