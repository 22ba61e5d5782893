//! The API's reference as a page: Swagger UI, out of the binary, without any other site.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::Config;

use crate::problem::{Code, Problem};

/// Scripts and styles of our own; Swagger UI sets styles on its elements and
/// carries its icons inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(docs).service(docs_file);
}

/// The reference of this API, for browsers.
#[utoipa::path(tag = "around", responses((status = 200, description = "HTML", content_type = "text/html", body = String)))]
#[get("/docs")]
async fn docs() -> Result<HttpResponse, Problem> {
    file("index.html")
}

/// A file of the reference's page.
#[utoipa::path(tag = "around", params(("file" = String, Path)), responses((status = 200, description = "The file")))]
#[get("/docs/{file}")]
async fn docs_file(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    file(&name)
}

fn file(name: &str) -> Result<HttpResponse, Problem> {
    let config = Arc::new(Config::from("/api/v1/openapi.json"));
    let file = utoipa_swagger_ui::serve(name, config)
        .ok()
        .flatten()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(from_root(name, file.bytes.into_owned())))
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
