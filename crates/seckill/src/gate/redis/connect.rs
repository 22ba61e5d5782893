//! Connecting to Redis. The server is asked whether it belongs to a Cluster, and a
//! Cluster is reached again through any of its nodes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::cluster::ClusterClient;
use deadpool_redis::redis::{
    self, AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo,
    RedisError,
};
use deadpool_redis::{Manager, Pool};
use futures::future::select_ok;

use super::connections::Backend;

/// The connection time-out of a node.
const CONNECT: Duration = Duration::from_millis(300);
/// The response time-out of a node.
const RESPOND: Duration = Duration::from_millis(500);
/// Pooled connections, for rare and long calls.
const POOL: usize = 8;
/// Redirections that a call follows while a slot is moved.
const REDIRECTS: u32 = 8;
/// The longest pause between those redirections, in milliseconds.
const PAUSE_MS: u64 = 50;

/// The address of Redis.
pub(super) struct Endpoint {
    given: ConnectionInfo,
    /// Nodes of the Cluster at the last connect, since the configured node may
    /// be gone.
    nodes: Mutex<Vec<ConnectionInfo>>,
}

impl Endpoint {
    /// # Errors
    ///
    /// When `url` is not a Redis URL.
    pub(super) fn of(url: &str) -> Result<Self, RedisError> {
        Ok(Self {
            given: url.into_connection_info()?,
            nodes: Mutex::default(),
        })
    }

    pub(super) async fn connect(self: Arc<Self>) -> Result<Backend, RedisError> {
        let addresses = self.addresses().into_iter();
        let attempts = addresses.map(|address| Box::pin(connect_node(address)));
        let ((address, mut connection), _) = select_ok(attempts).await?;
        let mut about = redis::cmd("INFO");
        let about: String = about.arg("cluster").query_async(&mut connection).await?;
        if !about.contains("cluster_enabled:1") {
            return Ok(Backend::Node(connection, pool(address)?));
        }
        let mut nodes = redis::cmd("CLUSTER");
        let nodes: String = nodes.arg("NODES").query_async(&mut connection).await?;
        self.learn(&nodes);
        let cluster = ClusterClient::builder(self.addresses())
            .connection_timeout(CONNECT)
            .response_timeout(RESPOND)
            .retries(REDIRECTS)
            .min_retry_wait(1)
            .max_retry_wait(PAUSE_MS)
            .build()?;
        cluster.get_async_connection().await.map(Backend::Cluster)
    }

    fn addresses(&self) -> Vec<ConnectionInfo> {
        let nodes = self.nodes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut addresses = vec![self.given.clone()];
        addresses.extend(nodes.iter().cloned());
        addresses
    }

    /// Parses `CLUSTER NODES`: each line is `id host:port@bus,name flags …`.
    fn learn(&self, nodes: &str) {
        let host_and_port = |node: &str| {
            let at = node.split_whitespace().nth(1)?.split('@').next()?;
            let (host, port) = at.rsplit_once(':')?;
            Some((host.to_owned(), port.parse().ok()?))
        };
        let nodes = nodes.lines().filter_map(host_and_port);
        let nodes = nodes.filter(|(host, _)| !host.is_empty());
        let nodes = nodes
            .map(|(host, port)| self.with_host(host, port))
            .collect();
        *self.nodes.lock().unwrap_or_else(PoisonError::into_inner) = nodes;
    }

    /// The configured connection with another host and port.
    fn with_host(&self, to: String, at: u16) -> ConnectionInfo {
        let mut addr = self.given.addr().clone();
        match &mut addr {
            ConnectionAddr::TcpTls { host, port, .. } | ConnectionAddr::Tcp(host, port) => {
                (*host, *port) = (to, at);
            }
            _ => {}
        }
        self.given.clone().set_addr(addr)
    }
}

async fn connect_node(
    address: ConnectionInfo,
) -> Result<(ConnectionInfo, MultiplexedConnection), RedisError> {
    let client = Client::open(address.clone())?;
    let timeouts = timeouts();
    let connection = client.get_multiplexed_async_connection_with_config(&timeouts);
    Ok((address, connection.await?))
}

fn pool(address: ConnectionInfo) -> Result<Pool, RedisError> {
    let manager = Manager::new_with_config(address, timeouts())?;
    let pool = Pool::builder(manager).max_size(POOL).build();
    pool.map_err(|error| std::io::Error::other(error).into())
}

fn timeouts() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECT))
        .set_response_timeout(Some(RESPOND))
}
