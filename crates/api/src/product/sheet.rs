//! Products as sheets: the import, and what came of it.

use actix_multipart::form::MultipartForm;
use serde::{Deserialize, Serialize};
use stampede_catalog::csv::{Report, SheetFaults};
use stampede_http::form::{FilePart, OptionalPart};
use utoipa::ToSchema;

/// Form to import products.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub struct ImportForm {
    /// The table as CSV, at most 8 MiB: one line per SKU below a line of column names, as the
    /// export has them.
    #[schema(value_type = String, format = Binary)]
    pub file: FilePart,
    /// True checks the table and writes nothing.
    #[schema(value_type = Option<bool>)]
    dry_run: Option<OptionalPart<bool>>,
}

impl ImportForm {
    /// Whether the table is to be checked only.
    pub fn is_dry_run(&self) -> bool {
        let dry_run = self.dry_run.as_ref().and_then(|part| part.0);
        dry_run.unwrap_or(false)
    }
}

/// Result of an import, or of the check of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct ReportBody {
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
    /// What an import did, or would do.
    pub fn new(report: Report, dry_run: bool) -> Self {
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
    pub fn faulty(faults: SheetFaults) -> Self {
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

/// Form of the exported table.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// True begins the table with a byte order mark, without which Excel does not read UTF-8.
    #[serde(default)]
    #[param(required = false)]
    pub bom: bool,
}
