//! Answers requests for pages and for the files that pages are made of.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use stampede_http::middleware::wants_body;
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_storefront::PageAddress;

use super::{Pages, Visit};
use crate::cache::Key;

/// The route of the storefront's files.
pub(crate) const ASSETS: &str = "/assets/{path:.*}";
const FAVICON: &str = "favicon.svg";
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const UNCACHED: HeaderValue = HeaderValue::from_static("no-store");
/// Addresses whose clients are programs: they never get a page.
const PROGRAMS: [&str; 5] = ["/api", "/assets/", "/media/", "/healthz", "/readyz"];

/// The file of the storefront that the request asks for.
pub(crate) fn asset(request: &HttpRequest) -> Option<HttpResponse> {
    let path = request.path().strip_prefix("/assets/")?;
    let pages = request.app_data::<web::Data<Pages>>()?;
    let asset = pages.site().ok()?.asset(path)?;
    let mut answer = asset.content.answer(request.headers());
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, asset.cache_control);
    Some(answer)
}

/// The key under which the page that the request asks for is cached.
pub(crate) async fn key(request: &HttpRequest) -> Option<Key> {
    if request.path().starts_with("/api/") {
        return None;
    }
    let pages = request.app_data::<web::Data<Pages>>()?;
    let visit = Visit::of(request)?;
    let sales = pages.sales_of(&visit.address).await.ok()?;
    Some(visit.key(pages.site().ok()?.version(), &sales))
}

/// The page at the request's address.
///
/// A page that cannot be loaded is sent without data, under the status that the API would answer: its
/// script says what happened, and tries again.
pub(crate) async fn page(
    request: HttpRequest,
    pages: web::Data<Pages>,
) -> Result<HttpResponse, Problem> {
    let Some(visit) = Visit::of(&request) else {
        return without_data(
            &request,
            &pages,
            &PageAddress::NotFound,
            &Problem::new(NOT_FOUND),
        );
    };
    match pages.page(&visit).await {
        Ok(content) => {
            if let Some(product) = visit.address.product().filter(|_| wants_body(&request)) {
                pages.products.count_view(product);
            }
            Ok(content.answer(request.headers()))
        }
        Err(problem) => without_data(&request, &pages, &visit.address, &problem),
    }
}

/// The page that says that there is none at this address, for clients that show pages.
pub(crate) fn absent(request: &HttpRequest) -> Option<HttpResponse> {
    let path = request.match_info().as_str();
    let program = PROGRAMS.iter().any(|prefix| path.starts_with(prefix));
    if program || !request.method().is_safe() || !shows_pages(request) {
        return None;
    }
    let pages = request.app_data::<web::Data<Pages>>()?;
    let problem = Problem::new(NOT_FOUND);
    without_data(request, pages, &PageAddress::NotFound, &problem).ok()
}

fn shows_pages(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn without_data(
    request: &HttpRequest,
    pages: &Pages,
    address: &PageAddress,
    problem: &Problem,
) -> Result<HttpResponse, Problem> {
    let status = problem.status_code();
    let route = address.route();
    let visit = Visit::new(
        request,
        match status {
            StatusCode::NOT_FOUND => PageAddress::NotFound,
            _ => PageAddress::Plain(route),
        },
    );
    let mut answer = pages.shell(&visit)?.whole(request.headers());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, UNCACHED);
    if let Some(wait) = problem.error_response().headers().get(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, wait.clone());
    }
    Ok(answer)
}

/// The web app manifest.
pub(crate) async fn manifest(
    request: HttpRequest,
    pages: web::Data<Pages>,
) -> Result<HttpResponse, Problem> {
    let site = pages.site()?;
    let manifest = pages.storefront.manifest(&site);
    let manifest = manifest.ok_or_else(|| Problem::new(NOT_FOUND))?;
    Ok(manifest.answer(request.headers()))
}

/// The icon of those who look for it where it always was.
pub(crate) async fn favicon(
    request: HttpRequest,
    pages: web::Data<Pages>,
) -> Result<HttpResponse, Problem> {
    let site = pages.site()?;
    let url = site.url(FAVICON).ok_or_else(|| Problem::new(NOT_FOUND))?;
    let icon = url
        .strip_prefix("/assets/")
        .and_then(|path| site.asset(path));
    let icon = icon.ok_or_else(|| Problem::new(NOT_FOUND))?;
    let mut answer = icon.content.answer(request.headers());
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, A_DAY);
    Ok(answer)
}
