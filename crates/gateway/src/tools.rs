//! What the shop does to itself on the word of an admin: it audits its books, and rehearses a
//! sale. Both are commands of the binary, which hands them in: the gateway knows no rehearsal.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::Value;
use stampede_api::rehearsal::RehearsalRun;
use stampede_http::services::Services;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{Clock, Refusal, Refuse, Timestamp};
use stampede_persistence::Database;
use stampede_persistence::audit_run::{Auditor, Audits};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::codes::REHEARSAL_RUNNING;

/// Rehearsals that this process remembers.
const KEPT: usize = 10;
/// Rehearses a flash sale in this shop.
#[async_trait]
pub trait Rehearser: Send + Sync {
    /// Plays the sale and returns the object that `stampede rehearse --json` prints.
    ///
    /// # Errors
    ///
    /// The reason why it could not be played.
    async fn rehearse(&self, plan: RehearsalPlan) -> Result<Value, String>;
}

/// A rehearsal to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RehearsalPlan {
    /// Users who come.
    pub users: u32,
    /// Units there are for them.
    pub stock: u32,
    /// Claims per second; all within two seconds when absent.
    pub rate: Option<u32>,
}

/// The tools of a process; a process without them can neither audit nor rehearse.
#[derive(Clone, Default)]
pub struct Tools {
    /// Audits the books.
    pub auditor: Option<Arc<dyn Auditor>>,
    /// Rehearses a sale: only where development is the profile.
    pub rehearser: Option<Arc<dyn Rehearser>>,
}

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tools").finish_non_exhaustive()
    }
}

/// Registers the tools with the HTTP application.
pub(crate) fn register(
    services: Services,
    tools: &Tools,
    db: &Database,
    clock: &Arc<dyn Clock>,
) -> Services {
    let audits = Audits::new(db.clone(), Arc::clone(clock), tools.auditor.clone());
    let rehearsals = Rehearsals::new(Arc::clone(clock), tools.rehearser.clone());
    services.with(Arc::new(audits)).with(Arc::new(rehearsals))
}

/// A rehearsal, running or ended.
#[derive(Debug, Clone)]
pub(crate) struct Rehearsal {
    pub(crate) id: Uuid,
    pub(crate) plan: RehearsalPlan,
    pub(crate) started_at: Timestamp,
    /// When it ended, with its report or the reason why it could not be played.
    pub(crate) ended: Option<(Timestamp, Result<Value, String>)>,
}

impl Rehearsal {
    /// The rehearsal for the API to tell.
    pub(crate) fn into_run(self) -> RehearsalRun {
        RehearsalRun {
            id: self.id,
            users: self.plan.users,
            stock: self.plan.stock,
            started_at: self.started_at,
            ended: self.ended,
        }
    }
}

/// Why no rehearsal starts, or none is shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RehearsalError {
    /// This process rehearses nothing, or does not know the rehearsal.
    #[error("there is no such rehearsal")]
    NotFound,
    /// One is running.
    #[error("a rehearsal is running already")]
    Running,
}

impl Refuse for RehearsalError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Running => Refusal::because(REHEARSAL_RUNNING, self),
        }
    }
}

/// The rehearsals of this process, one at a time; a restart forgets them.
pub(crate) struct Rehearsals {
    clock: Arc<dyn Clock>,
    rehearser: Option<Arc<dyn Rehearser>>,
    runtime: Handle,
    /// Oldest first.
    runs: Mutex<Vec<Rehearsal>>,
}

impl Rehearsals {
    /// Rehearsals that run beside the requests, on the runtime that calls this.
    pub(crate) fn new(clock: Arc<dyn Clock>, rehearser: Option<Arc<dyn Rehearser>>) -> Self {
        Self {
            clock,
            rehearser,
            runtime: Handle::current(),
            runs: Mutex::default(),
        }
    }

    /// Starts a rehearsal.
    pub(crate) fn start(
        self: &Arc<Self>,
        plan: RehearsalPlan,
    ) -> Result<Rehearsal, RehearsalError> {
        let rehearser = self.rehearser.clone().ok_or(RehearsalError::NotFound)?;
        let rehearsal = Rehearsal {
            id: Uuid::now_v7(),
            plan,
            started_at: self.clock.now(),
            ended: None,
        };
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if runs.iter().any(|run| run.ended.is_none()) {
            return Err(RehearsalError::Running);
        }
        if runs.len() == KEPT {
            runs.remove(0);
        }
        runs.push(rehearsal.clone());
        let playing = Arc::clone(self).play(rehearser, rehearsal.clone());
        self.runtime.spawn(playing);
        Ok(rehearsal)
    }

    /// The rehearsal of this id.
    pub(crate) fn get(&self, id: Uuid) -> Result<Rehearsal, RehearsalError> {
        let runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = runs.iter().find(|run| run.id == id).cloned();
        known.ok_or(RehearsalError::NotFound)
    }

    async fn play(self: Arc<Self>, rehearser: Arc<dyn Rehearser>, rehearsal: Rehearsal) {
        let plan = rehearsal.plan;
        // A task of its own: one that panics has ended, too.
        let playing = tokio::spawn(async move { rehearser.rehearse(plan).await });
        let outcome = playing.await.unwrap_or_else(|error| Err(error.to_string()));
        let ended = (self.clock.now(), outcome);
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = runs.iter_mut().find(|run| run.id == rehearsal.id) {
            run.ended = Some(ended);
        }
    }
}
