//! The API's reference as a page: Swagger UI, out of the binary, without any other site.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::Config;

use crate::assets::Asset;

/// Scripts and styles of our own; Swagger UI sets styles on its elements and
/// carries its icons inline.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// What the page is made of.
const FILES: [&str; 9] = [
    "index.html",
    "index.css",
    "swagger-ui.css",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "swagger-initializer.js",
    "favicon-16x16.png",
    "favicon-32x32.png",
    "oauth2-redirect.html",
];

/// Each file with its tag and its compressed half, made once in a process.
static READY: LazyLock<HashMap<&str, Asset>> = LazyLock::new(|| {
    let files = FILES.iter();
    files
        .filter_map(|name| Some((*name, asset(name)?)))
        .collect()
});

/// Makes the files ready; takes a tenth of a second.
pub(crate) fn prepare() {
    LazyLock::force(&READY);
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(docs).service(docs_file);
}

/// The reference of this API, for browsers.
#[utoipa::path(tag = "around", responses((status = 200, description = "HTML", content_type = "text/html", body = String)))]
#[get("/docs")]
async fn docs(request: HttpRequest) -> Result<HttpResponse, Problem> {
    file("index.html", &request)
}

/// A file of the reference's page.
#[utoipa::path(tag = "around", params(("file" = String, Path)), responses((status = 200, description = "The file")))]
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

fn asset(name: &str) -> Option<Asset> {
    let config = Arc::new(Config::from("/api/v1/openapi.json"));
    let file = utoipa_swagger_ui::serve(name, config).ok()??;
    let bytes = from_root(name, file.bytes.into_owned());
    Some(Asset::new(bytes.into(), file.content_type))
}

/// The page stands at `/docs`, its files below it.
fn from_root(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    if name == "index.html" {
        let page = String::from_utf8_lossy(&bytes);
        page.replace("\"./", "\"/docs/")
            .replace("href=\"index.css", "href=\"/docs/index.css")
            .into_bytes()
    } else {
        bytes
    }
}
