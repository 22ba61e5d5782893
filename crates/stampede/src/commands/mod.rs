//! The command line: one file per command.

mod admin;
mod audit;
mod config;
mod console;
mod export;
mod healthcheck;
mod import;
mod jobs;
mod migrate;
mod openapi;
mod rehearse;
mod seed;
mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use secrecy::ExposeSecret;
use stampede_gateway::{ListenError, OpenError};
use stampede_kernel::UserId;
use stampede_migration::Standing;
use stampede_persistence::{Database, Pool};
use stampede_settings::{Flags, Settings, SettingsErrors, Sources, masked};

use crate::demo::DemoError;
use crate::logging;

const EXAMPLES: &str = "\
Examples:
  stampede                                  the demo shop at http://127.0.0.1:8080
  stampede --port 8081 --database-url mysql://shop:secret@127.0.0.1/shop
  stampede config check                     reads every setting and reports every fault
  stampede migrate status
  stampede export goods.csv                 all products; after edits, stampede import goods.csv
  stampede audit                            checks every invariant; the shop may be open meanwhile
  stampede seed --products 100000 --users 1000
  stampede jobs --parked                    jobs that have failed for good; stampede jobs retry --all
  stampede rehearse --users 20000 --stock 500
  STAMPEDE_ADMIN_PASSWORD=… stampede admin create --user-name ops
  STAMPEDE_PROFILE=production DATABASE_URL_FILE=/run/secrets/db stampede serve

Exit codes:
  0  success
  1  the command failed, or the audit or the rehearsal found a fault
  2  the command line or the settings are wrong, or an audit or a rehearsal could not run
  3  the port is taken";

/// A shop backend that survives the rush: users, catalogue, orders, wallets and flash sales.
#[derive(Debug, Parser)]
#[command(name = "stampede", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten, next_help_heading = "Settings")]
    flags: FlagArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Args)]
struct FlagArguments {
    /// Profile of the settings: development, production or test.
    #[arg(long, global = true)]
    profile: Option<String>,
    /// IP address to listen on.
    #[arg(long, global = true)]
    host: Option<String>,
    /// Port to listen on; 0 takes any free port.
    #[arg(long, global = true)]
    port: Option<u16>,
    /// Database: sqlite://…, mysql://… or postgres://…
    #[arg(long, global = true)]
    database_url: Option<String>,
    /// Folder with the files of the storefront; replaces the files in the binary.
    #[arg(long, global = true)]
    static_dir: Option<String>,
}

impl From<FlagArguments> for Flags {
    fn from(arguments: FlagArguments) -> Self {
        Self {
            profile: arguments.profile,
            host: arguments.host,
            port: arguments.port,
            database_url: arguments.database_url,
            static_dir: arguments.static_dir,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrates the database, then serves the shop (the default command).
    Serve,
    /// Applies, reverts or lists the migrations of the database.
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Checks every invariant of money, stock and orders, and names each breach.
    Audit(audit::Audit),
    /// Creates admins.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Creates and updates products from a CSV file.
    Import(import::Import),
    /// Writes all products to a CSV file.
    Export(export::Export),
    /// Inserts realistic test data in bulk.
    Seed(seed::Seed),
    /// Runs a load test of a flash sale, and checks that the sale was exact.
    Rehearse(rehearse::Rehearse),
    /// Lists background jobs that wait or have failed, and retries them.
    Jobs(jobs::Jobs),
    /// Prints the OpenAPI document.
    Openapi,
    /// Checks the settings.
    #[command(subcommand)]
    Config(config::Config),
    /// Asks a running shop whether it is ready (for supervisors and containers).
    Healthcheck,
}

/// Errors of commands.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// The settings are invalid.
    #[error(transparent)]
    Settings(#[from] SettingsErrors),
    /// The shop cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The demo shop cannot be seeded.
    #[error("the demo shop cannot be set up: {0}")]
    Demo(#[from] DemoError),
    /// The port cannot be bound.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The audit found breaches.
    #[error("the audit found {0} breaches")]
    Breach(u64),
    /// The audit could not run.
    #[error("the audit could not check: {0}")]
    Unchecked(String),
    /// The rehearsal found faults.
    #[error("the rehearsal found {0} faults")]
    Inexact(u64),
    /// The rehearsal could not run.
    #[error("the rehearsal could not be played: {0}")]
    RehearsalFailed(String),
    /// Any other error.
    #[error("{0}")]
    Failed(String),
}

impl CommandError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Unchecked(_) | Self::RehearsalFailed(_) => 2,
            Self::Listen(error) if error.taken => 3,
            Self::Listen(_)
            | Self::Open(_)
            | Self::Demo(_)
            | Self::Breach(_)
            | Self::Inexact(_)
            | Self::Failed(_) => 1,
        }
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = actix_web::rt::System::with_tokio_rt(runtime).block_on(command(arguments));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "stampede: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// The runtime of everything but requests. actix's own has a single thread, on which the
/// batches of a sale would wait for mails being rendered.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("the operating system gives a runtime what it needs")
}

async fn command(arguments: Arguments) -> Result<(), CommandError> {
    let sources = Sources::of_process(arguments.flags.into());
    let command = arguments.command.unwrap_or(Command::Serve);
    if matches!(command, Command::Openapi) {
        openapi::run();
        return Ok(());
    }
    let settings = if writes(&command) {
        Settings::load(&sources)?
    } else {
        Settings::read(&sources)?
    };
    match command {
        Command::Serve => serve::run(logged(settings)).await,
        Command::Migrate(step) => migrate::run(step, &logged(settings)).await,
        Command::Audit(what) => audit::run(what, &logged(settings)).await,
        Command::Admin(what) => admin::run(what, logged(settings)).await,
        Command::Import(what) => import::run(what, &logged(settings)).await,
        Command::Export(what) => export::run(what, &logged(settings)).await,
        Command::Seed(what) => seed::run(what, logged(settings)).await,
        Command::Jobs(what) => jobs::run(what, &logged(settings)).await,
        Command::Rehearse(what) => Box::pin(rehearse::run(what, logged(settings))).await,
        Command::Config(what) => config::run(&what, &settings),
        Command::Healthcheck => healthcheck::run(&settings).await,
        Command::Openapi => Ok(()),
    }
}

/// Whether a command may create folders, secrets, or a database.
fn writes(command: &Command) -> bool {
    match command {
        Command::Serve
        | Command::Admin(_)
        | Command::Seed(_)
        | Command::Rehearse(_)
        | Command::Migrate(_) => true,
        Command::Import(import) => import.writes(),
        Command::Audit(_)
        | Command::Jobs(_)
        | Command::Export(_)
        | Command::Config(_)
        | Command::Healthcheck
        | Command::Openapi => false,
    }
}

/// Opens the existing database for reading: nothing is created and no migration applied.
async fn existing(settings: &Settings) -> Result<Database, CommandError> {
    let url = settings.database.url.expose_secret();
    let pool = Pool {
        connections: 2,
        read_only: true,
        ..Pool::default()
    };
    let db = Database::connect(url, pool).await.map_err(|error| {
        let place = masked(url);
        CommandError::Failed(format!("{place} cannot be read: {error}"))
    })?;
    let standing = stampede_migration::standing(db.reader()).await;
    let wrong = match standing.map_err(failed)? {
        Standing::Current => return Ok(db),
        Standing::Absent => format!("{} has no shop in it", masked(url)),
        Standing::Older => {
            "the schema is older than this release; run `stampede migrate up`".to_owned()
        }
        Standing::Newer => "the schema is newer than this release; run that release".to_owned(),
    };
    Err(CommandError::Failed(wrong))
}

/// Starts the log with the settings.
fn logged(settings: Settings) -> Settings {
    logging::start(&settings.log);
    settings
}

/// The actor in the audit log when a command changes the catalogue: no user has this id.
pub(crate) const COMMAND_LINE: UserId = UserId(0);

fn failed(error: impl std::fmt::Display) -> CommandError {
    CommandError::Failed(error.to_string())
}

/// Prints to standard output; a closed pipe is no error.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
