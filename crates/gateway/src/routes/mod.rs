//! The routes, one file per noun, and the document that lists them.
//!
//! Every route is registered through utoipa's `service`, which writes it into
//! the OpenAPI document: the two cannot differ.

mod carousels;
mod categories;
mod document;
mod favorites;
mod image;
mod images;
mod ping;
pub(crate) mod products;
mod stock;

use actix_web::web;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use image::ImageBody;
pub use document::{Document, document, operations, refuse};

/// Every route, for an application.
pub fn configure(config: &mut web::ServiceConfig) {
    collect(&mut ServiceConfig::new(config));
}

/// Every route, for the document.
fn collect(config: &mut ServiceConfig) {
    config.service(scope("/api/v1").configure(api));
}

fn api(config: &mut ServiceConfig) {
    config
        .configure(ping::routes)
        .configure(document::routes)
        .configure(products::routes)
        .configure(images::routes)
        .configure(stock::routes)
        .configure(categories::routes)
        .configure(carousels::routes)
        .configure(favorites::routes);
}
