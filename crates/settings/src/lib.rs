//! The settings: every key of `config/default.toml`, typed and checked.
//!
//! Start with [`Settings::load`]. `layers` merges defaults, profile files, environment and
//! flags (the
//! head of `config/default.toml` has their order), `check` finds every fault at once, and
//! `secrets`
//! creates the secrets that a development machine does not have.

mod check;
mod layers;
mod secrets;

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use stampede_kernel::{Country, Language, Money, TaxRate};

pub use check::{SettingsErrors, masked};
pub use layers::{Flags, Sources};

/// Opening credit of an account in the demo shop, in minor units.
const DEMO_CREDIT: i64 = 1_000_000;

/// The profile: the set of defaults and checks for a kind of deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A developer's machine.
    Development,
    /// Production: secrets must be given, unsafe settings are refused.
    Production,
    /// Automated tests.
    Test,
}

impl Profile {
    const ALL: [Self; 3] = [Self::Development, Self::Production, Self::Test];

    /// The name in file names and `STAMPEDE_PROFILE`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
            Self::Test => "test",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == name)
    }
}

/// All settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The profile.
    #[serde(skip, default = "no_profile")]
    pub profile: Profile,
    /// Every layer merged, without secrets, for `config check`.
    #[serde(skip)]
    pub shown: serde_json::Value,
    /// Whether this is the demo shop.
    pub demo: bool,
    /// Folder for everything that the shop writes.
    pub data_dir: PathBuf,
    /// `[server]`
    pub server: Server,
    /// `[database]`
    pub database: DatabaseSettings,
    /// `[redis]`
    pub redis: Redis,
    /// `[auth]`
    pub auth: Auth,
    /// `[shop]`
    pub shop: ShopSettings,
    /// `[wallet]`
    pub wallet: WalletSettings,
    /// `[order]`
    pub order: OrderSettings,
    /// `[seckill]`
    pub seckill: Seckill,
    /// `[mail]`
    pub mail: Mail,
    /// `[webhook]`
    pub webhook: Webhook,
    /// `[media]`
    pub media: Media,
    /// `[search]`
    pub search: Search,
    /// `[log]`
    pub log: Log,
    /// `[metrics]`
    pub metrics: Metrics,
}

fn no_profile() -> Profile {
    Profile::Development
}

/// `[server]`: address, workers, connection and rate limits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Server {
    pub host: IpAddr,
    pub port: u16,
    pub workers: usize,
    pub public_url: String,
    pub static_dir: PathBuf,
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    pub cors: Vec<String>,
    pub rate_per_user: u32,
    pub rate_per_address: u32,
    pub request_timeout_secs: u64,
    pub body_timeout_secs: u64,
    pub send_timeout_secs: u64,
    pub min_bytes_per_sec: u32,
    pub keep_alive_secs: u64,
    pub max_connections: usize,
    pub connections_per_address: usize,
    pub drain_notice_secs: u64,
    pub shutdown_secs: u64,
}

/// `[database]`: the database and its pool.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct DatabaseSettings {
    pub url: SecretString,
    pub pool: u32,
}

/// `[redis]`: the Redis of the sale gate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Redis {
    pub url: SecretString,
}

/// `[auth]`: passwords, tokens and limits on failed attempts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Auth {
    pub jwt_secret: SecretString,
    pub pepper: SecretString,
    pub access_ttl_secs: u64,
    pub refresh_ttl_secs: u64,
    pub refresh_grace_secs: u64,
    pub bcrypt_cost: u32,
    pub password_min_chars: usize,
    pub failures_per_pair: u32,
    pub failures_per_account: u32,
    pub failures_per_address: u32,
    pub pin_failures: u32,
}

/// `[shop]`: name, language, currency, country and tax.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct ShopSettings {
    pub name: String,
    pub language: Language,
    pub currency: String,
    pub country: Country,
    pub tax_rate_bp: TaxRate,
}

/// `[wallet]`: the opening credit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct WalletSettings {
    pub opening_credit: i64,
}

/// `[order]`: limits on unpaid orders.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct OrderSettings {
    pub pay_within_secs: u64,
    pub open_per_user: u32,
}

/// `[seckill]`: how claims of flash sales are answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Seckill {
    pub ack_within_ms: u64,
}

/// Transport of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Kept in memory.
    Memory,
    /// Logged, not sent.
    Log,
    /// Sent by SMTP.
    Smtp,
}

/// `[mail]`: the mail transport.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Mail {
    pub transport: Transport,
    pub url: SecretString,
    pub from: String,
}

/// `[webhook]`: restrictions on webhook URLs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Webhook {
    pub private_targets: bool,
}

/// `[media]`: limits on pictures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Media {
    pub folder: PathBuf,
    pub max_pixels: u32,
    pub decoders: usize,
    pub waiting: usize,
}

/// `[search]`: the search index.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Search {
    pub gather_ms: u64,
    pub hot_every_secs: u64,
}

/// Format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text, for people.
    Pretty,
    /// JSON, for programs.
    Json,
}

/// `[log]`: level and format.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Log {
    pub level: String,
    pub format: Format,
}

/// `[metrics]`: the Prometheus endpoint.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each key does")]
pub struct Metrics {
    pub host: IpAddr,
    pub port: u16,
}

impl Settings {
    /// Reads all layers, creates the data folder and, outside production, missing secrets.
    ///
    /// # Errors
    ///
    /// Every fault at once, before anything is written.
    pub fn load(sources: &Sources) -> Result<Self, SettingsErrors> {
        let mut settings = layers::read(sources)?;
        secrets::complete(&mut settings)?;
        Ok(settings)
    }

    /// Reads all layers and writes nothing: a secret that [`Settings::load`] would create is
    /// empty.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub fn read(sources: &Sources) -> Result<Self, SettingsErrors> {
        let mut settings = layers::read(sources)?;
        secrets::find(&mut settings)?;
        Ok(settings)
    }

    /// Folder of the stored pictures.
    pub fn media_folder(&self) -> PathBuf {
        if self.media.folder.as_os_str().is_empty() {
            self.data_dir.join("media")
        } else {
            self.media.folder.clone()
        }
    }

    /// Opening credit of a new account.
    pub fn opening_credit(&self) -> Money {
        let credit = match self.wallet.opening_credit {
            0 if self.demo => DEMO_CREDIT,
            set => set,
        };
        Money::new(credit).unwrap_or_default()
    }

    /// Longest time for running requests to end at a shutdown.
    pub fn shutdown(&self) -> Duration {
        Duration::from_secs(self.server.shutdown_secs)
    }
}

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let read = |text: &String| {
        let address = || text.parse::<IpAddr>().map(IpNet::from);
        text.parse::<IpNet>()
            .or_else(|_| address())
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a network")))
    };
    texts.iter().map(read).collect()
}
