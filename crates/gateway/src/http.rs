//! The HTTP application: services, routes and middleware.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, web};
use stampede_http::client::TrustedProxies;
use stampede_http::form;
use stampede_http::middleware::{
    BodyTimeout, CrossOrigin, RateLimits, body_timeout, catch_panics, cors, errors_to_problems,
    head_as_get, rate_limit, record_metrics, request_id, request_span, security_headers,
};
use stampede_http::origin::PublicUrl;
use stampede_http::recheck::Recheck;
use stampede_http::server::track;
use stampede_http::services::Services;
use stampede_settings::Settings;

use crate::auth::TokenRecheck;
use crate::cache::serve_cached;
use crate::language::Languages;
use crate::quotas::Quotas;
use crate::routes::{self, Document};

/// The parts that every worker thread builds its application from.
#[derive(Debug, Clone)]
pub struct Http {
    services: Services,
    cors: Vec<String>,
}

impl Http {
    /// An application with `services`, under the limits of `settings`.
    pub fn new(services: Services, settings: &Settings) -> Self {
        let server = &settings.server;
        let services = if server.cors.is_empty() {
            services
        } else {
            services.with(Arc::new(CrossOrigin))
        };
        let services = services
            .with::<dyn Recheck>(Arc::new(TokenRecheck))
            .with(Arc::new(Document::new()))
            .with(Arc::new(Languages::of(settings.shop.language)))
            .with(Arc::new(PublicUrl(server.public_url.clone())))
            .with(Arc::new(TrustedProxies(server.trusted_proxies.clone())))
            .with(Arc::new(BodyTimeout {
                within: Duration::from_secs(server.body_timeout_secs),
                bytes_per_sec: server.min_bytes_per_sec,
            }))
            .with(Arc::new(RateLimits::new(
                server.rate_per_user,
                server.rate_per_address,
                Arc::new(Quotas),
            )));
        Self {
            services,
            cors: server.cors.clone(),
        }
    }

    /// Builds the application of one worker. The middleware that is wrapped last sees a request
    /// first.
    pub fn app(
        &self,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<impl MessageBody + use<>>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        App::new()
            .configure(|config| self.services.register(config))
            .app_data(form::config())
            .configure(routes::configure)
            .default_service(web::to(routes::refuse))
            .wrap(from_fn(body_timeout))
            .wrap(from_fn(rate_limit))
            .wrap(from_fn(catch_panics))
            .wrap(Compress::default())
            .wrap(cors(&self.cors))
            .wrap(from_fn(errors_to_problems))
            .wrap(from_fn(security_headers))
            .wrap(from_fn(record_metrics))
            .wrap(from_fn(request_span))
            .wrap(from_fn(serve_cached))
            .wrap(from_fn(head_as_get))
            .wrap(from_fn(request_id::assign))
            .wrap(from_fn(track))
    }
}
