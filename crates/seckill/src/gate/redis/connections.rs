//! The lines to Redis, which is one server or a Cluster.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use deadpool_redis::redis::aio::{ConnectionLike, MultiplexedConnection};
use deadpool_redis::redis::cluster_async::ClusterConnection;
use deadpool_redis::redis::{Cmd, Pipeline, RedisError, RedisFuture, Value};
use deadpool_redis::{Connection, Pool, PoolError};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio::time::timeout;

use super::connect::Place;
use crate::gate::GateError;

/// How long a caller waits, for dialling and answering together.
const PATIENCE: Duration = Duration::from_millis(900);

/// Which line a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The one that all share and that pipelines by itself: claims.
    Shared,
    /// One of a pool: what is rare and long must not stand before a claim.
    Own,
}

/// Lines to one server or Cluster. They are dialled when first needed, and anew
/// after every fault: a server that was demoted answers, but not as it should.
pub(super) struct Lines {
    place: Arc<Place>,
    dialled: Mutex<Option<Dialled>>,
}

/// One attempt: all who need it share it, and nobody who goes away ends it.
type Dialled = Shared<BoxFuture<'static, Result<Exchange, RedisError>>>;

/// What was found where it was dialled.
#[derive(Clone)]
pub(super) enum Exchange {
    Node(MultiplexedConnection, Pool),
    /// Has a line of its own to each node, and finds the one that is asked.
    Cluster(ClusterConnection),
}

impl Lines {
    pub(super) fn to(place: Place) -> Self {
        Self {
            place: Arc::new(place),
            dialled: Mutex::default(),
        }
    }

    /// The answer to a question.
    ///
    /// # Errors
    ///
    /// [`GateError::Unreachable`], in less than a second, whatever Redis does.
    pub(super) async fn ask<F>(
        &self,
        way: Way,
        question: impl FnOnce(Line) -> F + Send,
    ) -> Result<Value, GateError>
    where
        F: Future<Output = Result<Value, RedisError>> + Send,
    {
        let dialled = self.dialled();
        let exchange = dialled.clone();
        let asked = async move { question(exchange.await?.line(way).await?).await };
        let cause = match timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.to_string(),
            Err(elapsed) => elapsed.to_string(),
        };
        self.hang_up(&dialled);
        Err(GateError::Unreachable(cause))
    }

    fn dialled(&self) -> Dialled {
        let mut current = self.dialled.lock().unwrap_or_else(PoisonError::into_inner);
        let dial = || {
            let dialled = Arc::clone(&self.place).dial().boxed().shared();
            tokio::spawn(dialled.clone());
            dialled
        };
        current.get_or_insert_with(dial).clone()
    }

    /// Whoever asks next dials, unless somebody does already.
    fn hang_up(&self, faulty: &Dialled) {
        let mut current = self.dialled.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |dialled: &Dialled| dialled.ptr_eq(faulty) && dialled.peek().is_some();
        if current.as_ref().is_some_and(same) {
            *current = None;
        }
    }
}

impl Exchange {
    async fn line(self, way: Way) -> Result<Line, RedisError> {
        match (self, way) {
            (Self::Node(line, _), Way::Shared) => Ok(Line::Shared(line)),
            (Self::Node(_, pool), Way::Own) => match pool.get().await {
                Ok(line) => Ok(Line::Own(line)),
                Err(PoolError::Backend(error)) => Err(error),
                Err(error) => Err(std::io::Error::other(error).into()),
            },
            (Self::Cluster(line), _) => Ok(Line::Cluster(line)),
        }
    }
}

/// A line that a question may take.
pub(super) enum Line {
    Shared(MultiplexedConnection),
    Own(Connection),
    Cluster(ClusterConnection),
}

impl ConnectionLike for Line {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Shared(line) => line.req_packed_command(cmd),
            Self::Own(line) => line.req_packed_command(cmd),
            Self::Cluster(line) => line.req_packed_command(cmd),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Shared(line) => line.req_packed_commands(pipeline, offset, count),
            Self::Own(line) => line.req_packed_commands(pipeline, offset, count),
            Self::Cluster(line) => line.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Shared(line) => line.get_db(),
            Self::Own(line) => line.get_db(),
            Self::Cluster(line) => line.get_db(),
        }
    }
}
