//! `stampede` as a process of its own.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::Response;
use serde_json::Value;
use stampede_test_support::TestDb;

/// Of everybody in these tests.
pub(crate) const PASSWORD: &str = "correct horse 9";

/// A running `stampede`; it ends with the test.
pub(crate) struct Gateway {
    process: Child,
    pub(crate) base: String,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The command, for the shop on `db` that keeps its secrets in `folder`.
pub(crate) fn stampede(db: &TestDb, folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stampede"));
    command
        .env("STAMPEDE_PROFILE", "test")
        .env("DATABASE_URL", &db.url)
        .env("PORT", "0")
        .env("STAMPEDE__DATA_DIR", folder.path().join("data"))
        .env("STAMPEDE_ADMIN_PASSWORD", PASSWORD)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

impl Gateway {
    pub(crate) fn start(db: &TestDb, folder: &tempfile::TempDir) -> Self {
        Self::with(db, folder, &[])
    }

    /// With `environment` on top.
    pub(crate) fn with(
        db: &TestDb,
        folder: &tempfile::TempDir,
        environment: &[(&str, &str)],
    ) -> Self {
        let mut command = stampede(db, folder);
        command.stderr(Stdio::piped());
        Self::serving(command.envs(environment.iter().copied()))
    }

    /// What `command` makes of `serve`.
    pub(crate) fn serving(command: &mut Command) -> Self {
        let mut process = command.arg("serve").spawn().unwrap();
        let logged = process.stderr.take().map(|logged| {
            let logged = BufReader::new(logged).lines();
            std::thread::spawn(move || last_words(logged.map_while(Result::ok)))
        });
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let base = lines.find_map(|line| {
            let line = line.unwrap();
            line.split_once(" is open at ")
                .map(|(_, base)| base.to_owned())
        });
        let Some(base) = base else {
            let logged = logged.map(std::thread::JoinHandle::join);
            let ended = process.wait();
            panic!("it ended before it said where it listens: {ended:?}, {logged:#?}");
        };
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, base }
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Tells the process to end, as whatever runs it would.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").arg(self.id().to_string()).status();
        assert!(told.unwrap().success());
    }

    /// Whether the process has not ended.
    pub(crate) fn lives(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Waits until the process has ended by itself, and says whether a signal ended it.
    pub(crate) fn died(mut self) -> bool {
        let status = self.process.wait().unwrap();
        status.code().is_none()
    }
}

/// Reads what a process logs so that it can go on writing, and keeps the end, which
/// says why it ended before it served.
fn last_words(logged: impl Iterator<Item = String>) -> VecDeque<String> {
    let mut last = VecDeque::new();
    for line in logged {
        last.push_back(line);
        if last.len() > 50 {
            last.pop_front();
        }
    }
    last
}

/// Makes the admin `root`.
pub(crate) fn make_admin(db: &TestDb, folder: &tempfile::TempDir) {
    let mut command = stampede(db, folder);
    let made = command
        .args(["admin", "create", "--user-name", "root"])
        .status();
    assert!(made.unwrap().success());
}

/// The status and the JSON of an answer.
pub(crate) async fn read(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}
