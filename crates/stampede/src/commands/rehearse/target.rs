//! The target of a rehearsal: the named gateways, the shop that runs with these settings, or an
//! ephemeral server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use stampede_rehearsal::{Gateway, Target};
use stampede_settings::{Metrics, Profile, Server, Settings};

use super::ephemeral_server::EphemeralServer;
use crate::commands::CommandError;

/// The gateways and settings of the target.
pub(super) struct ResolvedTarget {
    /// Settings of the shop.
    pub(super) settings: Settings,
    gateways: Arc<[Gateway]>,
    /// Where they serve `/metrics`, as far as that is known.
    metrics: Vec<Gateway>,
    /// The ephemeral server, which stops with the rehearsal.
    own: Option<EphemeralServer>,
}

impl ResolvedTarget {
    /// The gateways at `urls`; without any, the shop that runs with these settings; without
    /// that, an ephemeral server. `yes` allows production.
    ///
    /// # Errors
    ///
    /// [`CommandError::RehearsalFailed`] when a URL is invalid, or no server can be started.
    pub(super) async fn resolve(
        urls: &[String],
        yes: bool,
        settings: Settings,
    ) -> Result<Self, CommandError> {
        let mut gateways = Vec::new();
        let mut metrics = Vec::new();
        for url in urls {
            gateways.push(Gateway::parse(url).await.map_err(unplayed)?);
        }
        if gateways.is_empty() {
            let here = Gateway::at(address(&settings.server));
            if !here.is_shop().await.map_err(unplayed)? {
                return Self::own(EphemeralServer::open().await?);
            }
            gateways.push(here);
            metrics.extend(metrics_of(&settings));
        }
        if settings.profile == Profile::Production && !yes {
            return Err(unplayed(
                "this is production: a rehearsal writes users, orders and a sale into it; say --yes",
            ));
        }
        // The demo's goods are for whoever opens it.
        let settings = Settings {
            demo: false,
            ..settings
        };
        Ok(Self {
            settings,
            gateways: gateways.into(),
            metrics,
            own: None,
        })
    }

    fn own(shop: EphemeralServer) -> Result<Self, CommandError> {
        let settings = shop.settings()?;
        Ok(Self {
            metrics: metrics_of(&settings).into_iter().collect(),
            settings,
            gateways: [shop.target.clone()].into(),
            own: Some(shop),
        })
    }

    /// The gateways for the load generator.
    pub(super) fn target(&self) -> Target {
        Target {
            gateways: Arc::clone(&self.gateways),
            metrics: self.metrics.clone(),
            is_ephemeral: self.own.is_some(),
            token_lifetime: Duration::from_secs(self.settings.auth.access_ttl_secs),
        }
    }
}

/// The error of a rehearsal that could not run.
pub(super) fn unplayed(why: impl std::fmt::Display) -> CommandError {
    CommandError::RehearsalFailed(why.to_string())
}

/// Where a shop with these settings serves `/metrics`; `None` when that is off.
pub(in crate::commands) fn metrics_of(settings: &Settings) -> Option<Gateway> {
    let Metrics { host, port } = settings.metrics;
    (port > 0).then(|| Gateway::at(SocketAddr::new(reachable(host), port)))
}

/// The address at which this machine reaches a shop with these settings.
pub(in crate::commands) fn address(server: &Server) -> SocketAddr {
    SocketAddr::new(reachable(server.host), server.port)
}

/// The address at which this machine reaches what listens at `host`.
fn reachable(host: IpAddr) -> IpAddr {
    match host {
        IpAddr::V4(any) if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(any) if any.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        host => host,
    }
}
