//! The landing page and its files: the contents of `static/`, inside the binary.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;

use crate::assets::{Asset, Assets};

/// Browsers revalidate on every use, and mostly get 304.
const CHECK_BACK: HeaderValue = HeaderValue::from_static("no-cache");
/// All resources come from this origin, nothing is inline, and no site may frame the page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// Pages for people, which are not in the OpenAPI document.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(landing).service(file);
}

/// The landing page.
#[get("/")]
async fn landing(request: HttpRequest, assets: web::Data<Assets>) -> Result<HttpResponse, Problem> {
    let page = assets.landing().ok_or_else(absent)?;
    Ok(answer(&page, &request))
}

#[get("/assets/{path:.*}")]
async fn file(
    path: web::Path<String>,
    request: HttpRequest,
    assets: web::Data<Assets>,
) -> Result<HttpResponse, Problem> {
    let asset = assets.get(&path).ok_or_else(absent)?;
    Ok(answer(&asset, &request))
}

fn absent() -> Problem {
    Problem::new(NOT_FOUND)
}

fn answer(asset: &Asset, request: &HttpRequest) -> HttpResponse {
    let mut answer = asset.answer(request.headers());
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, CHECK_BACK);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    answer
}
