//! `stampede export`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use stampede_catalog::csv::export;
use stampede_persistence::Database;

use super::{CommandError, existing, failed, say};
use stampede_settings::Settings;

/// Byte order mark, by which Excel recognises UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Writes all products, also those off sale, as `import` reads them; without their pictures.
#[derive(Debug, Args)]
#[command(after_help = "\
The file is one consistent snapshot; the database does not change. Texts that a spreadsheet
would run as a formula, or read as a number or a date, begin with a ' that `import` removes.

Examples:
  stampede export goods.csv
  stampede export --bom goods.csv           for Excel, which reads UTF-8 by this mark only
  stampede export | gzip > goods.csv.gz")]
pub(super) struct Export {
    /// Output file; standard output when absent.
    file: Option<PathBuf>,
    /// Begin the file with a byte order mark (for Excel).
    #[arg(long)]
    bom: bool,
}

pub(super) async fn run(what: Export, settings: &Settings) -> Result<(), CommandError> {
    let db = existing(settings).await?;
    match &what.file {
        None => {
            write(&db, std::io::stdout().lock(), what.bom).await?;
        }
        Some(file) => {
            let count = into_file(&db, file, what.bom).await?;
            say(&format!("{count} products were written"));
        }
    }
    db.close().await.map_err(failed)
}

/// Writes to a temporary file that then replaces the target, so that a failure leaves no
/// partial file. A pipe or device is written to directly.
async fn into_file(db: &Database, path: &Path, bom: bool) -> Result<u64, CommandError> {
    let at = |error: std::io::Error| CommandError::Failed(format!("{}: {error}", path.display()));
    if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        let file = File::options().write(true).open(path).map_err(at)?;
        return write(db, file, bom).await;
    }
    // A link stays a link: what it leads to is replaced.
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(at)?;
    let count = write(db, file.as_file_mut(), bom).await?;
    file.as_file().sync_all().map_err(at)?;
    file.persist(path).map_err(|error| at(error.error))?;
    Ok(count)
}

async fn write(db: &Database, to: impl Write, bom: bool) -> Result<u64, CommandError> {
    let mut to = BufWriter::new(to);
    if bom {
        to.write_all(BOM).map_err(failed)?;
    }
    let count = export(db, &mut to).await.map_err(failed)?;
    to.flush().map_err(failed)?;
    Ok(count)
}
