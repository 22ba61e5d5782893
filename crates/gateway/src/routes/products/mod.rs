//! Routes of products: lists, search, a single product, and their administration.

mod admin_list;
mod change;
mod create;
mod read;
mod sheet;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(read::list_products)
        .service(read::search_products)
        .service(read::suggest_products)
        .service(read::show_product)
        .service(admin_list::list_all_products)
        .service(sheet::import_products)
        .service(sheet::export_products)
        .service(create::create_product)
        .service(change::change_product)
        .service(change::delete_product);
}
