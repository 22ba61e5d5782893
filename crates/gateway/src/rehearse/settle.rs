//! After the rush: what is not final is asked again under its key until it is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::{StreamExt, stream};

use super::answer::{Answer, Kind};
use super::claims::Claims;
use super::client::{Line, Target};

/// Claims that are asked about at once.
const AT_ONCE: usize = 32;
/// Between two rounds.
const PAUSE: Duration = Duration::from_millis(100);
/// How long nothing may become final before it is given up: longer than any
/// restart of a gateway.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the asking again came to.
#[derive(Debug)]
pub(crate) struct Settled {
    /// The last answer to each claim, by its place; `None` never came.
    pub(crate) answers: Vec<Option<Answer>>,
    /// How many claims had to be asked again.
    pub(crate) asked_again: usize,
}

/// Asks again whatever is pending, was not answered, or was told to come later.
pub(crate) async fn settle(
    claims: &Claims,
    targets: &Arc<[Target]>,
    mut answers: Vec<Option<Answer>>,
) -> Settled {
    let mut open = unresolved(&answers);
    let asked_again = open.len();
    let mut progressed = Instant::now();
    while !open.is_empty() && progressed.elapsed() < PATIENCE {
        let share = open.len().div_ceil(AT_ONCE);
        let rounds = open.chunks(share).enumerate().map(|(nth, share)| {
            let line = Line::new(Arc::clone(targets), nth);
            ask_all(claims, line, share)
        });
        let heard: Vec<_> = stream::iter(rounds)
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for (place, answer) in heard.into_iter().flatten() {
            answers[place] = Some(answer);
        }
        let before = open.len();
        open = unresolved(&answers);
        if open.len() < before {
            progressed = Instant::now();
        }
        if !open.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Settled {
        answers,
        asked_again,
    }
}

fn unresolved(answers: &[Option<Answer>]) -> Vec<(usize, Answer)> {
    let open = |(place, answer): (usize, &Option<Answer>)| {
        let answer = (*answer)?;
        (!answer.kind.is_final()).then_some((place, answer))
    };
    answers.iter().enumerate().filter_map(open).collect()
}

/// One after another over one line.
async fn ask_all(
    claims: &Claims,
    mut line: Line,
    share: &[(usize, Answer)],
) -> Vec<(usize, Answer)> {
    let mut heard = Vec::with_capacity(share.len());
    for (place, before) in share {
        let answer = match (before.kind, before.id) {
            (Kind::Pending, Some(ticket)) => {
                let reply = line.ask(claims.ticket(*place, ticket)).await;
                Answer::to_poll(ticket, &reply)
            }
            _ => Answer::to_claim(&line.ask(claims.claim(*place)).await),
        };
        heard.push((*place, answer));
    }
    heard
}
