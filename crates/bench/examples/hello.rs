//! The yardstick of `scripts/bench`: a bare actix-web server that answers every
//! request with the same few bytes of JSON, built with the same profile.
//!
//! `cargo run --profile dist -p stampede-bench --example hello -- 127.0.0.1:8081`

use actix_web::{App, HttpResponse, HttpServer, http::header::ContentType, web};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    HttpServer::new(|| App::new().default_service(web::to(hello)))
        .bind(address)?
        .run()
        .await
}

async fn hello() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(r#"{"message":"hello, world"}"#)
}
