//! The gate in Redis, shared by several processes. Each operation is one Lua
//! script.

mod connect;
mod connections;
mod entry;
mod keys;
mod reply;
mod script;

use std::time::Duration;

use async_trait::async_trait;
use deadpool_redis::redis::{self, ToRedisArgs, Value};
use stampede_kernel::{OrderId, SaleId, Timestamp, UserId};

use super::{
    Acknowledged, Admission, Batch, BatchId, Chunk, Epoch, Flip, Flipped, Gate, GateDump,
    GateError, Given, RunId, Taken, TicketEnd, TicketId,
};
use connect::Endpoint;
use connections::{Connections, Route};
use keys::keys;
use script::Script;

/// How long the keys of a sale are kept after its end.
const KEPT: Duration = Duration::from_hours(7 * 24);
/// The arguments of a script without arguments.
const NO_ARGS: Option<i64> = None;
/// Buyers or tickets per call of a load.
const SLICE: usize = 500;

/// A gate in Redis, one server or a Cluster. It connects at the first call, and
/// again after every error.
pub struct RedisGate {
    connections: Connections,
}

/// The error of a URL that is not a Redis URL.
#[derive(Debug, thiserror::Error)]
#[error("not the URL of a Redis: {0}")]
pub struct InvalidRedisUrl(String);

impl RedisGate {
    /// Creates the gate for `redis://[user:password@]host[:port]`, or
    /// `rediss://` for TLS. Does not connect yet.
    ///
    /// # Errors
    ///
    /// When `url` is not a Redis URL.
    pub fn at(url: &str) -> Result<Self, InvalidRedisUrl> {
        let endpoint = Endpoint::of(url).map_err(|error| InvalidRedisUrl(error.to_string()))?;
        let connections = Connections::to(endpoint);
        Ok(Self { connections })
    }

    /// Whether a master may evict keys when its memory is full. Evicted keys
    /// are detected, and cause a rebuild each time.
    ///
    /// # Errors
    ///
    /// [`GateError::Unreachable`].
    pub async fn evicts(&self) -> Result<bool, GateError> {
        let ask = async |mut connection| {
            let mut about = redis::cmd("INFO");
            about.arg("memory").query_async(&mut connection).await
        };
        let reply = self.connections.query(Route::Pooled, ask).await?;
        Ok(reply::evicts(&reply))
    }

    async fn run(
        &self,
        route: Route,
        script: &Script,
        keys: Vec<String>,
        args: impl ToRedisArgs + Send + Sync,
    ) -> Result<Value, GateError> {
        let run = async move |mut connection| script.run(&mut connection, &keys, &args).await;
        self.connections.query(route, run).await
    }
}

#[async_trait]
impl Gate for RedisGate {
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        let claims = batch.claims;
        let tickets: Vec<_> = claims.iter().map(|claim| &claim.ticket.0[..]).collect();
        let users: Vec<_> = claims.iter().map(|claim| claim.user.0).collect();
        let units: Vec<_> = claims.iter().map(|claim| claim.units).collect();
        let intents: Vec<_> = claims.iter().map(entry::intent).collect();
        let keys = keys(sale, epoch, ['s', 'u', 't', 'w']);
        let head = (epoch.0, &batch.id.0, claims.len());
        let args = (head, tickets, users, units, intents);
        let reply = self.run(Route::Shared, &script::TAKE, keys, args).await?;
        or_lost(epoch, reply::taken(reply))
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError> {
        let tickets: Vec<_> = orders.iter().map(|(ticket, _)| &ticket.0[..]).collect();
        let head = |order: &Option<OrderId>| order.map_or(String::new(), entry::ordered);
        let heads: Vec<_> = orders.iter().map(|(_, order)| head(order)).collect();
        let keys = keys(sale, epoch, ['t', 'w']);
        let args = (epoch.0, &batch.0, orders.len(), tickets, heads);
        let reply = self.run(Route::Shared, &script::DONE, keys, args).await?;
        or_lost(epoch, reply::acknowledged(reply))
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError> {
        let ids: Vec<_> = tickets.iter().map(|(ticket, _)| &ticket.0[..]).collect();
        let ends: Vec<_> = tickets.iter().map(|(_, end)| entry::ended(*end)).collect();
        let keys = keys(sale, epoch, ['s', 'u', 't']);
        let args = (epoch.0, tickets.len(), ids, ends);
        let reply = self.run(Route::Shared, &script::GIVE, keys, args).await?;
        or_lost(epoch, reply::given(reply))
    }

    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError> {
        let keys = keys(sale, epoch, ['u']);
        let reply = self
            .run(Route::Pooled, &script::LOOK, keys, epoch.0)
            .await?;
        or_lost(epoch, reply::known(reply))
    }

    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
        let keys = keys(sale, epoch, ['w']);
        let reply = self
            .run(Route::Pooled, &script::LOOK, keys, epoch.0)
            .await?;
        or_lost(epoch, reply::open_batches(reply))
    }

    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError> {
        let keys = keys(sale, epoch, ['s', 'u', 't']);
        let reply = self
            .run(Route::Pooled, &script::LOOK, keys, epoch.0)
            .await?;
        or_lost(epoch, reply::dump(reply))
    }

    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError> {
        let keys = vec![keys::main(sale)];
        let reply = self
            .run(Route::Pooled, &script::TIME, keys, NO_ARGS)
            .await?;
        reply::time(&reply)
    }

    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError> {
        let keys = vec![keys::main(sale)];
        let reply = self
            .run(Route::Pooled, &script::LIFE, keys, NO_ARGS)
            .await?;
        reply::run_id(&reply)
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, chunk: Chunk<'_>) -> Result<(), GateError> {
        let keys = || keys(sale, epoch, ['s', 'u', 't', 'w']);
        match chunk {
            Chunk::Left(left) => {
                let args = (epoch.0, "s", left);
                self.run(Route::Pooled, &script::LOAD, keys(), args).await?;
            }
            Chunk::Buyers(buyers) => {
                for slice in buyers.chunks(SLICE) {
                    let pairs = slice.iter().map(|(user, units)| (user.0, *units));
                    let args = (epoch.0, "u", pairs.collect::<Vec<_>>());
                    self.run(Route::Pooled, &script::LOAD, keys(), args).await?;
                }
            }
            Chunk::Tickets(tickets) => {
                for slice in tickets.chunks(SLICE) {
                    let pairs = slice.iter();
                    let pairs = pairs.map(|(ticket, one)| (&ticket.0[..], entry::written(one)));
                    let args = (epoch.0, "t", pairs.collect::<Vec<_>>());
                    self.run(Route::Pooled, &script::LOAD, keys(), args).await?;
                }
            }
        }
        Ok(())
    }

    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError> {
        let keys = keys(sale, epoch, ['s', 'u', 't']);
        let reply = self
            .run(Route::Pooled, &script::LOADED, keys, NO_ARGS)
            .await?;
        reply::loaded(&reply)
    }

    fn forget(&self, _: SaleId) {}

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        let kinds = ['s', 'u', 't', 'w'];
        let terms = &flip.terms;
        // Each hash has one field more than was loaded, the sentinel.
        let sizes = (flip.buyers + 1, flip.tickets + 1);
        let state = i64::from(terms.admission == Admission::Open);
        let window = ("start", terms.starts_at.0, "end", terms.ends_at.0);
        let fields = ("state", state, window, "limit", terms.limit);
        let gone_at = terms.ends_at.plus(KEPT).0;
        let args = (flip.epoch.0, &flip.run_id.0, sizes, gone_at, fields);
        let keys_now = keys(sale, flip.epoch, kinds);
        let reply = self
            .run(Route::Pooled, &script::FLIP, keys_now, args)
            .await?;
        let flipped = reply::flipped(&reply)?;
        if let Flipped::Done(before) = flipped {
            let keys = keys(sale, before, kinds)[1..].to_vec();
            // If this fails, the old keys only expire later.
            let _ = self
                .run(Route::Pooled, &script::RETIRE, keys, NO_ARGS)
                .await;
        }
        Ok(flipped)
    }
}

/// Turns a reply that cannot be parsed into [`GateError::Fenced`], as if the data
/// were lost: another program or another release has written to the keys. The gate
/// did answer, so it is reachable.
fn or_lost<T>(at: Epoch, read: Result<T, GateError>) -> Result<T, GateError> {
    read.map_err(|error| match error {
        GateError::Unreachable(cause) => {
            tracing::warn!(cause, "the gate is garbled");
            GateError::Fenced { at }
        }
        fenced @ GateError::Fenced { .. } => fenced,
    })
}

impl std::fmt::Debug for RedisGate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisGate").finish_non_exhaustive()
    }
}
