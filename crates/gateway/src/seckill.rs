//! Wires flash sales: the gate, the leader lock and the services.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use stampede_catalog::DbStock;
use stampede_http::services::Services;
use stampede_kernel::{Clock, SteadyClock};
use stampede_order::DbOrders;
use stampede_persistence::job::Worker;
use stampede_persistence::{AdvisoryLock, Database};
use stampede_seckill::{
    ClaimService, Dependencies, Gate, InvalidRedisUrl, MemoryGate, RedisGate, SaleService,
    SaleSettings, Sales, SellerLock, TicketIds,
};
use stampede_settings::Settings;
use stampede_user::DbAddresses;
use tokio::task::JoinSet;

use crate::supervise::supervise;

/// Name of the advisory lock that decides which process sells from a gate in memory.
const LOCK: &str = "stampede.seckill";

/// How long another process may take to load a sale into a shared gate before this process does
/// it as well.
const LOAD_WITHIN: Duration = Duration::from_secs(2);

/// Oldest state of a sale that is shown: the gate is read four times a second, however many
/// requests come.
const LOOK_WITHIN: Duration = Duration::from_millis(250);

/// Flash sales.
#[derive(Clone)]
pub struct Seckill {
    /// The sales service.
    pub sales: Arc<Sales>,
    /// The gate, when it is in Redis.
    redis: Option<Arc<RedisGate>>,
}

/// Dependencies on other domains.
pub(crate) struct SeckillDeps {
    pub(crate) stock: Arc<DbStock>,
    pub(crate) orders: Arc<DbOrders>,
    pub(crate) addresses: Arc<DbAddresses>,
}

impl Seckill {
    /// Wires the services. A Redis that is down is reconnected to when it is back.
    ///
    /// # Errors
    ///
    /// When `redis.url` is not the URL of a Redis.
    pub(crate) fn open(
        db: &Database,
        clock: &Arc<dyn Clock>,
        settings: &Settings,
        deps: SeckillDeps,
    ) -> Result<Self, InvalidRedisUrl> {
        let SeckillDeps {
            stock,
            orders,
            addresses,
        } = deps;
        let redis = redis(settings)?;
        let (gate, owner, load_within): (Arc<dyn Gate>, _, _) = if let Some(redis) = &redis {
            (redis.clone(), SellerLock::shared(), LOAD_WITHIN)
        } else {
            // Setting the wall clock back must not sell again after the end.
            let gate = MemoryGate::new(Arc::new(SteadyClock::from(clock.as_ref())));
            (Arc::new(gate), owner(settings), Duration::ZERO)
        };
        let dependencies = Dependencies {
            gate,
            sale_orders: orders.clone(),
            orders,
            stock: stock.clone(),
            offers: stock,
            addresses,
        };
        let tickets = TicketIds::new(&settings.auth.jwt_secret);
        let about = SaleSettings {
            ack_within: Duration::from_millis(settings.seckill.ack_within_ms),
            load_within,
            look_within: LOOK_WITHIN,
            language: settings.shop.language,
        };
        let (db, clock) = (db.clone(), Arc::clone(clock));
        let sales = Sales::new(db, clock, dependencies, tickets, owner, about);
        let sales = Arc::new(sales);
        Ok(Self { sales, redis })
    }

    /// A reason why sales would fail now; the rest of the shop does not depend on it.
    pub async fn warning(&self) -> Option<&'static str> {
        match self.redis.as_ref()?.evicts().await {
            Ok(false) => None,
            Ok(true) => {
                Some("Redis may evict keys of sales: its maxmemory-policy must be noeviction")
            }
            Err(error) => {
                tracing::warn!(%error, "Redis is asked in vain");
                Some("Redis does not answer: no sale admits anybody")
            }
        }
    }

    /// Registers the services with the HTTP application.
    pub(crate) fn register(&self, services: Services) -> Services {
        services
            .with::<dyn SaleService>(self.sales.clone())
            .with::<dyn ClaimService>(self.sales.clone())
    }

    /// The workers that return released units to the gate.
    pub(crate) fn workers(&self) -> Vec<Arc<dyn Worker>> {
        self.sales.workers()
    }

    /// Starts the tasks that serve claims and sweep sales.
    pub(crate) fn background(&self, tasks: &mut JoinSet<()>) {
        let sales = Arc::clone(&self.sales);
        supervise(tasks, "sales", move || Sales::clone(&sales).run());
    }
}

/// The gate of `redis.url`, if one is set.
fn redis(settings: &Settings) -> Result<Option<Arc<RedisGate>>, InvalidRedisUrl> {
    let url = settings.redis.url.expose_secret();
    if url.is_empty() {
        return Ok(None);
    }
    RedisGate::at(url).map(|gate| Some(Arc::new(gate)))
}

/// The leader lock: a gate in memory belongs to one process, so only the process with the lock
/// sells.
fn owner(settings: &Settings) -> SellerLock {
    let url = settings.database.url.expose_secret();
    match sqlite_file(url) {
        Some(file) => SellerLock::of_file(&file),
        None if url.starts_with("sqlite") => SellerLock::shared(),
        None => SellerLock::of_server(AdvisoryLock::new(settings.database.url.clone(), LOCK)),
    }
}

/// The file of an SQLite URL; `None` for a server, or a database in memory.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_locked_and_memory_is_not() {
        let file = |url| sqlite_file(url).map(|path| path.display().to_string());

        assert_eq!(
            file("sqlite:///data/a.db?mode=rwc").as_deref(),
            Some("/data/a.db")
        );
        assert_eq!(file("sqlite://./data/a.db").as_deref(), Some("./data/a.db"));
        assert_eq!(file("sqlite:a.db").as_deref(), Some("a.db"));
        for none in ["sqlite::memory:", "sqlite://:memory:", "postgres://h/shop"] {
            assert_eq!(file(none), None, "{none}");
        }
    }
}
