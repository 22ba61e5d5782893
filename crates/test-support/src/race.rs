//! Concurrent requests.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Barrier;

/// Returns how often a race is run: `STAMPEDE_RACE_ROUNDS`, or 5.
///
/// # Panics
///
/// When the variable is no number.
pub fn rounds() -> usize {
    from_env("STAMPEDE_RACE_ROUNDS", 5)
}

/// Returns how many sequences a state machine runs: `STAMPEDE_SEQUENCES`, or 32.
///
/// # Panics
///
/// When the variable is no number.
pub fn sequences() -> usize {
    from_env("STAMPEDE_SEQUENCES", 32)
}

fn from_env(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// Starts all tasks at one barrier and returns their results in order.
///
/// # Panics
///
/// When one of the tasks panics.
pub async fn at_once<T, F>(tasks: Vec<F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(tasks.len()));
    let running: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let barrier = Arc::clone(&barrier);
            tokio::spawn(async move {
                barrier.wait().await;
                task.await
            })
        })
        .collect();
    let mut answers = Vec::with_capacity(running.len());
    for task in running {
        answers.push(task.await.expect("a racer does not panic"));
    }
    answers
}
