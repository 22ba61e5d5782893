//! The batcher serves a queue: one gate call at a time, and two batches in flight, so that
//! a batch is admitted and drafted while the one before it is committed. Claims that
//! arrive meanwhile are the next batch; no timer delays a batch.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use fail::fail_point;
use stampede_kernel::{OrderId, SaleId};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use super::SaleQueue;
use super::in_flight::InFlightBatch;
use crate::commit::Outcome;
use crate::config::Config;
use crate::gate::{Batch, BatchId, Epoch, Gate, GateError, Taken, TicketEnd, TicketId};
use crate::sale::SaleError;

/// Batches of a sale that a process serves at the same time: while one is committed, the
/// next is admitted and drafted.
const IN_FLIGHT: usize = 2;
/// The pause after the gate or the database did not answer, and after an attempt
/// that changed nothing.
const PAUSE: Duration = Duration::from_millis(50);
/// Attempts of one batch without a pause, since a rebuild of the gate may fence the
/// first ones.
const IMMEDIATE_ATTEMPTS: u32 = 4;
/// One in this many failed attempts is logged: about one a second.
const LOG_EVERY: u32 = 20;

impl SaleQueue {
    /// Serves batch after batch until the queue is closed. A second call waits
    /// until the first one ends.
    ///
    /// # Panics
    ///
    /// When serving a batch panics, after the other batch in flight has ended with it.
    pub(crate) async fn serve(self: Arc<Self>) {
        let _turn = self.serving.lock().await;
        let mut in_flight = JoinSet::new();
        loop {
            tokio::select! {
                Some(served) = in_flight.join_next() => propagate(served),
                batch = self.claims.batch(), if in_flight.len() < IN_FLIGHT => {
                    let Some(batch) = batch else { break };
                    let queue = Arc::clone(&self);
                    in_flight.spawn(async move { queue.serve_batch(&InFlightBatch::of(batch)).await });
                }
            }
        }
        while let Some(served) = in_flight.join_next().await {
            propagate(served);
        }
    }

    /// Serves one batch, and answers claims whose deadline passes meanwhile,
    /// also those in the queue.
    async fn serve_batch(&self, in_flight: &InFlightBatch) {
        let work = self.settle(in_flight);
        tokio::pin!(work);
        loop {
            let now = Instant::now();
            let deadline = in_flight.deadline().or(self.claims.deadline());
            let deadline = deadline.unwrap_or(now + self.context.settings.ack_within);
            tokio::select! {
                () = &mut work => return,
                () = tokio::time::sleep_until(deadline) => {
                    in_flight.expire(Instant::now());
                    self.claims.expire(Instant::now());
                }
            }
        }
    }

    /// Retries a batch until every claim of it is finished. There is a pause
    /// before the next attempt if the epoch did not change, or changed several
    /// times in a row, since the obstacle may last.
    async fn settle(&self, in_flight: &InFlightBatch) {
        let mut config = self.known();
        for attempt in 1_u32.. {
            let next = self.attempt(in_flight, &config).await;
            in_flight.expire(Instant::now());
            let pauses = match next {
                Ok(fresh) => {
                    let moved = fresh.epoch != config.epoch;
                    config = fresh;
                    !moved || attempt >= IMMEDIATE_ATTEMPTS
                }
                Err(error) => {
                    if attempt % LOG_EVERY == 1 {
                        tracing::warn!(%error, attempt, sale = self.sale.0, "a batch waits");
                    }
                    true
                }
            };
            if in_flight.is_over() {
                return;
            }
            if pauses {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Sends the batch to the gate and commits the admitted claims. Returns the
    /// configuration for the next attempt.
    async fn attempt(
        &self,
        in_flight: &InFlightBatch,
        config: &Arc<Config>,
    ) -> Result<Arc<Config>, SaleError> {
        if config.closed_at.is_some() {
            in_flight.close();
            return Ok(Arc::clone(config));
        }
        let id = BatchId::new();
        let taken = match self.admit(id, in_flight, config.epoch).await {
            Ok(taken) => taken,
            Err(error) => {
                in_flight.unanswered();
                self.recover(config.epoch, error).await?;
                return self.resync().await;
            }
        };
        fail_point!("sale.taken");
        let admitted = in_flight.judged(&taken, config.closes_at());
        in_flight.expire(Instant::now());
        if !admitted.is_empty() {
            let tickets: Vec<_> = admitted.iter().map(|intent| intent.ticket).collect();
            let ended = self.context.commit(config, admitted).await;
            self.report(id, config.epoch, &tickets, &ended.outcomes);
            let began = Instant::now();
            in_flight.committed(ended.outcomes);
            in_flight.leave(&ended.stuck);
            metrics::histogram!("stampede_sale_answer_seconds").record(began.elapsed());
            if ended.fenced || ended.over_admitted {
                self.sold_out.drop();
            }
            if ended.over_admitted {
                tracing::error!(sale = self.sale.0, "the gate admitted more than there is");
                self.rebuild().await?;
            }
            if let Some(error) = ended.away {
                return Err(error);
            }
            if ended.fenced || ended.over_admitted {
                return self.resync().await;
            }
        }
        Ok(Arc::clone(config))
    }

    /// Sends the batch to the gate, after the batches before it.
    async fn admit(
        &self,
        id: BatchId,
        in_flight: &InFlightBatch,
        epoch: Epoch,
    ) -> Result<Taken, GateError> {
        let _turn = self.at_gate.lock().await;
        let claims = in_flight.ask();
        metrics::histogram!("stampede_sale_batch_size").record(count(claims.len()));
        let began = Instant::now();
        let batch = Batch {
            id,
            claims: &claims,
        };
        let taken = self.take(epoch, batch).await?;
        metrics::histogram!("stampede_sale_gate_seconds").record(began.elapsed());
        self.observe_sold_out(epoch, &taken).await;
        Ok(taken)
    }

    /// Reports the outcomes of a batch to the gate, in the background. If the
    /// report is lost, the sweep finds the batch.
    pub(super) fn report(
        &self,
        batch: BatchId,
        epoch: Epoch,
        tickets: &[TicketId],
        outcomes: &HashMap<TicketId, Outcome>,
    ) {
        let refused: Vec<_> = outcomes.iter().filter_map(refused).collect();
        let order = |ticket: &TicketId| outcomes.get(ticket).and_then(Outcome::order);
        let orders: Vec<_> = tickets.iter().map(|one| (*one, order(one))).collect();
        let gate = Arc::clone(&self.context.dependencies.gate);
        let sale = self.sale;
        tokio::spawn(async move {
            fail_point!("sale.done");
            let told = acknowledge(gate.as_ref(), (sale, epoch), batch, &refused, &orders).await;
            if let Err(error) = told {
                tracing::debug!(%error, sale = sale.0, "a batch stays open at the gate");
            }
        });
    }

    /// Updates the sold-out cache with an answer of the gate.
    async fn observe_sold_out(&self, epoch: Epoch, taken: &Taken) {
        if self.sold_out.observe(epoch, taken) || taken.left > 0 {
            return;
        }
        match self.context.dependencies.gate.known(self.sale, epoch).await {
            Ok(known) => {
                let now = self.context.clock.now();
                self.sold_out.set(epoch, taken, known, now);
            }
            Err(error) => {
                if let Err(error) = self.recover(epoch, error).await {
                    tracing::debug!(%error, "who has a ticket is not known");
                }
            }
        }
    }

    /// Handles a failed gate call. A gate that is at `epoch` and is fenced all
    /// the same has lost data, and is rebuilt. Nothing is done when it is at
    /// another epoch.
    ///
    /// # Errors
    ///
    /// When the gate cannot be reached, or the database fails.
    pub(super) async fn recover(&self, epoch: Epoch, error: GateError) -> Result<(), SaleError> {
        match error {
            GateError::Fenced { at } if at == epoch => {
                self.context.rebuild(self.sale, epoch, at).await
            }
            GateError::Fenced { .. } => Ok(()),
            unreachable @ GateError::Unreachable(_) => Err(unreachable.into()),
        }
    }
}

/// Panics as the task did, so that the queue is served again from the start.
fn propagate(served: Result<(), JoinError>) {
    if let Err(error) = served
        && let Ok(panic) = error.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
}

fn count(claims: usize) -> f64 {
    u32::try_from(claims).map_or(f64::INFINITY, f64::from)
}

fn refused((ticket, outcome): (&TicketId, &Outcome)) -> Option<(TicketId, TicketEnd)> {
    match outcome {
        Outcome::Refused(refusal) => Some((*ticket, TicketEnd::Refused(*refusal))),
        Outcome::Booked(_) | Outcome::Ordered(_) | Outcome::Reused => None,
    }
}

async fn acknowledge(
    gate: &dyn Gate,
    (sale, epoch): (SaleId, Epoch),
    batch: BatchId,
    refused: &[(TicketId, TicketEnd)],
    orders: &[(TicketId, Option<OrderId>)],
) -> Result<(), GateError> {
    if !refused.is_empty() {
        gate.give(sale, epoch, refused).await?;
    }
    gate.done(sale, epoch, batch, orders).await?;
    Ok(())
}
