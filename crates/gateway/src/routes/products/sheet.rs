//! Admin routes of products as CSV: import and export.

use std::io::Cursor;

use actix_multipart::form::MultipartForm;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get, post, web};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use stampede_catalog::csv::{Export, ExportError, ImportError, Importer, Report, SheetFaults};
use stampede_http::form::{FilePart, Form, OptionalPart};
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::ok_private;
use stampede_persistence::Database;
use utoipa::ToSchema;

use crate::auth::Admin;

/// Byte order mark, by which Excel recognises UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Form to import products.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub(super) struct ImportForm {
    /// The table as CSV, at most 8 MiB: one line per SKU below a line of column names, as the
    /// export has them.
    #[schema(value_type = String, format = Binary)]
    file: FilePart,
    /// True checks the table and writes nothing.
    #[schema(value_type = Option<bool>)]
    dry_run: Option<OptionalPart<bool>>,
}

/// Result of an import, or of the check of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub(super) struct ReportBody {
    /// True when the table was checked only.
    dry_run: bool,
    /// Products added.
    created: u64,
    /// Products changed.
    changed: u64,
    /// Products that are as the table says.
    unchanged: u64,
    /// Categories added.
    categories: u64,
    /// Faults of the table in the order of its lines, at most 100; nothing can be written while
    /// there are any.
    faults: Vec<FaultBody>,
    /// Number of all faults.
    fault_count: u64,
}

/// A fault of the table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportFault)]
struct FaultBody {
    /// Line of the file, from 1.
    line: u64,
    /// Name of the column; empty when the whole line is at fault.
    column: String,
    /// Beginning of the value in the table.
    value: String,
    /// What is wrong with it, in English.
    detail: String,
}

impl ReportBody {
    fn new(report: Report, dry_run: bool) -> Self {
        Self {
            dry_run,
            created: report.created,
            changed: report.changed,
            unchanged: report.unchanged,
            categories: report.categories,
            faults: Vec::new(),
            fault_count: 0,
        }
    }

    /// The report about a table that cannot be imported.
    fn faulty(faults: SheetFaults) -> Self {
        let told = faults.first.into_iter().map(|fault| FaultBody {
            line: fault.line,
            column: fault.column,
            value: fault.value,
            detail: fault.detail,
        });
        Self {
            faults: told.collect(),
            fault_count: faults.count,
            ..Self::new(Report::default(), true)
        }
    }
}

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
    let dry_run = form.dry_run.and_then(|part| part.0).unwrap_or(false);
    let table = Cursor::new(form.file.0);
    let body = match importer.by(admin.user).import(table, dry_run).await {
        Ok(report) => ReportBody::new(report, dry_run),
        Err(ImportError::Refused(faults)) if dry_run => ReportBody::faulty(faults),
        Err(error) => return Err(error.into()),
    };
    Ok(ok_private(&body))
}

/// Form of the exported table.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// True begins the table with a byte order mark, without which Excel does not read UTF-8.
    #[serde(default)]
    #[param(required = false)]
    bom: bool,
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
