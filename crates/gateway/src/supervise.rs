//! Supervision of background tasks: a task that panics is logged, counted and restarted, so
//! that
//! it stops no other task.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Pause before the first restart; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// Longest pause before a restart.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Run time after which a task counts as recovered, and its next pause is the first again.
const RECOVERED: Duration = Duration::from_mins(5);

/// Spawns the task that `start` returns, and restarts it whenever it ends or panics.
///
/// `start` is called for each run and must not rely on the state of an earlier run.
pub(crate) fn supervise<Task>(
    tasks: &mut JoinSet<()>,
    name: &'static str,
    start: impl FnMut() -> Task + Send + 'static,
) where
    Task: Future<Output = ()> + Send + 'static,
{
    tasks.spawn(keep_running(name, FIRST_PAUSE, start));
}

async fn keep_running<Task>(
    name: &'static str,
    first_pause: Duration,
    mut start: impl FnMut() -> Task,
) where
    Task: Future<Output = ()>,
{
    let mut pause = first_pause;
    loop {
        let begun = Instant::now();
        // `start` itself may panic too.
        let run = async { start().await };
        let why = match AssertUnwindSafe(run).catch_unwind().await {
            Ok(()) => "it ended",
            Err(_) => "it panicked",
        };
        if begun.elapsed() > RECOVERED {
            pause = first_pause;
        }
        metrics::counter!("stampede_task_restarts_total", "task" => name).increment(1);
        // The panic hook has logged the panic itself.
        tracing::error!(
            task = name,
            why,
            ?pause,
            "a background task is started again"
        );
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_or_ends_runs_again_and_its_neighbour_goes_on() {
        let (runs, fourth) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let mut tasks = JoinSet::new();
        let (count, reached) = (Arc::clone(&runs), Arc::clone(&fourth));
        let fails = move || {
            let run = count.fetch_add(1, Ordering::SeqCst) + 1;
            let reached = Arc::clone(&reached);
            async move {
                match run {
                    1 | 2 => panic!("run {run} falls over"),
                    3 => {}
                    _ => {
                        reached.notify_one();
                        std::future::pending::<()>().await;
                    }
                }
            }
        };
        tasks.spawn(keep_running("frail", Duration::from_millis(1), fails));
        let neighbour = Arc::new(Notify::new());
        let steady = Arc::clone(&neighbour);
        tasks.spawn(async move { steady.notified().await });

        tokio::time::timeout(Duration::from_mins(1), fourth.notified())
            .await
            .expect("the task runs again after two panics and an end");

        assert_eq!(runs.load(Ordering::SeqCst), 4);
        assert_eq!(tasks.len(), 2, "nobody gave up");
        neighbour.notify_one();
        tasks.join_next().await.unwrap().unwrap();
        assert_eq!(tasks.len(), 1);
    }
}
