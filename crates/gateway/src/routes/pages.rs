//! Pages for people, and the files that they are made of; see `pages`. They are not in the OpenAPI
//! document.

use actix_web::{HttpRequest, HttpResponse, guard, web};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_storefront::page_routes;

use crate::pages;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    for pattern in page_routes() {
        let page = web::resource(pattern).guard(guard::Get());
        config.service(page.to(pages::page));
    }
    config
        .service(web::resource(pages::ASSETS).guard(guard::Get()).to(asset))
        .route("/sitemap.xml", web::get().to(pages::sitemap))
        .route("/robots.txt", web::get().to(pages::robots))
        .route("/manifest.webmanifest", web::get().to(pages::manifest))
        .route("/favicon.ico", web::get().to(pages::favicon));
}

async fn asset(request: HttpRequest) -> Result<HttpResponse, Problem> {
    pages::asset(&request).ok_or_else(|| Problem::new(NOT_FOUND))
}
