//! Wires the domains: builds the shop from its settings.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use secrecy::ExposeSecret;
use stampede_catalog::SearchError;
use stampede_http::services::Services;
use stampede_kernel::{Clock, SystemClock};
use stampede_media::{MediaError, MediaLimits, MediaStore};
use stampede_migration::MigrateError;
use stampede_notify::SetupError;
use stampede_order::OrderAnnouncer;
use stampede_payment::{DbWallet, WalletSettings};
use stampede_persistence::feed::Tail;
use stampede_persistence::job::{self, Worker, Workers};
use stampede_persistence::{Database, Pool};
use stampede_seckill::InvalidRedisUrl;
use stampede_settings::{Profile, Settings};
use stampede_storefront::{Reference, ShopFacts, Storefront, StorefrontError};
use stampede_user::{
    AccessToken, AccountService, AddressService, AuthSettings, EmailService, SessionService, Users,
};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::catalogue::Catalogue;
use crate::health::Health;
use crate::mail::MailSetup;
use crate::order::{OrderDeps, OrderServices};
use crate::pages::{Pages, PublicPages};
use crate::seckill::{self, Seckill};
use crate::supervise::supervise;
use crate::sweep;
use crate::tools::{self, Tools};
use crate::webhooks::Webhooks;

/// The shop cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The schema cannot be migrated.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Database(#[from] DbErr),
    /// The media folder cannot be used.
    #[error("the media folder cannot be used: {0}")]
    Media(#[from] MediaError),
    /// `redis.url` is not the URL of a Redis.
    #[error("redis.url is {0}")]
    Redis(#[from] InvalidRedisUrl),
    /// Mail cannot be set up.
    #[error("{0}")]
    Mail(#[from] SetupError),
    /// The storefront's files cannot be used.
    #[error(transparent)]
    Storefront(#[from] StorefrontError),
    /// The search index cannot be built.
    #[error("the catalogue cannot be read: {0}")]
    Catalogue(#[from] SearchError),
}

/// The shop of one process: every domain, wired.
pub struct Shop {
    /// The settings that it was built from.
    pub settings: Settings,
    /// The clock of all domains.
    pub clock: Arc<dyn Clock>,
    /// The connection pools.
    pub db: Database,
    /// Accounts, sessions, e-mail proofs, addresses.
    pub users: Users,
    /// Stored pictures.
    pub media: MediaStore,
    /// Products and categories, stock, search.
    pub catalogue: Catalogue,
    /// Carts, orders and wallets.
    pub order: OrderServices,
    /// Flash sales.
    pub seckill: Seckill,
    /// Readiness of the process.
    pub health: Arc<Health>,
    /// What an admin may have done to the shop; none unless somebody hands them in.
    pub tools: Tools,
    storefront: Storefront,
    mail: MailSetup,
    webhooks: Webhooks,
    tail: Tail,
}

impl Shop {
    /// Brings the schema up to date and opens the shop.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the database or the media folder cannot be used.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        stampede_migration::up(settings.database.url.expose_secret()).await?;
        Self::on(settings, Arc::new(SystemClock)).await
    }

    /// Opens the shop on a schema that is up to date.
    ///
    /// # Errors
    ///
    /// As [`Shop::open`].
    pub async fn on(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let pool = Pool {
            connections: settings.database.pool,
            // A machine that starts has everything to do at once.
            first_within: Duration::from_secs(30),
            ..Pool::default()
        };
        let db = Database::connect(settings.database.url.expose_secret(), pool).await?;
        // Before anything that news keeps fresh is filled.
        let tail = Tail::open(db.clone(), Arc::clone(&clock)).await?;
        let wallet = DbWallet::new(wallet_settings(&settings));
        let auth = auth_settings(&settings);
        let purse = Arc::new(wallet.clone());
        let users = Users::open(db.clone(), Arc::clone(&clock), purse, auth).await?;
        let limits = media_limits(&settings);
        let folder = settings.media_folder();
        let media = MediaStore::open(db.clone(), &folder, limits, Arc::clone(&clock)).await?;
        let catalogue = Catalogue::open(&db, &clock, &settings).await?;
        let deps = OrderDeps {
            stock: Arc::clone(&catalogue.stock),
            wallet,
            addresses: Arc::clone(&users.addresses),
        };
        let order = OrderServices::open(&db, &clock, &settings, deps);
        let deps = seckill::SeckillDeps {
            stock: Arc::clone(&catalogue.stock),
            orders: Arc::clone(&order.orders),
            addresses: Arc::clone(&users.addresses),
        };
        let seckill = Seckill::open(&db, &clock, &settings, deps)?;
        let mail = MailSetup::open(&settings, &clock)?;
        let webhooks = Webhooks::open(&db, &clock, &settings);
        let storefront = storefront(&settings)?;
        let health = Health::new(
            db.clone(),
            media.clone(),
            Arc::clone(&clock),
            users.tokens.clone(),
            seckill.clone(),
        );
        Ok(Self {
            settings,
            clock,
            db,
            users,
            media,
            catalogue,
            order,
            seckill,
            health: Arc::new(health),
            tools: Tools::default(),
            storefront,
            mail,
            webhooks,
            tail,
        })
    }

    /// The services that handlers extract as `web::Data`.
    pub fn services(&self) -> Services {
        let users = self.users.clone();
        let services = self.catalogue.register(Services::new());
        let services = self.order.register(services);
        let services = self.seckill.register(services);
        let services = self.webhooks.register(services);
        let services = tools::register(services, &self.tools, &self.db, &self.clock);
        self.mail
            .register(services)
            .with::<dyn Clock>(Arc::clone(&self.clock))
            .with::<dyn AccountService>(users.accounts)
            .with::<dyn SessionService>(users.sessions)
            .with::<dyn EmailService>(users.emails)
            .with::<dyn AddressService>(users.addresses)
            .with::<dyn AccessToken>(users.tokens)
            .with(Arc::new(self.media.clone()))
            .with(Arc::new(self.pages()))
            .with(Arc::new(self.public_pages()))
            .with(Arc::clone(&self.health))
            .with(Arc::new(self.db.clone()))
    }

    fn pages(&self) -> Pages {
        let catalogue = &self.catalogue;
        Pages {
            storefront: self.storefront.clone(),
            responses: catalogue.responses.clone(),
            product_cache: catalogue.product_cache.clone(),
            locale: Arc::new(catalogue.locale.clone()),
            products: catalogue.products.clone(),
            categories: catalogue.categories.clone(),
            carousel: catalogue.carousel.clone(),
            sales: self.seckill.sales.clone(),
        }
    }

    fn public_pages(&self) -> PublicPages {
        PublicPages {
            products: self.catalogue.products.clone(),
            categories: self.catalogue.categories.clone(),
            sales: self.seckill.sales.clone(),
        }
    }

    /// Starts the background tasks; they end when the set is dropped. A task that panics is
    /// restarted.
    pub fn background(self) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for worker in self.workers() {
            let name = worker.kind();
            let (db, clock) = (self.db.clone(), Arc::clone(&self.clock));
            let workers = Arc::new(Workers::new(db, clock, vec![worker]));
            supervise(&mut tasks, name, move || {
                let workers = Arc::clone(&workers);
                async move { workers.run().await }
            });
        }
        self.catalogue.background(&mut tasks);
        self.order.background(&mut tasks);
        self.seckill.background(&mut tasks);
        let (db, clock) = (self.db.clone(), Arc::clone(&self.clock));
        let storefront = self.storefront.clone();
        tasks.spawn_blocking(move || {
            Reference::prepare();
            storefront.prepare();
        });
        let tail = Arc::new(Mutex::new(self.tail));
        supervise(&mut tasks, "feed", move || {
            let tail = Arc::clone(&tail);
            async move { tail.lock().await.run().await }
        });
        let revocations = Arc::clone(&self.users.revocations);
        supervise(&mut tasks, "revocations", move || {
            Arc::clone(&revocations).run()
        });
        let counted = db.clone();
        supervise(&mut tasks, "jobs.count", move || {
            job::measure(counted.clone())
        });
        let media = self.media;
        supervise(&mut tasks, "sweep", move || {
            sweep::hourly(db.clone(), media.clone(), Arc::clone(&clock))
        });
        tasks
    }

    /// The workers of background jobs. Each kind has a worker of its own, so that a slow mail
    /// server delays no webhook.
    fn workers(&self) -> Vec<Arc<dyn Worker>> {
        let mut workers = self.mail.workers(&self.users, &self.settings.shop.currency);
        workers.extend(self.webhooks.workers());
        let (db, clock) = (self.db.clone(), Arc::clone(&self.clock));
        workers.push(Arc::new(OrderAnnouncer::new(db, clock)));
        workers.extend(self.seckill.workers());
        workers
    }
}

impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shop").finish_non_exhaustive()
    }
}

fn auth_settings(settings: &Settings) -> AuthSettings {
    let auth = &settings.auth;
    AuthSettings {
        jwt_secret: auth.jwt_secret.clone(),
        pepper: auth.pepper.clone(),
        access_ttl: Duration::from_secs(auth.access_ttl_secs),
        refresh_ttl: Duration::from_secs(auth.refresh_ttl_secs),
        refresh_grace: Duration::from_secs(auth.refresh_grace_secs),
        bcrypt_cost: auth.bcrypt_cost,
        password_min_chars: auth.password_min_chars,
        failures_per_pair: auth.failures_per_pair,
        failures_per_account: auth.failures_per_account,
        failures_per_address: auth.failures_per_address,
        country: settings.shop.country,
    }
}

fn storefront(settings: &Settings) -> Result<Storefront, StorefrontError> {
    let folder = &settings.server.static_dir;
    let folder = (!folder.as_os_str().is_empty()).then_some(folder.as_path());
    let facts = ShopFacts {
        name: settings.shop.name.clone(),
        currency: settings.shop.currency.clone(),
        language: settings.shop.language,
        country: settings.shop.country,
        demo: settings.demo,
        development: settings.profile == Profile::Development,
        pay_within_secs: settings.order.pay_within_secs,
    };
    Storefront::open(folder, facts)
}

fn wallet_settings(settings: &Settings) -> WalletSettings {
    WalletSettings {
        pepper: settings.auth.pepper.clone(),
        opening_credit: settings.opening_credit(),
    }
}

fn media_limits(settings: &Settings) -> MediaLimits {
    MediaLimits {
        max_pixels_side: settings.media.max_pixels,
        decoders: settings.media.decoders,
        waiting: settings.media.waiting,
    }
}
