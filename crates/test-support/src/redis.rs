//! Private Redis servers for tests of failures.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Time-out for the start of a server and for a Cluster to agree.
const PATIENCE: Duration = Duration::from_secs(30);

/// The Redis that tests share, if there is one: `TEST_REDIS_URL`. Without it the test
/// says on standard error that it is skipped.
pub fn shared_redis() -> Option<String> {
    set_or_skipped("TEST_REDIS_URL")
}

/// The Cluster that tests share, if there is one: `TEST_REDIS_CLUSTER_URL`. Without it
/// the test says on standard error that it is skipped.
pub fn shared_redis_cluster() -> Option<String> {
    set_or_skipped("TEST_REDIS_CLUSTER_URL")
}

fn set_or_skipped(variable: &str) -> Option<String> {
    let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
    if url.is_none() {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        // `eprintln!` is kept from who sees the tests pass.
        let _ = writeln!(
            std::io::stderr(),
            "{test}: what needs Redis is skipped, {variable} is not set"
        );
    }
    url
}

/// A Redis server of one test with its own folder, stopped when dropped.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    settings: Vec<String>,
    folder: TempDir,
    process: Child,
}

impl RedisServer {
    /// Starts a server with further settings, such as `--appendonly yes`. `None`
    /// where tests are run without Redis: see [`shared_redis`].
    ///
    /// # Panics
    ///
    /// When it does not start.
    pub fn start(settings: &[&str]) -> Option<Self> {
        shared_redis()?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings: Vec<_> = settings.iter().map(|word| (*word).to_owned()).collect();
        let port = free_port();
        let process = spawn(port, folder.path(), &settings);
        let server = Self {
            port,
            settings,
            folder,
            process,
        };
        server.await_answer();
        Some(server)
    }

    /// Returns its URL.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Returns its address as `host:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Returns its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command by `redis-cli` and returns its output.
    ///
    /// # Panics
    ///
    /// When there is no `redis-cli`.
    pub fn cli(&self, words: &[&str]) -> String {
        cli(self.port, words)
    }

    /// Kills the server at once, as by `kill -9`.
    ///
    /// # Panics
    ///
    /// When it cannot be killed.
    pub fn kill(&mut self) {
        self.process.kill().expect("it is killed");
        self.process.wait().expect("it is gone");
    }

    /// Restarts the server with the data in its folder.
    ///
    /// # Panics
    ///
    /// When it does not start.
    pub fn revive(&mut self) {
        self.process = spawn(self.port, self.folder.path(), &self.settings);
        self.await_answer();
    }

    /// Suspends the server; its connections stay open.
    pub fn stop(&self) {
        self.signal("-STOP");
    }

    /// Resumes the server.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {name}");
    }

    /// Waits until the server answers and has loaded its data.
    fn await_answer(&self) {
        let begun = Instant::now();
        while self.cli(&["PING"]).trim() != "PONG" {
            assert!(begun.elapsed() < PATIENCE, "redis-server does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A Cluster of one test: three masters, each with a replica.
#[derive(Debug)]
pub struct RedisCluster {
    /// Its nodes.
    pub nodes: Vec<RedisServer>,
}

impl RedisCluster {
    /// Starts six nodes and makes them a Cluster; `None` as of [`RedisServer::start`].
    ///
    /// # Panics
    ///
    /// When they do not start or do not agree.
    pub fn start() -> Option<Self> {
        let node = |_| {
            let bus = free_port().to_string();
            let mut settings = vec!["--cluster-enabled", "yes", "--cluster-port", &bus];
            settings.extend(["--cluster-node-timeout", "2000"]);
            settings.extend(["--cluster-replica-validity-factor", "0"]);
            RedisServer::start(&settings)
        };
        let nodes = (0..6).map(node).collect::<Option<Vec<_>>>()?;
        let addresses: Vec<_> = nodes.iter().map(RedisServer::address).collect();
        let mut words = vec!["--cluster", "create"];
        words.extend(addresses.iter().map(String::as_str));
        words.extend(["--cluster-replicas", "1", "--cluster-yes"]);
        let made = nodes[0].cli(&words);
        assert!(made.contains("All 16384 slots covered"), "{made}");
        let cluster = Self { nodes };
        cluster.await_agreement();
        Some(cluster)
    }

    /// Returns the URL of its first node.
    pub fn url(&self) -> String {
        self.nodes[0].url()
    }

    /// Returns the node that owns the slot of `key`.
    ///
    /// # Panics
    ///
    /// When none does.
    pub fn owner(&self, key: &str) -> &RedisServer {
        let owns = |node: &&RedisServer| {
            let answer = node.cli(&["EXISTS", key]);
            matches!(answer.trim(), "0" | "1") && node.cli(&["ROLE"]).starts_with("master")
        };
        self.nodes.iter().find(owns).expect("a slot has its owner")
    }

    /// Returns another master than `this`.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn master_beside(&self, this: &RedisServer) -> &RedisServer {
        let other = |node: &&RedisServer| {
            node.port != this.port && node.cli(&["ROLE"]).starts_with("master")
        };
        self.nodes.iter().find(other).expect("another master")
    }

    /// Returns the first replica of a master.
    ///
    /// # Panics
    ///
    /// When it has none.
    pub fn replica_of(&self, master: &RedisServer) -> &RedisServer {
        let port = master.port.to_string();
        let follows = |node: &&RedisServer| {
            let role = node.cli(&["ROLE"]);
            let role: Vec<_> = role.lines().collect();
            role.first() == Some(&"slave") && role.get(2) == Some(&port.as_str())
        };
        self.nodes.iter().find(follows).expect("a replica")
    }

    /// Moves the slot of `key` to another master, key after key, while it is in use.
    ///
    /// # Panics
    ///
    /// When a node refuses.
    pub fn migrate(&self, key: &str, to: &RedisServer) {
        let from = self.owner(key);
        let slot = from.cli(&["CLUSTER", "KEYSLOT", key]);
        let slot = slot.trim();
        let id = |node: &RedisServer| node.cli(&["CLUSTER", "MYID"]).trim().to_owned();
        let (giver, taker) = (id(from), id(to));
        let set = |node: &RedisServer, state: &str, id: &str| {
            let answer = node.cli(&["CLUSTER", "SETSLOT", slot, state, id]);
            assert_eq!(answer.trim(), "OK");
        };
        set(to, "IMPORTING", &giver);
        set(from, "MIGRATING", &taker);
        loop {
            let key = from.cli(&["CLUSTER", "GETKEYSINSLOT", slot, "1"]);
            let key = key.trim();
            if key.is_empty() {
                break;
            }
            let port = to.port.to_string();
            let answer = from.cli(&["MIGRATE", "127.0.0.1", &port, key, "0", "5000"]);
            assert!(matches!(answer.trim(), "OK" | "NOKEY"), "{answer}");
        }
        for node in [to, from] {
            set(node, "NODE", &taker);
        }
    }

    /// Waits until every node knows every other one, and the replicas are in sync.
    fn await_agreement(&self) {
        let begun = Instant::now();
        let agrees = |node: &RedisServer| {
            let role = node.cli(&["ROLE"]);
            let role = role.lines().collect::<Vec<_>>();
            let linked = role.first() == Some(&"master") || role.get(3) == Some(&"connected");
            linked && node.cli(&["CLUSTER", "INFO"]).contains("cluster_state:ok")
        };
        while !self.nodes.iter().all(agrees) {
            assert!(begun.elapsed() < PATIENCE, "the Cluster does not agree");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Ends with the thread that starts it, even if nobody drops it.
fn spawn(port: u16, folder: &Path, settings: &[String]) -> Child {
    Command::new("setpriv")
        .args(["--pdeathsig", "KILL", "redis-server"])
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--loglevel", "warning"])
        .args(settings)
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is installed")
}

fn cli(port: u16, words: &[&str]) -> String {
    let mut command = Command::new("redis-cli");
    command.args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    let output = command
        .args(words)
        .output()
        .expect("redis-cli is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Finds a free port.
fn free_port() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        if TcpStream::connect(("127.0.0.1", port)).is_err() {
            return port;
        }
    }
}
