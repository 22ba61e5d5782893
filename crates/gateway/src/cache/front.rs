//! The short way: a page that is ready is answered before routing and logging.

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use stampede_catalog::ProductService;
use stampede_kernel::{Language, ProductId};

use super::{Key, Pages, Preference, Subject};
use crate::path;
use crate::routes::products::ListQuery;

/// What answering from memory takes.
#[derive(Clone)]
pub(crate) struct Front {
    pub(crate) pages: Pages,
    pub(crate) products: Arc<dyn ProductService>,
    /// The shop's own language.
    pub(crate) language: Language,
}

/// Middleware: answers a public GET whose page is ready, passes on everything
/// else. A request with a token goes the long way, for it may be an admin's.
pub(crate) async fn front(
    front: web::Data<Front>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    match front.answer(&request).await {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

impl Front {
    async fn answer(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        let headers = request.headers();
        if *request.method() != Method::GET || headers.contains_key(header::AUTHORIZATION) {
            return None;
        }
        let key = self.key(request)?;
        let looked_at = match key.subject {
            Subject::Product(id) => Some(id),
            _ => None,
        };
        let page = self.pages.ready(key).await?;
        if let Some(id) = looked_at {
            self.products.count_view(id);
        }
        Some(page.answer(headers))
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
