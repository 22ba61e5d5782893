//! The short way: a page that is ready is answered before routing and logging.

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use metrics::{Counter, counter};
use stampede_catalog::ProductService;
use stampede_kernel::{Language, ProductId};

use super::{Key, Pages, Preference, Subject};
use crate::middleware::RateLimits;
use crate::path;
use crate::routes::products::ListQuery;

/// What answering from memory takes.
#[derive(Clone)]
pub(crate) struct Front {
    pages: Pages,
    products: Arc<dyn ProductService>,
    /// The shop's own language.
    language: Language,
    answered: Counter,
}

/// Middleware: answers a public GET whose page is ready, passes on everything
/// else. A request with a token goes the long way, for it may be an admin's; so
/// does one from another site, whose answer needs more headers.
pub(crate) async fn front(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    match answer(&request).await {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

async fn answer(request: &ServiceRequest) -> Option<HttpResponse> {
    let headers = request.headers();
    let long_way =
        headers.contains_key(header::AUTHORIZATION) || headers.contains_key(header::ORIGIN);
    if *request.method() != Method::GET || long_way {
        return None;
    }
    let front = request.app_data::<web::Data<Front>>()?;
    let key = front.key(request)?;
    let looked_at = key.looked_at();
    let page = front.pages.ready(key).await?;
    let verdict = request
        .app_data::<web::Data<RateLimits>>()
        .and_then(|limits| limits.judge(request));
    if verdict.is_some_and(|verdict| !verdict.passes()) {
        return None;
    }
    if let Some(product) = looked_at {
        front.products.count_view(product);
    }
    front.answered.increment(1);
    let mut answer = page.answer(headers);
    if let Some(verdict) = verdict {
        verdict.write(answer.headers_mut());
    }
    Some(answer)
}

impl Front {
    /// Answers from `pages`.
    pub(crate) fn new(pages: Pages, products: Arc<dyn ProductService>, language: Language) -> Self {
        let labels = [
            ("method", "GET"),
            ("route", "ready page"),
            ("status", "200"),
        ];
        Self {
            pages,
            products,
            language,
            answered: counter!("stampede_http_requests_total", &labels),
        }
    }

    /// The key of a request that needs no more than its page; what is malformed
    /// goes the long way and is refused there.
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
        let accept = request.headers().get(header::ACCEPT_LANGUAGE);
        let accept = accept.and_then(|value| value.to_str().ok());
        Some(Key {
            subject,
            preference: Preference::of(lang, accept, self.language),
        })
    }
}
