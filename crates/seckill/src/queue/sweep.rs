//! The sweep recovers orphaned batches: claims that a process admitted at the gate
//! and did not commit before it died.

use std::sync::PoisonError;
use std::time::Duration;

use stampede_kernel::{Language, Timestamp};
use tokio::time::Instant;

use super::SaleQueue;
use crate::commit::Intent;
use crate::config::Config;
use crate::gate::{
    Batch, BatchId, Claim, Entry, EntryState, Fingerprint, GateError, TicketId, Verdict,
};
use crate::sale::SaleError;

/// The age from which an open batch counts as orphaned. It is measured by this
/// process's clock from the sweep that first saw the batch, so that no two clocks
/// are compared.
const ORPHAN_AFTER: Duration = Duration::from_secs(2);

impl SaleQueue {
    /// Commits the batches that have been open at the gate for two sweeps and
    /// two seconds.
    ///
    /// A batch that fails does not delay the others.
    ///
    /// # Errors
    ///
    /// When gate or database do not answer; the next sweep tries again.
    pub(crate) async fn sweep(&self, config: &Config) -> Result<(), SaleError> {
        let gate = &self.context.dependencies.gate;
        let open = match gate.open_batches(self.sale, config.epoch).await {
            Ok(open) => open,
            Err(error) => return self.recover(config.epoch, error).await,
        };
        let mut swept = Ok(());
        for (batch, tickets) in self.orphaned(open) {
            tracing::info!(
                sale = self.sale.0,
                tickets = tickets.len(),
                "a batch is adopted"
            );
            let adopted = self.commit_orphan(config, batch, &tickets).await;
            swept = swept.and(adopted);
        }
        swept
    }

    /// Filters the open batches for orphaned ones.
    fn orphaned(&self, open: Vec<(BatchId, Vec<TicketId>)>) -> Vec<(BatchId, Vec<TicketId>)> {
        let now = Instant::now();
        let mut orphans = self.orphans.lock().unwrap_or_else(PoisonError::into_inner);
        orphans.retain(|batch, _| open.iter().any(|(id, _)| id == batch));
        open.into_iter()
            .filter(|(batch, _)| {
                let since = *orphans.entry(*batch).or_insert(now);
                now.duration_since(since) >= ORPHAN_AFTER
            })
            .collect()
    }

    async fn commit_orphan(
        &self,
        config: &Config,
        batch: BatchId,
        tickets: &[TicketId],
    ) -> Result<(), SaleError> {
        let pending = match self.pending(config, tickets).await {
            Ok(pending) => pending,
            Err(error) => return self.recover(config.epoch, error).await,
        };
        let pending = self.context.in_user_languages(pending).await?;
        let ended = self.context.commit(config, pending).await;
        self.report(batch, config.epoch, tickets, &ended.outcomes);
        if ended.over_admitted {
            self.rebuild().await?;
        }
        ended.away.map_or(Ok(()), Err)
    }

    /// Reads the intents of those tickets that are pending at the gate.
    pub(crate) async fn pending(
        &self,
        config: &Config,
        tickets: &[TicketId],
    ) -> Result<Vec<Intent>, GateError> {
        let claims: Vec<_> = tickets.iter().map(|ticket| question(*ticket)).collect();
        let asked = Batch {
            id: BatchId::new(),
            claims: &claims,
        };
        let gate = &self.context.dependencies.gate;
        let taken = gate.take(self.sale, config.epoch, asked).await?;
        let language = self.context.settings.language;
        let intents = tickets.iter().zip(&taken.verdicts);
        Ok(intents
            .filter_map(|(ticket, verdict)| match verdict {
                Verdict::Known(entry) => intent(*ticket, entry, language, taken.now),
                _ => None,
            })
            .collect())
    }
}

/// A claim of 0 units, which reads a ticket and changes nothing.
fn question(ticket: TicketId) -> Claim {
    Claim {
        ticket,
        user: stampede_kernel::UserId(0),
        units: 0,
        fingerprint: Fingerprint([0; 8]),
        address: None,
        delivery: None,
        config_version: 0,
    }
}

/// The intent of a pending ticket; `None` for any other.
fn intent(
    ticket: TicketId,
    entry: &Entry,
    language: Language,
    admitted_at: Timestamp,
) -> Option<Intent> {
    let EntryState::Pending {
        address,
        delivery,
        config_version,
    } = entry.state
    else {
        return None;
    };
    Some(Intent {
        ticket,
        user: entry.user,
        units: entry.units,
        fingerprint: entry.fingerprint,
        address,
        delivery,
        config_version,
        language,
        admitted_at,
    })
}
