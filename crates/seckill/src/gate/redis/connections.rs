//! Connections to Redis, one server or a Cluster.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use deadpool_redis::redis::aio::{ConnectionLike, MultiplexedConnection};
use deadpool_redis::redis::cluster_async::ClusterConnection;
use deadpool_redis::redis::{Cmd, Pipeline, RedisError, RedisFuture, Value};
use deadpool_redis::{Connection as PooledConnection, Pool, PoolError};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio::time::timeout;

use super::connect::Endpoint;
use crate::gate::GateError;

/// The time-out of a call, for connecting and answering together.
const TIMEOUT: Duration = Duration::from_millis(900);

/// The connection that a call uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// The shared, pipelined connection, for claims.
    Shared,
    /// A pooled connection, for rare and long calls, which must not delay
    /// claims.
    Pooled,
}

/// Connections to one server or Cluster. They are opened at the first call, and
/// opened again after every error, since a server that was demoted to a replica
/// still answers.
pub(super) struct Connections {
    endpoint: Arc<Endpoint>,
    connecting: Mutex<Option<Connecting>>,
}

/// A shared attempt to connect. It continues when a waiting caller is cancelled.
type Connecting = Shared<BoxFuture<'static, Result<Backend, RedisError>>>;

/// The server that was found at the endpoint.
#[derive(Clone)]
pub(super) enum Backend {
    Node(MultiplexedConnection, Pool),
    /// The client has a connection to each node and routes commands by key.
    Cluster(ClusterConnection),
}

impl Connections {
    pub(super) fn to(endpoint: Endpoint) -> Self {
        Self {
            endpoint: Arc::new(endpoint),
            connecting: Mutex::default(),
        }
    }

    /// Sends a command and returns its reply.
    ///
    /// # Errors
    ///
    /// [`GateError::Unreachable`] after less than a second.
    pub(super) async fn query<F>(
        &self,
        route: Route,
        command: impl FnOnce(Connection) -> F + Send,
    ) -> Result<Value, GateError>
    where
        F: Future<Output = Result<Value, RedisError>> + Send,
    {
        let connecting = self.connecting();
        let backend = connecting.clone();
        let asked = async move { command(backend.await?.connection(route).await?).await };
        let cause = match timeout(TIMEOUT, asked).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.to_string(),
            Err(elapsed) => elapsed.to_string(),
        };
        self.reset(&connecting);
        Err(GateError::Unreachable(cause))
    }

    fn connecting(&self) -> Connecting {
        let mut current = self
            .connecting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let connect = || {
            let connecting = Arc::clone(&self.endpoint).connect().boxed().shared();
            tokio::spawn(connecting.clone());
            connecting
        };
        current.get_or_insert_with(connect).clone()
    }

    /// Drops the connections, so that the next call connects again, unless that
    /// has already happened.
    fn reset(&self, faulty: &Connecting) {
        let mut current = self
            .connecting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let same =
            |connecting: &Connecting| connecting.ptr_eq(faulty) && connecting.peek().is_some();
        if current.as_ref().is_some_and(same) {
            *current = None;
        }
    }
}

impl Backend {
    async fn connection(self, route: Route) -> Result<Connection, RedisError> {
        match (self, route) {
            (Self::Node(connection, _), Route::Shared) => Ok(Connection::Shared(connection)),
            (Self::Node(_, pool), Route::Pooled) => match pool.get().await {
                Ok(connection) => Ok(Connection::Pooled(connection)),
                Err(PoolError::Backend(error)) => Err(error),
                Err(error) => Err(std::io::Error::other(error).into()),
            },
            (Self::Cluster(connection), _) => Ok(Connection::Cluster(connection)),
        }
    }
}

/// A connection for one call.
pub(super) enum Connection {
    Shared(MultiplexedConnection),
    Pooled(PooledConnection),
    Cluster(ClusterConnection),
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Shared(connection) => connection.req_packed_command(cmd),
            Self::Pooled(connection) => connection.req_packed_command(cmd),
            Self::Cluster(connection) => connection.req_packed_command(cmd),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Shared(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Pooled(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Shared(connection) => connection.get_db(),
            Self::Pooled(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}
