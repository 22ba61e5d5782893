//! `stampede import`

use std::fs::File;
use std::io::Seek;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use secrecy::ExposeSecret;
use stampede_catalog::csv::{Importer, Report};
use stampede_kernel::SystemClock;
use stampede_persistence::{Database, Pool};
use stampede_seckill::OpenSales;

use super::{CommandError, existing, failed, say};
use crate::failpoints;
use stampede_gateway::OpenError;
use stampede_settings::Settings;

/// Makes and changes products as a CSV file says: all of it, or nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
One line per SKU; the first line names the columns, in any order and case:
  id              changes this product; empty makes one. An empty shop takes ids over
  sku_id          which SKU; empty = the one with the same options, the only one, or a new one
  name, title, info, on_sale
  category        a path from the root, Home/Furniture; what is missing is made. In a name,
                  \\/ is a slash and \\\\ a backslash; Home\\#2 is the second Home beside the first
  options         Colour: Black; Size: M, or a JSON object
  price, discount_price   in minor units; an empty discount is none
  num             units in stock. Beside num_exported the stock moves by the difference, so
                  that what was sold since the export stays sold
  name_zh, title_zh, info_zh …  translations; or `translations`, a JSON object
Further lines of a product have its id or, in a new product, an empty name (or the same mark
in a column `product`). Absent columns change nothing.

Commas, semicolons and tabs, `sep=;`, a byte order mark, any line ends, TRUE and yes, empty lines
and columns, and blanks around numbers are understood. Every fault is told at once, by line,
column and value. The whole file is one transaction: on SQLite, which has one writer, nobody
else writes while it lasts, so import large files while the shop is closed.

Examples:
  stampede export goods.csv && stampede import goods.csv --dry-run
  gzip -dc goods.csv.gz | stampede import /dev/stdin")]
pub(super) struct Import {
    /// The file.
    file: PathBuf,
    /// Only checks the file and says what would be done.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    /// Whether it is more than a look at the file.
    pub(super) fn writes(&self) -> bool {
        !self.dry_run
    }
}

pub(super) async fn run(import: Import, settings: &Settings) -> Result<(), CommandError> {
    failpoints::arm();
    let file = open(&import.file)
        .map_err(|error| CommandError::Failed(format!("{}: {error}", import.file.display())))?;
    let db = if import.dry_run {
        existing(settings).await?
    } else {
        current(settings).await?
    };
    let importer = Importer::new(
        db.clone(),
        Arc::new(SystemClock),
        settings.shop.language,
        Arc::new(OpenSales),
    );
    let report = importer.import(file, import.dry_run).await;
    db.close().await.map_err(failed)?;
    say(&told(&report.map_err(failed)?, import.dry_run));
    Ok(())
}

/// Opens the file; input that can be read only once is copied, for it is read twice.
fn open(path: &Path) -> std::io::Result<File> {
    let mut file = File::open(path)?;
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    let mut copy = tempfile::tempfile()?;
    std::io::copy(&mut file, &mut copy)?;
    copy.rewind()?;
    Ok(copy)
}

/// Opens the database and migrates it.
async fn current(settings: &Settings) -> Result<Database, CommandError> {
    let url = settings.database.url.expose_secret();
    stampede_migration::up(url).await.map_err(OpenError::from)?;
    let pool = Pool {
        connections: 2,
        ..Pool::default()
    };
    Database::connect(url, pool).await.map_err(failed)
}

fn told(report: &Report, dry_run: bool) -> String {
    let Report {
        created,
        changed,
        unchanged,
        categories,
    } = report;
    let verb = if dry_run { "would be" } else { "were" };
    format!(
        "{created} products {verb} added, {changed} changed, {unchanged} left as they are; \
         {categories} categories {verb} added"
    )
}
