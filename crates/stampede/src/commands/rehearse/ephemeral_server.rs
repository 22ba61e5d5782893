//! An ephemeral server for a rehearsal: a separate process on SQLite in a temporary folder.
//!
//! A process of its own has the threads, memory and port of a real shop, and shares none with
//! the load
//! generator.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use stampede_rehearsal::Gateway;
use stampede_settings::{Flags, Settings, Sources};
use tempfile::TempDir;

use super::target::unplayed;
use crate::commands::CommandError;

/// The text before the address in the server's greeting.
const OPEN_AT: &str = " is open at ";

/// A server that exists for one rehearsal; dropping it stops it and deletes its data.
pub(super) struct EphemeralServer {
    process: Child,
    folder: TempDir,
    /// Where it serves `/metrics`.
    metrics_port: u16,
    /// Where it listens.
    pub(super) target: Gateway,
}

impl EphemeralServer {
    /// Starts a server with default settings on a free port.
    ///
    /// # Errors
    ///
    /// [`CommandError::RehearsalFailed`] with the last lines of the server's log.
    pub(super) async fn open() -> Result<Self, CommandError> {
        let folder = tempfile::Builder::new()
            .prefix("stampede-rehearsal-")
            .tempdir()
            .map_err(unplayed)?;
        let metrics_port = free_port().map_err(unplayed)?;
        let mut process = start(&folder, metrics_port).map_err(unplayed)?;
        let said = process.stdout.take();
        let url = tokio::task::spawn_blocking(move || said.and_then(url)).await;
        let Some(url) = url.ok().flatten() else {
            let _ = process.wait();
            let why = last_words(&folder);
            return Err(unplayed(format!(
                "the rehearsal's own shop does not open: {why}"
            )));
        };
        Ok(Self {
            process,
            folder,
            metrics_port,
            target: Gateway::parse(&url).await.map_err(unplayed)?,
        })
    }

    /// The settings of the server, secrets included, as it reads them.
    ///
    /// # Errors
    ///
    /// [`CommandError::RehearsalFailed`]; only when another program writes in its folder.
    pub(super) fn settings(&self) -> Result<Settings, CommandError> {
        let sources = Sources {
            folder: self.folder.path().to_owned(),
            environment: environment(&self.folder, self.metrics_port),
            flags: Flags::default(),
        };
        Settings::load(&sources).map_err(unplayed)
    }
}

impl Drop for EphemeralServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn start(folder: &TempDir, metrics_port: u16) -> std::io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("serve")
        .env_clear()
        .envs(environment(folder, metrics_port))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(folder.path().join("log"))?);
    // Ctrl-C ends the rehearsal in order, and that ends the shop.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// A port that nobody listens at. Whoever takes it first leaves the report without phases.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

fn environment(folder: &TempDir, metrics_port: u16) -> BTreeMap<String, String> {
    let metrics_port = metrics_port.to_string();
    let data = folder.path().join("data").display().to_string();
    let all = [
        ("STAMPEDE_PROFILE", "test"),
        ("HOST", "127.0.0.1"),
        ("PORT", "0"),
        ("STAMPEDE__METRICS__PORT", &metrics_port),
        ("STAMPEDE__LOG__LEVEL", "warn"),
        ("STAMPEDE__DATA_DIR", &data),
    ];
    all.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

/// Reads output until the server prints its address; the rest is discarded.
fn url(said: std::process::ChildStdout) -> Option<String> {
    let mut lines = BufReader::new(said).lines().map_while(Result::ok);
    let url = lines.find_map(|line| Some(line.split_once(OPEN_AT)?.1.to_owned()));
    std::thread::spawn(move || lines.for_each(drop));
    url
}

fn last_words(folder: &TempDir) -> String {
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    let last = log.lines().rfind(|line| !line.trim().is_empty());
    last.unwrap_or("it said nothing").to_owned()
}
