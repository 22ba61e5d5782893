//! The yardstick of `scripts/bench`: a bare actix-web server that answers every
//! request with the same few bytes of JSON, and `/bytes/N` with so many bytes; built
//! with the same profile.
//!
//! `cargo run --profile dist -p stampede-bench --example hello -- 127.0.0.1:8081`

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer, http::header::ContentType};

/// Most bytes of an answer.
const MOST: usize = 1 << 20;
static ZEROS: [u8; MOST] = [0; MOST];

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let app = || {
        App::new()
            .route("/bytes/{count}", web::get().to(bytes))
            .default_service(web::to(hello))
    };
    HttpServer::new(app).bind(address)?.run().await
}

async fn bytes(count: web::Path<usize>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(Bytes::from_static(&ZEROS[..MOST.min(*count)]))
}

async fn hello() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(r#"{"message":"hello, world"}"#)
}
