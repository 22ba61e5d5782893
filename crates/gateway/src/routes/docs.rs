//! The API reference as a web page: Swagger UI, served from files inside the binary.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::assets::{self, Asset};

/// Scripts and styles of our own; Swagger UI sets styles on its elements and
/// carries its icons inline.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const SCRIPT: &str = "text/javascript";
const STYLE: &str = "text/css";
const PAGE: &str = "text/html";
const ICON: &str = "image/png";
/// Files of Swagger UI with their content types; see `static/docs/README.md`.
const FILES: [(&str, &str); 9] = [
    ("index.html", PAGE),
    ("index.css", STYLE),
    ("swagger-ui.css", STYLE),
    ("swagger-ui-bundle.js", SCRIPT),
    ("swagger-ui-standalone-preset.js", SCRIPT),
    ("swagger-initializer.js", SCRIPT),
    ("favicon-16x16.png", ICON),
    ("favicon-32x32.png", ICON),
    ("oauth2-redirect.html", PAGE),
];

/// Each file with its `ETag` and its gzipped bytes, made once in a process.
static READY: LazyLock<HashMap<&str, Asset>> = LazyLock::new(|| {
    let files = FILES.iter();
    files
        .filter_map(|(name, content_type)| Some((*name, assets::docs_file(name, content_type)?)))
        .collect()
});

/// Compresses the files ahead of the first request; takes some hundredths of a second.
pub(crate) fn prepare() {
    LazyLock::force(&READY);
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(docs).service(docs_file);
}

/// Returns the API reference as an HTML page (Swagger UI).
#[utoipa::path(tag = "around", responses((status = 200, description = "The page", content_type = "text/html", body = String)))]
#[get("/docs")]
async fn docs(request: HttpRequest) -> Result<HttpResponse, Problem> {
    file("index.html", &request)
}

/// Returns a script, style sheet or icon of the API reference.
#[utoipa::path(tag = "around", params(("file" = String, Path, description = "Name of the file.")), responses((status = 200, description = "The file")))]
#[get("/docs/{file}")]
async fn docs_file(name: web::Path<String>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    file(&name, &request)
}

fn file(name: &str, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let asset = READY.get(name);
    let asset = asset.ok_or_else(|| Problem::new(NOT_FOUND))?;
    let mut answer = asset.answer(request.headers());
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, AN_HOUR);
    Ok(answer)
}
