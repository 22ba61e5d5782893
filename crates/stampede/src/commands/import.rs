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

/// Creates and updates products from a CSV file, in one transaction.
#[derive(Debug, Args)]
#[command(after_help = "\
One line per SKU; the first line names the columns, in any order and case:
  id              id of the product to update; empty creates a product. An empty shop keeps
                  the ids of the file
  sku_id          id of the SKU; empty = the SKU with the same options, the only SKU, or a new SKU
  name, title, info, on_sale
  category        path from the root, Home/Furniture; missing categories are created. In a name,
                  \\/ is a slash and \\\\ a backslash; Home\\#2 is the second Home beside the first
  options         Colour: Black; Size: M, or a JSON object
  price, discount_price   in minor units; empty = no discount
  num             units in stock. With a column num_exported, the stock changes by the
                  difference, so that units sold since the export stay sold
  name_zh, title_zh, info_zh …  translations; or `translations`, a JSON object
Further SKUs of a product have lines with its id or, for a new product, with an empty name (or
with the same value in a column `product`). Missing columns change nothing.

The separator may be a comma, a semicolon or a tab, also given as `sep=;`. A byte order mark, any
line ends, TRUE and yes, empty lines and columns, and blanks around numbers are accepted. All
faults are reported at once, with line, column and value. The whole file is one transaction:
on SQLite, which has one writer, it blocks all other writes, so import large files while the
shop is closed.

Examples:
  stampede export goods.csv && stampede import goods.csv --dry-run
  gzip -dc goods.csv.gz | stampede import /dev/stdin")]
pub(super) struct Import {
    /// CSV file to read.
    file: PathBuf,
    /// Check the file and report what an import would do; write nothing.
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
