//! The response cache middleware: answers cache hits before routing.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use stampede_catalog::ProductService;
use stampede_http::middleware::{
    CacheHitMetrics, CrossOrigin, add_security_headers, request_id, wants_body,
};
use stampede_http::path;
use stampede_kernel::{Language, ProductId};

use super::{CachedResponse, Key, LanguagePreferences, ResponseCache, Subject};
use crate::language::accepted;
use crate::rate_limit::RateLimits;
use crate::routes::products::ListQuery;

/// The dependencies of [`serve_cached`].
#[derive(Clone)]
pub(crate) struct CacheMiddleware {
    responses: ResponseCache,
    products: Arc<dyn ProductService>,
    /// The shop's own language.
    language: Language,
    routes: Routes,
}

/// The metrics of each route with cached responses.
#[derive(Clone)]
struct Routes {
    product: CacheHitMetrics,
    pictures: CacheHitMetrics,
    products: CacheHitMetrics,
    categories: CacheHitMetrics,
    carousels: CacheHitMetrics,
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
    let key = middleware.key(request)?;
    let page = middleware.responses.ready(&key).await?;
    let limit_status = request
        .app_data::<web::Data<RateLimits>>()
        .and_then(|limits| limits.check(request));
    if limit_status.is_some_and(|limit_status| !limit_status.is_allowed()) {
        return None;
    }
    if let Some(product) = key.looked_at()
        && wants_body(request.request())
    {
        middleware.products.count_view(product);
    }
    let mut answer = answer_of(&page, request);
    if let Some(limit_status) = limit_status {
        limit_status.write_headers(answer.headers_mut());
    }
    middleware
        .routes
        .of(&key.subject)?
        .count(answer.status(), started);
    tracing::debug!(
        request.id = request_id::current(),
        http.path = request.path(),
        http.status = answer.status().as_u16(),
        "answered from memory"
    );
    Some(answer)
}

/// The response, with every header that it has after routing.
fn answer_of(page: &CachedResponse, request: &ServiceRequest) -> HttpResponse {
    let mut answer = page.answer(request.headers());
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
            routes: Routes {
                product: CacheHitMetrics::hits("/api/v1/product/{id}"),
                pictures: CacheHitMetrics::hits("/api/v1/imgs/{id}"),
                products: CacheHitMetrics::hits("/api/v1/products"),
                categories: CacheHitMetrics::hits("/api/v1/categories"),
                carousels: CacheHitMetrics::hits("/api/v1/carousels"),
            },
        }
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
        let wanted = LanguagePreferences::of(lang, accepted(request.headers()), self.language);
        Some(Key {
            subject,
            languages: self.responses.shop_languages().among(wanted),
        })
    }
}

impl Routes {
    fn of(&self, subject: &Subject) -> Option<&CacheHitMetrics> {
        match subject {
            Subject::Product(_) => Some(&self.product),
            Subject::Pictures(_) => Some(&self.pictures),
            Subject::Products(_) => Some(&self.products),
            Subject::Categories => Some(&self.categories),
            Subject::Carousels => Some(&self.carousels),
            Subject::Suggestions(_) => None,
        }
    }
}
