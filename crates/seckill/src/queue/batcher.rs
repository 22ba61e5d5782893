//! Serving a counter: one call of the gate and one transaction at a time; claims that
//! come meanwhile make the next batch. No timer gathers a batch.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use fail::fail_point;
use stampede_kernel::{OrderId, SaleId};
use tokio::time::Instant;

use super::Counter;
use super::in_flight::Flight;
use crate::commit::Outcome;
use crate::config::Config;
use crate::gate::{Batch, BatchId, End, Epoch, Gate, GateError, Taken, TicketId};
use crate::sale::SaleError;

/// How long the batcher waits after gate or database did not answer, and after an
/// attempt that changed nothing.
const PAUSE: Duration = Duration::from_millis(50);
/// Attempts of one batch without a pause: the gate may be loaded anew under it.
const QUICK: u32 = 4;
/// Of so many attempts that fail, one is logged: about one a second.
const LOGGED: u32 = 20;

impl Counter {
    /// Serves batch after batch, until the counter is closed. Served again while it is
    /// served, it waits for its turn.
    pub(crate) async fn serve(self: Arc<Self>) {
        let _turn = self.serving.lock().await;
        while let Some(batch) = self.queue.batch().await {
            self.fly(&Flight::of(batch)).await;
        }
    }

    /// Serves one batch, and tells those who wait too long, also in the queue.
    async fn fly(&self, flight: &Flight) {
        let flying = self.settle(flight);
        tokio::pin!(flying);
        loop {
            let now = Instant::now();
            let until = flight.until().or(self.queue.until());
            let until = until.unwrap_or(now + self.ground.settings.ack_within);
            tokio::select! {
                () = &mut flying => return,
                () = tokio::time::sleep_until(until) => {
                    flight.lapse(Instant::now());
                    self.queue.lapse(Instant::now());
                }
            }
        }
    }

    /// Until every claim of the batch has an outcome, or has gone without. A claim
    /// that is still open after an attempt at the same epoch is not asked about again
    /// at once, nor after many epochs in a row: what hinders it may be here to stay.
    async fn settle(&self, flight: &Flight) {
        let mut config = self.known();
        for attempt in 1_u32.. {
            let next = self.attempt(flight, &config).await;
            flight.lapse(Instant::now());
            let pauses = match next {
                Ok(fresh) => {
                    let moved = fresh.epoch != config.epoch;
                    config = fresh;
                    !moved || attempt >= QUICK
                }
                Err(error) => {
                    if attempt % LOGGED == 1 {
                        tracing::warn!(%error, attempt, sale = self.sale.0, "a batch waits");
                    }
                    true
                }
            };
            if flight.is_over() {
                return;
            }
            if pauses {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Asks the gate and commits whom it admits; gives the config to go on with.
    async fn attempt(
        &self,
        flight: &Flight,
        config: &Arc<Config>,
    ) -> Result<Arc<Config>, SaleError> {
        if config.closed_at.is_some() {
            flight.close();
            return Ok(Arc::clone(config));
        }
        let id = BatchId::new();
        let claims = flight.ask();
        let batch = Batch {
            id,
            claims: &claims,
        };
        let taken = match self.take(config.epoch, batch).await {
            Ok(taken) => taken,
            Err(error) => {
                flight.unanswered();
                self.recover(config.epoch, error).await?;
                return self.align().await;
            }
        };
        fail_point!("sale.taken");
        let admitted = flight.judged(&taken, config.closes_at());
        flight.lapse(Instant::now());
        if !admitted.is_empty() {
            let tickets: Vec<_> = admitted.iter().map(|intent| intent.ticket).collect();
            let ended = self.ground.commit(config, admitted).await;
            self.report(id, config.epoch, &tickets, &ended.outcomes);
            flight.committed(ended.outcomes);
            flight.leave(&ended.stuck);
            if ended.astray {
                tracing::error!(sale = self.sale.0, "the gate admitted more than there is");
                self.rebuild().await?;
            }
            if let Some(error) = ended.away {
                return Err(error);
            }
            if ended.fenced || ended.astray {
                return self.align().await;
            }
        }
        self.heed(config.epoch, &taken).await;
        Ok(Arc::clone(config))
    }

    /// Tells the gate what became of a batch; nobody waits for that. What is lost
    /// here is found by the sweep.
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
        let gate = Arc::clone(&self.ground.partners.gate);
        let sale = self.sale;
        tokio::spawn(async move {
            fail_point!("sale.done");
            let told = tell(gate.as_ref(), (sale, epoch), batch, &refused, &orders).await;
            if let Err(error) = told {
                tracing::debug!(%error, sale = sale.0, "a batch stays open at the gate");
            }
        });
    }

    /// Puts the sold-out mark up, or takes it down.
    async fn heed(&self, epoch: Epoch, taken: &Taken) {
        if self.mark.heed(epoch, taken) || taken.left > 0 {
            return;
        }
        match self.ground.partners.gate.known(self.sale, epoch).await {
            Ok(known) => {
                let now = self.ground.clock.now();
                self.mark.set(epoch, taken, known, now);
            }
            Err(error) => {
                if let Err(error) = self.recover(epoch, error).await {
                    tracing::debug!(%error, "who has a ticket is not known");
                }
            }
        }
    }

    /// After the gate has failed at `epoch`: one that is at that epoch and fences all
    /// the same has lost something, and is loaded anew. At another epoch nothing is
    /// done here.
    ///
    /// # Errors
    ///
    /// When the gate cannot be reached, or the database fails.
    pub(super) async fn recover(&self, epoch: Epoch, error: GateError) -> Result<(), SaleError> {
        match error {
            GateError::Fenced { at } if at == epoch => {
                self.ground.rebuild(self.sale, epoch, at).await
            }
            GateError::Fenced { .. } => Ok(()),
            unreachable @ GateError::Unreachable(_) => Err(unreachable.into()),
        }
    }
}

fn refused((ticket, outcome): (&TicketId, &Outcome)) -> Option<(TicketId, End)> {
    match outcome {
        Outcome::Refused(refusal) => Some((*ticket, End::Refused(*refusal))),
        Outcome::Booked(_) | Outcome::Ordered(_) | Outcome::Reused => None,
    }
}

async fn tell(
    gate: &dyn Gate,
    (sale, epoch): (SaleId, Epoch),
    batch: BatchId,
    refused: &[(TicketId, End)],
    orders: &[(TicketId, Option<OrderId>)],
) -> Result<(), GateError> {
    if !refused.is_empty() {
        gate.give(sale, epoch, refused).await?;
    }
    gate.done(sale, epoch, batch, orders).await?;
    Ok(())
}
