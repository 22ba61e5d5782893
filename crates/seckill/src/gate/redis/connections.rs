//! The lines to Redis, which is one server or a Cluster.

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

/// How long a caller waits, for dialling and answering together.
const TIMEOUT: Duration = Duration::from_millis(900);

/// Which line a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// The one that all share and that pipelines by itself: claims.
    Shared,
    /// One of a pool: what is rare and long must not stand before a claim.
    Pooled,
}

/// Connections to one server or Cluster. They are dialled when first needed, and anew
/// after every fault: a server that was demoted answers, but not as it should.
pub(super) struct Connections {
    endpoint: Arc<Endpoint>,
    connecting: Mutex<Option<Connecting>>,
}

/// One attempt: all who need it share it, and nobody who goes away ends it.
type Connecting = Shared<BoxFuture<'static, Result<Backend, RedisError>>>;

/// What was found where it was dialled.
#[derive(Clone)]
pub(super) enum Backend {
    Node(MultiplexedConnection, Pool),
    /// Has a line of its own to each node, and finds the one that is asked.
    Cluster(ClusterConnection),
}

impl Connections {
    pub(super) fn to(endpoint: Endpoint) -> Self {
        Self {
            endpoint: Arc::new(endpoint),
            connecting: Mutex::default(),
        }
    }

    /// The answer to a question.
    ///
    /// # Errors
    ///
    /// [`GateError::Unreachable`], in less than a second, whatever Redis does.
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

    /// Whoever asks next dials, unless somebody does already.
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

/// A line that a question may take.
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
