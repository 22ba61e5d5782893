//! The tools of the admin console: `stampede audit` and `stampede rehearse`, inside the shop.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use stampede_gateway::{RehearsalPlan, Rehearser, Shop, Tools};
use stampede_persistence::audit_run::{AuditOutcome, Auditor};
use stampede_rehearsal::{Gateway, Options, Target, default_rate, play};
use stampede_settings::{Profile, Settings};
use tokio::runtime::Handle;

use super::{audit, rehearse};

/// Connections of a rehearsal at most: they come from this process, too.
const CONNECTIONS: usize = 256;

/// The tools of one process.
pub(super) struct Console {
    settings: Settings,
    services: stampede_rehearsal::Shop,
    /// Where this process listens, once it does.
    at: OnceLock<SocketAddr>,
}

impl Console {
    /// The tools of `shop`.
    pub(super) fn of(shop: &Shop) -> Arc<Self> {
        Arc::new(Self {
            settings: shop.settings.clone(),
            services: rehearse::services(shop),
            at: OnceLock::new(),
        })
    }

    /// What the shop is given: a rehearsal writes users, orders and a sale, so only in
    /// development.
    pub(super) fn tools(self: &Arc<Self>) -> Tools {
        let auditor: Arc<dyn Auditor> = self.clone();
        let development = self.settings.profile == Profile::Development;
        let rehearser =
            development.then(|| -> Arc<dyn Rehearser> { Arc::new(Stage(self.clone())) });
        Tools {
            auditor: Some(auditor),
            rehearser,
        }
    }

    /// Says where this process listens.
    pub(super) fn listens_at(&self, port: u16) {
        let mut at = rehearse::address(&self.settings.server);
        at.set_port(port);
        // Said once.
        let _ = self.at.set(at);
    }

    fn target(&self) -> Result<Target, String> {
        let at = self.at.get().ok_or("the shop does not listen yet")?;
        Ok(Target {
            gateways: [Gateway::at(*at)].into(),
            metrics: rehearse::metrics_of(&self.settings).into_iter().collect(),
            is_ephemeral: false,
            token_lifetime: Duration::from_secs(self.settings.auth.access_ttl_secs),
        })
    }

    async fn play(&self, plan: RehearsalPlan) -> Result<Value, String> {
        let options = Options {
            users: plan.users,
            stock: plan.stock,
            limit: 1,
            rate: plan.rate.unwrap_or_else(|| default_rate(plan.users)),
            connections: CONNECTIONS,
            visitors: 0,
            shows_progress: false,
        };
        let audit = async || audit::verdict(&self.settings).await;
        let target = self.target()?;
        // Boxed, as the command's: the compiler follows futures in futures only so deep.
        let report = Box::pin(play(&options, &target, &self.services, audit)).await;
        let report = report.map_err(|error| error.to_string())?;
        serde_json::to_value(report).map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Auditor for Console {
    async fn audit(&self) -> Result<AuditOutcome, String> {
        let found = audit::verdict(&self.settings).await?;
        Ok(AuditOutcome {
            clean: found.breaches == 0,
            report: found.report,
        })
    }
}

/// Rehearsals, each on a thread of its own that keeps no request waiting.
struct Stage(Arc<Console>);

#[async_trait]
impl Rehearser for Stage {
    async fn rehearse(&self, plan: RehearsalPlan) -> Result<Value, String> {
        let (console, runtime) = (Arc::clone(&self.0), Handle::current());
        let playing = tokio::task::spawn_blocking(move || runtime.block_on(console.play(plan)));
        playing.await.unwrap_or_else(|error| Err(error.to_string()))
    }
}
