//! The dependency container: services by type, real ones in the shop, fakes in tests.

use std::sync::Arc;

use actix_web::web;

type Registration = Arc<dyn Fn(&mut web::ServiceConfig) + Send + Sync>;

/// The services that an application registers as `web::Data`.
#[derive(Clone, Default)]
pub struct Services(Vec<Registration>);

impl Services {
    /// An empty container.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a service: a handler extracts it as `web::Data<T>`. For a trait, `with::<dyn
    /// Trait>(service)`.
    #[must_use]
    pub fn with<T: ?Sized + Send + Sync + 'static>(mut self, service: Arc<T>) -> Self {
        self.0.push(Arc::new(move |config| {
            config.app_data(web::Data::from(Arc::clone(&service)));
        }));
        self
    }

    /// Registers all services with an application.
    pub fn register(&self, config: &mut web::ServiceConfig) {
        for register in &self.0 {
            register(config);
        }
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Services").field(&self.0.len()).finish()
    }
}
