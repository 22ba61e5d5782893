//! Response builders. Responses to a caller are never cached; 201 has a `Location`.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use stampede_kernel::Page;
use utoipa::ToSchema;

use crate::body::{etag, etag_matches};
use crate::problem::Problem;

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// 200 with a body for the caller alone.
pub fn ok_private<T: Serialize>(body: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

/// 200 with a body for the caller alone and its `ETag`, or 304 when `If-None-Match` names the
/// `ETag`.
pub fn ok_with_etag<T: Serialize>(
    request: &HttpRequest,
    body: &T,
) -> Result<HttpResponse, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|error| Problem::internal(&error))?;
    let tag = etag(&[&bytes]);
    let known = (request.headers().get_all(header::IF_NONE_MATCH))
        .any(|tags| request.method().is_safe() && etag_matches(tags.as_bytes(), tag.as_bytes()));
    let mut answer = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::ETAG, tag));
    if known {
        return Ok(answer.finish());
    }
    Ok(answer.content_type("application/json").body(bytes))
}

/// 201 with the new object and its path below `/api/v1`.
pub fn created<T: Serialize>(path: &str, body: &T) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, format!("/api/v1{path}")))
        .json(body)
}

/// Adds `Idempotency-Replayed` when the response is the stored one of an earlier request.
pub fn replayable(mut answer: HttpResponse, replayed: bool) -> HttpResponse {
    if replayed {
        let headers = answer.headers_mut();
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    answer
}

/// 202 without a body.
pub fn accepted() -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// 204 without a body.
pub fn no_content() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// A list, or one page of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// Items of the list or page, in the order of the list.
    pub items: Vec<T>,
    /// `cursor` of the next page; null on the last page.
    next_cursor: Option<String>,
    /// Number of items on all pages; null for lists that are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

impl<T> List<T> {
    /// A list on a single page.
    pub fn whole<U>(items: Vec<U>, each: impl FnMut(U) -> T) -> Self {
        Self {
            items: items.into_iter().map(each).collect(),
            next_cursor: None,
            total: None,
        }
    }

    /// One page of a list.
    pub fn page<U>(page: Page<U>, each: impl FnMut(U) -> T) -> Self {
        let page = page.map(each);
        Self {
            items: page.items,
            next_cursor: page.next.map(|cursor| cursor.0),
            total: page.total,
        }
    }
}
