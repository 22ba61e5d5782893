//! Admin routes of products as CSV: import and export.

use std::io::Cursor;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get, post, web};
use futures::{StreamExt, stream};
use stampede_api::product::{ExportQuery, ImportForm, ReportBody};
use stampede_catalog::csv::{Export, ExportError, ImportError, Importer};
use stampede_http::form::Form;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::ok_private;
use stampede_persistence::Database;

use crate::auth::Admin;

/// Byte order mark, by which Excel recognises UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Imports products from a CSV table: all of it, or nothing.
///
/// A line with an `id` changes that product, one without adds one. With `dry_run` the answer is
/// always a report, which lists the faults by line, column and value; without it, a table with
/// faults is refused, and `errors` names each by line and column, such as `lines[3].price`.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ReportBody)))]
#[post("/admin/products/import")]
pub(super) async fn import_products(
    admin: Admin,
    importer: web::Data<Importer>,
    Form(form): Form<ImportForm>,
) -> Result<HttpResponse, Problem> {
    let dry_run = form.is_dry_run();
    let table = Cursor::new(form.file.0);
    let body = match importer.by(admin.user).import(table, dry_run).await {
        Ok(report) => ReportBody::new(report, dry_run),
        Err(ImportError::Refused(faults)) if dry_run => ReportBody::faulty(faults),
        Err(error) => return Err(error.into()),
    };
    Ok(ok_private(&body))
}

/// Exports all products, also those off sale, as a CSV table of one moment.
///
/// It has no pictures. Imported again, it changes nothing.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(ExportQuery),
    responses((status = 200, content_type = "text/csv", body = String)))]
#[get("/admin/products/export")]
pub(super) async fn export_products(
    _: Admin,
    Params(query): Params<ExportQuery>,
    db: web::Data<Database>,
) -> Result<HttpResponse, Problem> {
    let export = Export::begin(&db).await?;
    let mark = query.bom.then(|| Ok(Bytes::from_static(BOM)));
    let table = stream::iter(mark).chain(stream::try_unfold(export, next));
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"products.csv\"",
        ))
        .content_type("text/csv; charset=utf-8")
        .streaming(table))
}

/// The next part of the table. A part that fails ends the connection early, which every client
/// takes for what it is.
async fn next(mut export: Export) -> Result<Option<(Bytes, Export)>, ExportError> {
    let part = export.next().await?;
    Ok(part.map(|part| (Bytes::from(part), export)))
}
