//! `stampede` as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use stampede_test_support::TestDb;

use crate::server::PASSWORD;

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
        Self::serving(command.envs(environment.iter().copied()))
    }

    /// What `command` makes of `serve`.
    pub(crate) fn serving(command: &mut Command) -> Self {
        let mut process = command.arg("serve").spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let base = lines.find_map(|line| {
            let line = line.unwrap();
            line.split_once(" is open at ")
                .map(|(_, base)| base.to_owned())
        });
        // The rest is read so that the process can go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            base: base.expect("the process says where it listens"),
        }
    }

    /// Waits until the process has ended by itself, and says whether a signal ended it.
    pub(crate) fn died(mut self) -> bool {
        let status = self.process.wait().unwrap();
        status.code().is_none()
    }
}

/// Makes the admin `root`.
pub(crate) fn make_admin(db: &TestDb, folder: &tempfile::TempDir) {
    let mut command = stampede(db, folder);
    let made = command
        .args(["admin", "create", "--user-name", "root"])
        .status();
    assert!(made.unwrap().success());
}
