//! The CSV import: the file is validated as a whole, then written in one transaction.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{Clock, FieldError, Language, ProductId, Refusal, Refuse, UserId};
use stampede_persistence::{Change, Database, database_refusal, impl_conflict, retrying};
use tokio::sync::Mutex;

use super::fault::SheetFaults;
use super::group::Group;
use super::parse::{NotATable, Records};
use super::pass::ImportPass;
use super::row::{Header, Row};
use crate::product::rules::MAX_SKUS;
use crate::product::{Product, SaleWatch, store};

/// Products per batch.
const BATCH: usize = 200;
/// Maximum size of a batch, in bytes.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Products that make a difference to the planner of a database.
const MANY: u64 = 1_000;
/// Size of the read buffer, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// The result of an import or a dry run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Created products.
    pub created: u64,
    /// Changed products.
    pub changed: u64,
    /// Unchanged products.
    pub unchanged: u64,
    /// Created categories.
    pub categories: u64,
}

/// Errors of an import; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is not a CSV table.
    #[error(transparent)]
    NotATable(#[from] NotATable),
    /// Rows are invalid.
    #[error("{0}")]
    Refused(SheetFaults),
    /// The database failed.
    #[error("the catalogue could not be read or written: {0}")]
    Database(#[from] DbErr),
}

impl From<std::io::Error> for ImportError {
    fn from(error: std::io::Error) -> Self {
        Self::NotATable(error.into())
    }
}

impl Refuse for ImportError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::NotATable(NotATable::Utf16) => {
                FieldError::new("file", "invalid_value", self.to_string()).refusal()
            }
            Self::NotATable(error @ NotATable::Io(_)) => Refusal::internal(error),
            Self::Refused(faults) => faults.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(ImportError: Database);

/// The CSV importer.
#[derive(Clone)]
pub struct Importer {
    pub(super) db: Database,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) language: Language,
    pub(super) sales: Arc<dyn SaleWatch>,
    /// The admin who imports; `None` for the command line.
    pub(super) admin: Option<UserId>,
}

impl Importer {
    /// Creates an importer for this database, whose texts are in `language`.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        language: Language,
        sales: Arc<dyn SaleWatch>,
    ) -> Self {
        Self {
            db,
            clock,
            language,
            sales,
            admin: None,
        }
    }

    /// The same importer for an admin, whom journal and audit log name.
    #[must_use]
    pub fn by(&self, admin: UserId) -> Self {
        Self {
            admin: Some(admin),
            ..self.clone()
        }
    }

    /// Creates and changes products as the table says, in one transaction. The file is
    /// read twice, with the memory of a few hundred products: the first pass validates
    /// it in a snapshot, which blocks nobody.
    ///
    /// # Errors
    ///
    /// [`ImportError::Refused`] with all faults.
    pub async fn import(
        &self,
        file: impl Read + Seek + Send,
        dry_run: bool,
    ) -> Result<Report, ImportError> {
        let file = Mutex::new(file);
        let checked = self.check(&file).await?;
        if dry_run {
            return Ok(checked);
        }
        let (report, news) = retrying(|| self.write(&file)).await?;
        for change in &news {
            self.db.changes().publish(change);
        }
        if report.created >= MANY {
            self.db.analyze().await?;
        }
        Ok(report)
    }

    async fn check<F: Read + Seek + Send>(&self, file: &Mutex<F>) -> Result<Report, ImportError> {
        let tx = self.db.snapshot().await?;
        let mut pass = ImportPass::checking(self, &tx).await?;
        read(&mut pass, &mut *file.lock().await).await?;
        let report = pass.checked()?;
        tx.rollback().await?;
        Ok(report)
    }

    /// Writes the table, and returns what the caches of this process are to hear.
    async fn write<F: Read + Seek + Send>(
        &self,
        file: &Mutex<F>,
    ) -> Result<(Report, Vec<Change>), ImportError> {
        let tx = self.db.begin_write().await?;
        let mut pass = ImportPass::writing(self, &tx).await?;
        read(&mut pass, &mut *file.lock().await).await?;
        let written = pass.written().await?;
        fail::fail_point!("import.commit");
        tx.commit().await?;
        Ok(written)
    }
}

/// Passes the products of the file to `pass`, in batches.
async fn read(pass: &mut ImportPass<'_>, file: &mut (impl Read + Seek)) -> Result<(), ImportError> {
    file.rewind()?;
    let mut records = Records::open(BufReader::with_capacity(BUFFER_BYTES, file))?;
    let header = match records.read()? {
        Some(Ok(record)) => Header::read(&record, &mut pass.faults),
        Some(Err(unreadable)) => {
            pass.faults.add(unreadable.line, "", "", unreadable.why);
            return Ok(());
        }
        None => {
            pass.faults
                .add(1, "", "", "the file has no line of column names");
            return Ok(());
        }
    };
    if !pass.faults.is_empty() {
        // With unknown column names every row would be a fault.
        return Ok(());
    }
    let mut batch: Vec<Group<'_>> = Vec::new();
    let mut bytes = 0;
    while let Some(record) = records.read()? {
        let record = match record {
            Ok(record) => record,
            Err(unreadable) => {
                pass.faults.add(unreadable.line, "", "", unreadable.why);
                continue;
            }
        };
        let row = Row::new(&header, record, &mut pass.faults);
        bytes += row.bytes();
        match batch.last_mut().filter(|group| group.continues_with(&row)) {
            Some(group) if group.rows.len() < MAX_SKUS => group.rows.push(row),
            Some(group) => group.too_long(&row, &mut pass.faults),
            None => {
                if batch.len() == BATCH || bytes > BATCH_BYTES {
                    take(pass, std::mem::take(&mut batch)).await?;
                    bytes = 0;
                }
                batch.push(Group::new(row));
            }
        }
    }
    take(pass, batch).await
}

/// Processes a batch of products, with one query for the existing ones.
async fn take(pass: &mut ImportPass<'_>, batch: Vec<Group<'_>>) -> Result<(), ImportError> {
    let mut ids = Vec::with_capacity(batch.len());
    let mut groups = Vec::with_capacity(batch.len());
    for group in batch {
        let before = pass.faults.count;
        let id = group.first().id(&mut pass.faults);
        ids.extend(id);
        // A product with an invalid id is not validated further.
        if pass.faults.count == before {
            groups.push((id, group));
        }
    }
    let known = products(pass.tx, &ids).await?;
    for (id, group) in groups {
        let now = id.and_then(|id| known.get(&id));
        pass.product(id, now, &group).await?;
    }
    pass.insert().await
}

/// Reads the products of these ids, without their pictures.
pub(super) async fn products(
    tx: &DatabaseTransaction,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Product>, DbErr> {
    let rows = store::by_ids(tx, ids).await?;
    let products = store::assemble(tx, rows).await?;
    Ok(products.into_iter().map(|one| (one.id, one)).collect())
}

impl std::fmt::Debug for Importer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Importer").finish_non_exhaustive()
    }
}
