//! Log output on standard error, as text or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use stampede_settings::{Format, Log};

/// Installs the log subscriber; a second call changes nothing. Untrusted text is escaped in
/// both formats, so that it cannot forge a line.
pub(crate) fn start(log: &Log) {
    // `stampede migrate` shows the steps and what they find done; the index warns of
    // segments that a merge and a commit both replace, which loses nothing.
    let quiet = "sqlx::postgres::notice=warn,tantivy=error";
    let filter = EnvFilter::try_new(format!("{quiet},{}", log.level))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match log.format {
        Format::Json => registry
            .with(lines.json().flatten_event(true).with_current_span(false))
            .try_init(),
        Format::Pretty => registry
            .with(lines.with_ansi(std::io::stderr().is_terminal()).compact())
            .try_init(),
    };
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(panic = %panic, place, "a task panicked");
    }));
}
