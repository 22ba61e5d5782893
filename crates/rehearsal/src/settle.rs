//! The retries after the load: claims without a final answer are sent again under their
//! idempotency keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::{StreamExt, stream};
use serde::Deserialize;

use crate::answer::{Answer, Kind};
use crate::claims::Claims;
use crate::client::{Connection, Gateway};

/// Claims that are retried at a time.
const AT_ONCE: usize = 32;
/// Pause between two rounds.
const PAUSE: Duration = Duration::from_millis(100);
/// Longest time without a further final answer: longer than any restart of a gateway.
const TIMEOUT: Duration = Duration::from_mins(1);

/// The result of the retries.
#[derive(Debug)]
pub(crate) struct Settled {
    /// The last answer to each claim, by its index; `None` when none came.
    pub(crate) answers: Vec<Option<Answer>>,
    /// Number of claims that were sent again.
    pub(crate) asked_again: usize,
}

/// Retries claims that are pending, unanswered, or refused for now; then claims that were told
/// "sold out", as long as units have come back.
pub(crate) async fn settle(
    claims: &Claims,
    gateways: &Arc<[Gateway]>,
    answers: Vec<Option<Answer>>,
) -> Settled {
    let mut settling = Settling {
        claims,
        gateways,
        answers,
    };
    let open = settling.of(|kind| !kind.is_final());
    let mut asked_again = open.len();
    settling.until_final(open).await;
    asked_again += settling.offer_what_came_back().await;
    Settled {
        answers: settling.answers,
        asked_again,
    }
}

struct Settling<'a> {
    claims: &'a Claims,
    gateways: &'a Arc<[Gateway]>,
    answers: Vec<Option<Answer>>,
}

impl Settling<'_> {
    /// Claims whose last answer is of such a kind.
    fn of(&self, such: impl Fn(Kind) -> bool) -> Vec<(usize, Answer)> {
        let answers = self.answers.iter().enumerate();
        answers
            .filter_map(|(place, answer)| Some((place, (*answer)?)))
            .filter(|(_, answer)| such(answer.kind))
            .collect()
    }

    async fn until_final(&mut self, mut open: Vec<(usize, Answer)>) {
        let mut progressed = Instant::now();
        while !open.is_empty() && progressed.elapsed() < TIMEOUT {
            self.ask(&open).await;
            let still = self.of(|kind| !kind.is_final());
            if still.is_empty() {
                return;
            }
            if still.len() < open.len() {
                progressed = Instant::now();
            }
            open = still;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Retries sold-out claims while units are left. Returns their number.
    ///
    /// A gate that was lost forgets its admissions, and their units are for sale again: that is
    /// no underselling as long as a retry gets them.
    async fn offer_what_came_back(&mut self) -> usize {
        let mut sold_out = self.of(|kind| kind == Kind::SoldOut);
        let mut asked = 0;
        loop {
            let left = left(self.claims, self.gateways).await.min(sold_out.len());
            if left == 0 {
                return asked;
            }
            let lucky: Vec<_> = sold_out.drain(..left).collect();
            asked += lucky.len();
            self.ask(&lucky).await;
            self.until_final(self.of(|kind| !kind.is_final())).await;
        }
    }

    /// Sends each claim once.
    async fn ask(&mut self, open: &[(usize, Answer)]) {
        let share = open.len().div_ceil(AT_ONCE);
        let connections = open.chunks(share).enumerate().map(|(nth, share)| {
            let connection = Connection::new(Arc::clone(self.gateways), nth);
            ask_all(self.claims, connection, share)
        });
        let connections = stream::iter(connections).buffer_unordered(AT_ONCE);
        let heard: Vec<_> = connections.collect().await;
        for (place, answer) in heard.into_iter().flatten() {
            self.answers[place] = Some(answer);
        }
    }
}

/// Sends claims one after another over one connection.
async fn ask_all(
    claims: &Claims,
    mut connection: Connection,
    share: &[(usize, Answer)],
) -> Vec<(usize, Answer)> {
    let mut heard = Vec::with_capacity(share.len());
    for (place, before) in share {
        let answer = match (before.kind, before.id) {
            (Kind::Pending, Some(ticket)) => {
                let reply = connection.send(claims.ticket(*place, ticket)).await;
                Answer::to_poll(ticket, &reply)
            }
            _ => Answer::to_claim(&connection.send(claims.claim(*place)).await),
        };
        heard.push((*place, answer));
    }
    heard
}

/// Units left, as the shop shows them.
async fn left(claims: &Claims, gateways: &Arc<[Gateway]>) -> usize {
    #[derive(Deserialize)]
    struct Sale {
        stock_left: usize,
    }
    let mut connection = Connection::new(Arc::clone(gateways), 0);
    let reply = connection.send(claims.look()).await;
    let sale = reply.map(|reply| serde_json::from_slice::<Sale>(&reply.body));
    sale.map_or(0, |sale| sale.map_or(0, |sale| sale.stock_left))
}
