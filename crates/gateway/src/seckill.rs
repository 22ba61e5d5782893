//! Flash sales of one process, wired, and who may sell.

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
    ClaimService, Gate, MemoryGate, NoRedis, Owner, Partners, RedisGate, SaleService, SaleSettings,
    Sales, TicketIds,
};
use stampede_settings::Settings;
use stampede_user::DbAddresses;
use tokio::task::JoinSet;

use crate::supervise::supervise;

/// The lock of who sells from memory, in a database server.
const LOCK: &str = "stampede.seckill";

/// How long another process may load a sale into a gate that all share, before
/// this one does it again.
const LOAD_WITHIN: Duration = Duration::from_secs(2);

/// How old what everybody sees of a sale may be: however many look, the gate is asked
/// four times a second.
const LOOK_WITHIN: Duration = Duration::from_millis(250);

/// Flash sales.
#[derive(Clone)]
pub struct Seckill {
    /// The sales.
    pub sales: Arc<Sales>,
    /// The gate, if it is in Redis.
    redis: Option<Arc<RedisGate>>,
}

/// Whom sales ask.
pub(crate) struct SeckillDeps {
    pub(crate) stock: Arc<DbStock>,
    pub(crate) orders: Arc<DbOrders>,
    pub(crate) addresses: Arc<DbAddresses>,
}

impl Seckill {
    /// Wires the services. A Redis that is away is found when it is back.
    ///
    /// # Errors
    ///
    /// When `redis.url` is not the URL of a Redis.
    pub(crate) fn open(
        db: &Database,
        clock: &Arc<dyn Clock>,
        settings: &Settings,
        deps: SeckillDeps,
    ) -> Result<Self, NoRedis> {
        let SeckillDeps {
            stock,
            orders,
            addresses,
        } = deps;
        let redis = redis(settings)?;
        let (gate, owner, load_within): (Arc<dyn Gate>, _, _) = if let Some(redis) = &redis {
            (redis.clone(), Owner::shared(), LOAD_WITHIN)
        } else {
            // Setting the wall clock back must not sell again after the end.
            let gate = MemoryGate::new(Arc::new(SteadyClock::from(clock.as_ref())));
            (Arc::new(gate), owner(settings), Duration::ZERO)
        };
        let partners = Partners {
            gate,
            book: orders.clone(),
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
        let sales = Sales::new(db, clock, partners, tickets, owner, about);
        let sales = Arc::new(sales);
        Ok(Self { sales, redis })
    }

    /// Why sales would not go well just now; the rest of the shop does not mind.
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

    /// Adds what handlers may ask.
    pub(crate) fn register(&self, services: Services) -> Services {
        services
            .with::<dyn SaleService>(self.sales.clone())
            .with::<dyn ClaimService>(self.sales.clone())
    }

    /// Who gives released units back to the gate.
    pub(crate) fn workers(&self) -> Vec<Arc<dyn Worker>> {
        self.sales.workers()
    }

    /// Starts what serves claims and looks after sales.
    pub(crate) fn background(&self, tasks: &mut JoinSet<()>) {
        let sales = Arc::clone(&self.sales);
        supervise(tasks, "sales", move || Sales::clone(&sales).run());
    }
}

/// The gate of `redis.url`, if one is set.
fn redis(settings: &Settings) -> Result<Option<Arc<RedisGate>>, NoRedis> {
    let url = settings.redis.url.expose_secret();
    if url.is_empty() {
        return Ok(None);
    }
    RedisGate::at(url).map(|gate| Some(Arc::new(gate)))
}

/// A gate in memory is one process's: whoever holds the lock of the database sells.
fn owner(settings: &Settings) -> Owner {
    let url = settings.database.url.expose_secret();
    match sqlite_file(url) {
        Some(file) => Owner::of_file(&file),
        None if url.starts_with("sqlite") => Owner::shared(),
        None => Owner::of_server(AdvisoryLock::new(settings.database.url.clone(), LOCK)),
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
