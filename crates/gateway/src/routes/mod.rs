//! The routes, one file per resource, and the OpenAPI document that lists them.
//!
//! Every route is registered through utoipa's `service`, which also writes it into the OpenAPI
//! document: the two cannot differ.

mod addresses;
mod admin;
pub(crate) mod carousels;
mod cart;
mod categories;
mod delivery;
mod docs;
mod document;
mod emails;
mod favorites;
mod health;
mod images;
mod jobs;
mod mailbox;
mod media;
mod orders;
mod pages;
mod ping;
pub(crate) mod products;
mod promotions;
pub(crate) mod seckill;
mod session_cookie;
mod sessions;
mod stats;
mod stock;
mod tools;
mod users;
mod wallet;
mod webhooks;

use actix_web::web;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

pub use document::{Document, document, operations, refuse};

/// Registers every route with an application.
pub fn configure(config: &mut web::ServiceConfig) {
    collect(&mut ServiceConfig::new(config));
    config.configure(mailbox::routes).configure(pages::routes);
}

/// Registers every route of the OpenAPI document.
fn collect(config: &mut ServiceConfig) {
    config
        .service(scope("/api/v1").configure(api))
        .configure(health::routes)
        .configure(docs::routes)
        .configure(media::routes);
}

/// Registers the routes below `/api/v1`. actix matches them in this order, so the claim route,
/// which a flash sale calls most, comes first.
fn api(config: &mut ServiceConfig) {
    config
        .configure(seckill::routes)
        .configure(ping::routes)
        .configure(document::routes)
        .configure(products::routes)
        .configure(images::routes)
        .configure(stock::routes)
        .configure(categories::routes)
        .configure(carousels::routes)
        .configure(favorites::routes)
        .configure(users::routes)
        .configure(sessions::routes)
        .configure(emails::routes)
        .configure(addresses::routes)
        .configure(cart::routes)
        .configure(orders::routes)
        .configure(promotions::routes)
        .configure(delivery::routes)
        .configure(wallet::routes)
        .configure(admin::routes)
        .configure(stats::routes)
        .configure(tools::routes)
        .configure(jobs::routes)
        .configure(webhooks::routes);
}
