//! The API reference as a web page: Swagger UI, served from files inside the binary.

use actix_web::{HttpRequest, HttpResponse, get, web};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_storefront::Reference;
use utoipa_actix_web::service_config::ServiceConfig;

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
    let file = Reference::file(name).ok_or_else(|| Problem::new(NOT_FOUND))?;
    Ok(file.answer(request.headers()))
}
