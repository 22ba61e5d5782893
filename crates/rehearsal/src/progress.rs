//! The progress bar of a rehearsal, on a terminal.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::answer::Kind;

/// How often the bar is drawn.
const EVERY: Duration = Duration::from_millis(100);
/// Width of the bar, in characters.
const WIDTH: u64 = 32;

/// Counts answers, and shows them on standard error if that is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
    /// Counts an answer.
    heard: AtomicU64,
    won: AtomicU64,
}

impl Progress {
    /// No answers yet.
    pub(crate) fn new(shown: bool) -> Self {
        Self {
            shown: shown && std::io::stderr().is_terminal(),
            heard: AtomicU64::new(0),
            won: AtomicU64::new(0),
        }
    }

    /// One more answer.
    pub(crate) fn heard(&self, kind: Kind) {
        self.heard.fetch_add(1, Ordering::Relaxed);
        if kind == Kind::Won {
            self.won.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Shows the name of the present step.
    pub(crate) fn step(&self, what: &str) {
        self.draw(&format!("{what} …"));
    }

    /// Draws a bar of `claims` until the task is aborted.
    pub(crate) async fn bar(self: Arc<Self>, claims: usize) {
        let claims = u64::try_from(claims).unwrap_or(u64::MAX).max(1);
        loop {
            let heard = self.heard.load(Ordering::Relaxed);
            let full = WIDTH * heard.min(claims) / claims;
            let bar: String = (0..WIDTH)
                .map(|at| if at < full { '█' } else { '░' })
                .collect();
            let won = self.won.load(Ordering::Relaxed);
            self.draw(&format!(
                "{bar} {heard} of {claims} claims answered, {won} won"
            ));
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Clears the line.
    pub(crate) fn clear(&self) {
        self.draw("");
    }

    fn draw(&self, line: &str) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
        }
    }
}
