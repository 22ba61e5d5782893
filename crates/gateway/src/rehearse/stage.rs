//! Where a rehearsal is played: at gateways that were named, at the shop that
//! runs with these settings, or at a shop of its own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use hyper::StatusCode;

use super::claims::plain;
use super::client::{Line, Target};
use super::own::OwnShop;
use super::{Asked, Cannot};
use crate::settings::{Profile, Server, Settings};

/// Where it is played.
pub(crate) struct Stage {
    /// Of the shop.
    pub(crate) settings: Settings,
    /// Its gateways.
    pub(crate) targets: Arc<[Target]>,
    /// It ends with the stage.
    own: Option<OwnShop>,
}

impl Stage {
    /// Looks for the shop, and opens one if there is none.
    ///
    /// # Errors
    ///
    /// [`Cannot`] when a URL is none, or no shop can be opened.
    pub(crate) async fn find(asked: &Asked, settings: Settings) -> Result<Self, Cannot> {
        let mut targets = Vec::new();
        for url in &asked.urls {
            targets.push(Target::parse(url).await?);
        }
        if targets.is_empty() {
            let here = Target::at(address(&settings.server));
            if !is_shop(&here).await? {
                return Self::own(OwnShop::open().await?);
            }
            targets.push(here);
        }
        if settings.profile == Profile::Production && !asked.yes {
            return Err(Cannot::Production);
        }
        let targets = targets.into();
        // The demo's goods are for whoever opens it.
        let settings = Settings {
            demo: false,
            ..settings
        };
        Ok(Self {
            settings,
            targets,
            own: None,
        })
    }

    fn own(shop: OwnShop) -> Result<Self, Cannot> {
        Ok(Self {
            settings: shop.settings()?,
            targets: [shop.target.clone()].into(),
            own: Some(shop),
        })
    }

    /// Whether the shop is only there for the rehearsal.
    pub(crate) fn is_own(&self) -> bool {
        self.own.is_some()
    }
}

/// Where a shop with these settings can be reached from here.
fn address(server: &Server) -> SocketAddr {
    let host = match server.host {
        IpAddr::V4(any) if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(any) if any.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        host => host,
    };
    SocketAddr::new(host, server.port)
}

/// Whether a shop listens there.
async fn is_shop(target: &Target) -> Result<bool, Cannot> {
    let mut line = Line::new([target.clone()].into(), 0);
    match line.ask(plain("/readyz")).await {
        Ok(reply) if reply.status == StatusCode::SERVICE_UNAVAILABLE => {
            Err(Cannot::NotReady(target.url.clone()))
        }
        Ok(reply) => Ok(reply.status == StatusCode::OK),
        Err(_) => Ok(false),
    }
}
