//! How answers are written: personal ones are never cached, new things say where they are.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use stampede_kernel::Page;
use utoipa::ToSchema;

/// 200 with something that concerns the caller alone.
pub(crate) fn personal<T: Serialize>(body: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

/// 201 with the new thing and its path below `/api/v1`.
pub(crate) fn created<T: Serialize>(path: &str, body: &T) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, format!("/api/v1{path}")))
        .json(body)
}

/// 202: it will happen, and there is nothing to show yet.
pub(crate) fn accepted() -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// 204: done, and there is nothing to show.
pub(crate) fn done() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// A list, or a page of one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// In the list's order.
    items: Vec<T>,
    /// Asks for the next page; null on the last.
    next_cursor: Option<String>,
    /// How many there are in all, where the list counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

impl<T> List<T> {
    /// A list that is its only page.
    pub(crate) fn whole<U>(items: Vec<U>, each: impl FnMut(U) -> T) -> Self {
        Self {
            items: items.into_iter().map(each).collect(),
            next_cursor: None,
            total: None,
        }
    }

    /// One page.
    pub(crate) fn page<U>(page: Page<U>, each: impl FnMut(U) -> T) -> Self {
        let page = page.map(each);
        Self {
            items: page.items,
            next_cursor: page.next.map(|cursor| cursor.0),
            total: page.total,
        }
    }
}
