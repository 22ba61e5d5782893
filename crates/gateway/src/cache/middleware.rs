//! The response cache middleware: answers cache hits before routing.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use stampede_api::LanguagePreferences;
use stampede_api::product::ListQuery;
use stampede_catalog::ProductService;
use stampede_http::accept_language::accept_language;
use stampede_http::middleware::{
    CacheHitMetrics, CrossOrigin, RateLimits, add_security_headers, request_id, wants_body,
};
use stampede_http::path;
use stampede_kernel::{Language, ProductId};

use super::{Key, ResponseCache, Subject};
use crate::pages;

/// The dependencies of [`serve_cached`].
#[derive(Clone)]
pub(crate) struct CacheMiddleware {
    responses: ResponseCache,
    products: Arc<dyn ProductService>,
    /// The shop's own language.
    language: Language,
    metrics: HitMetrics,
}

/// The metrics of each route with cached responses.
#[derive(Clone, Default)]
struct HitMetrics(Arc<RwLock<HashMap<&'static str, CacheHitMetrics>>>);

/// A response that needs no routing.
struct Ready {
    answer: HttpResponse,
    route: &'static str,
    /// The product that is looked at.
    product: Option<ProductId>,
}

/// Middleware that answers a public GET from the cache and passes every other request on.
///
/// Requests with a token are passed on, because admins get other responses; so are requests
/// with an `Origin`, whose responses need CORS headers.
pub(crate) async fn serve_cached(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    match answer(&request).await {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

async fn answer(request: &ServiceRequest) -> Option<HttpResponse> {
    let started = Instant::now();
    let headers = request.headers();
    let uncacheable =
        headers.contains_key(header::AUTHORIZATION) || headers.contains_key(header::ORIGIN);
    if *request.method() != Method::GET || uncacheable {
        return None;
    }
    let middleware = request.app_data::<web::Data<CacheMiddleware>>()?;
    let ready = match pages::asset(request.request()) {
        Some(answer) => Ready {
            answer,
            route: pages::ASSETS,
            product: None,
        },
        None => middleware.ready(request).await?,
    };
    let limit_status = request
        .app_data::<web::Data<RateLimits>>()
        .and_then(|limits| limits.check(request));
    if limit_status.is_some_and(|limit_status| !limit_status.is_allowed()) {
        return None;
    }
    if let Some(product) = ready.product
        && wants_body(request.request())
    {
        middleware.products.count_view(product);
    }
    let mut answer = with_outer_headers(ready.answer, request);
    if let Some(limit_status) = limit_status {
        limit_status.write_headers(answer.headers_mut());
    }
    middleware
        .metrics
        .count(ready.route, answer.status(), started);
    tracing::debug!(
        request.id = request_id::current(),
        http.path = request.path(),
        http.status = answer.status().as_u16(),
        "answered from memory"
    );
    Some(answer)
}

/// The response with the headers that others get from the middleware around the router.
fn with_outer_headers(mut answer: HttpResponse, request: &ServiceRequest) -> HttpResponse {
    let headers = answer.headers_mut();
    if request.app_data::<web::Data<CrossOrigin>>().is_some() {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    add_security_headers(headers);
    answer
}

impl CacheMiddleware {
    /// A middleware that answers from `responses`.
    pub(crate) fn new(
        responses: ResponseCache,
        products: Arc<dyn ProductService>,
        language: Language,
    ) -> Self {
        Self {
            responses,
            products,
            language,
            metrics: HitMetrics::default(),
        }
    }

    /// A cached response to the request.
    async fn ready(&self, request: &ServiceRequest) -> Option<Ready> {
        let key = match pages::key(request.request()).await {
            Some(key) => key,
            None => self.key(request)?,
        };
        let content = self.responses.ready(&key).await?;
        Some(Ready {
            answer: content.answer(request.headers()),
            route: key.subject.route()?,
            product: key.looked_at(),
        })
    }

    /// The cache key of a request; `None` when it cannot be a hit or is malformed, which its
    /// handler then refuses.
    fn key(&self, request: &ServiceRequest) -> Option<Key> {
        let path = request.path().strip_prefix("/api/v1/")?;
        let query = request.query_string();
        let (subject, lang) = if path == "products" {
            let (list, lang) = ListQuery::parse(query).ok()?;
            (Subject::Products(list), lang)
        } else if !query.is_empty() {
            return None;
        } else if let Some(id) = path.strip_prefix("product/") {
            (Subject::Product(ProductId(path::positive(id)?)), None)
        } else if let Some(id) = path.strip_prefix("imgs/") {
            (Subject::Pictures(ProductId(path::positive(id)?)), None)
        } else {
            match path {
                "categories" => (Subject::Categories, None),
                "carousels" => (Subject::Carousels, None),
                _ => return None,
            }
        };
        let wanted =
            LanguagePreferences::of(lang, accept_language(request.headers()), self.language);
        Some(Key {
            subject,
            languages: self.responses.shop_languages().among(wanted),
        })
    }
}

impl HitMetrics {
    /// Counts a response of `route`; its metrics are made by the first one.
    fn count(&self, route: &'static str, status: StatusCode, started: Instant) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(metrics) = known.get(route) {
            return metrics.count(status, started);
        }
        drop(known);
        let metrics = CacheHitMetrics::hits(route);
        metrics.count(status, started);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(route, metrics);
    }
}
