//! One pass over the table: every product is validated, and written unless the pass is
//! a dry run.

mod categories;
mod change;
mod id_restore;
mod insert;

use sea_orm::ConnectionTrait;
use sea_orm::{DatabaseBackend, DatabaseTransaction, DbErr};
use serde_json::json;
use stampede_kernel::{CategoryId, Language, ProductId, Timestamp};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Change, Topic, feed};

use self::id_restore::IdRestore;
use self::insert::NewRow;
use super::fault::SheetFaults;
use super::group::Group;
use super::import::{ImportError, Importer, Report};
use super::plan;
use super::tree::CategoryPaths;
use crate::product::Product;
use crate::{bulk, category, stock};

/// The reason in the stock journal.
const REASON: &str = "import";
/// Feed rows per statement.
const NEWS: usize = 1_000;

/// One pass over the table.
pub(super) struct ImportPass<'a> {
    importer: &'a Importer,
    pub(super) tx: &'a DatabaseTransaction,
    pub(super) faults: SheetFaults,
    at: Timestamp,
    writes: bool,
    report: Report,
    tree: CategoryPaths,
    new_categories: Vec<CategoryId>,
    restoring: Option<IdRestore>,
    making: Vec<NewRow>,
    touched: Vec<i64>,
    /// The next ids on SQLite, which has one writer.
    next: Option<(i64, i64)>,
}

impl<'a> ImportPass<'a> {
    /// Creates a dry run in a snapshot.
    pub(super) async fn checking(
        importer: &'a Importer,
        tx: &'a DatabaseTransaction,
    ) -> Result<Self, DbErr> {
        Self::new(importer, tx, false).await
    }

    /// Creates a pass that writes. It locks the category tree, so that missing
    /// categories are created once.
    pub(super) async fn writing(
        importer: &'a Importer,
        tx: &'a DatabaseTransaction,
    ) -> Result<Self, DbErr> {
        category::store::lock_tree(tx).await?;
        Self::new(importer, tx, true).await
    }

    async fn new(
        importer: &'a Importer,
        tx: &'a DatabaseTransaction,
        writes: bool,
    ) -> Result<Self, DbErr> {
        let last = (
            bulk::store::last_product(tx).await?,
            bulk::store::last_sku(tx).await?,
        );
        let one_writer = tx.get_database_backend() == DatabaseBackend::Sqlite;
        Ok(Self {
            importer,
            tx,
            faults: SheetFaults::default(),
            at: importer.clock.now(),
            writes,
            report: Report::default(),
            tree: CategoryPaths::of(category::store::all(tx).await?),
            new_categories: Vec::new(),
            restoring: (last == (0, 0)).then(IdRestore::default),
            making: Vec::new(),
            touched: Vec::new(),
            next: one_writer.then_some((last.0 + 1, last.1 + 1)),
        })
    }

    /// Validates one product, and changes it or queues it for [`ImportPass::insert`].
    pub(super) async fn product(
        &mut self,
        id: Option<ProductId>,
        now: Option<&Product>,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        if let Some(restoring) = &mut self.restoring {
            restoring.note_ids(group);
        }
        match (id, now) {
            (Some(_), Some(now)) => self.change(now, group).await,
            (Some(id), None) if self.restoring.is_none() => {
                let detail = format!("there is no product {id}");
                group.first().fault("id", &detail, &mut self.faults);
                Ok(())
            }
            (id, None) | (id @ None, Some(_)) => self.create(id, group).await,
        }
    }

    async fn create(
        &mut self,
        id: Option<ProductId>,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        let before = self.faults.count;
        let (mut product, mut skus) = plan::new(&group.rows, self.language(), &mut self.faults);
        if id.is_none() {
            // A copied row: the SKUs of a new product are new.
            skus.fill(None);
        }
        if let (Some(restoring), Some(id)) = (&mut self.restoring, id) {
            restoring.check_taken(id, &skus, group, &mut self.faults);
        }
        let path = plan::required_category(group.first(), &mut self.faults);
        if self.faults.count > before {
            return Ok(());
        }
        product.category_id = self.place(&path).await?;
        self.report.created += 1;
        if self.writes {
            self.making.push(NewRow { product, id, skus });
        }
        Ok(())
    }

    /// Ends a dry run.
    pub(super) fn checked(mut self) -> Result<Report, ImportError> {
        if let Some(restoring) = &self.restoring {
            restoring.check_numbering(&mut self.faults);
        }
        if self.faults.is_empty() {
            Ok(self.report)
        } else {
            Err(ImportError::Refused(self.faults.sorted()))
        }
    }

    /// Ends a pass that writes, before its commit. The feed rows are written last, so
    /// that their ids become visible soon after they are assigned.
    pub(super) async fn written(mut self) -> Result<(Report, Vec<Change>), ImportError> {
        if let Some(restoring) = &self.restoring {
            restoring.check_numbering(&mut self.faults);
        }
        if !self.faults.is_empty() {
            return Err(ImportError::Refused(self.faults.sorted()));
        }
        let report = self.report;
        if report.created + report.changed + report.categories == 0 {
            return Ok((report, Vec::new()));
        }
        if self.restoring.is_some() {
            bulk::store::advance_sequences(self.tx).await?;
        }
        let detail = json!({
            "created": report.created,
            "changed": report.changed,
            "categories": report.categories,
        });
        self.act("product.import", "catalogue".to_owned(), &detail)
            .await?;
        let at = self.importer.clock.now();
        let categories: Vec<_> = self.new_categories.iter().map(|id| id.0).collect();
        let mut news = Vec::with_capacity(categories.len() + self.touched.len());
        for (topic, keys) in [
            (Topic::Category, categories),
            (Topic::Product, std::mem::take(&mut self.touched)),
        ] {
            for keys in keys.chunks(NEWS) {
                feed::append(self.tx, topic, keys, at).await?;
            }
            news.extend(keys.into_iter().map(|key| Change::Row(topic, key)));
        }
        Ok((report, news))
    }

    async fn act(
        &self,
        action: &'static str,
        target: String,
        detail: &serde_json::Value,
    ) -> Result<(), ImportError> {
        let act = AuditEntry {
            actor: self.importer.admin,
            action,
            target,
            detail: detail.to_string(),
        };
        Ok(audit_log::write(self.tx, act, self.at).await?)
    }

    fn language(&self) -> Language {
        self.importer.language
    }

    fn cause(&self) -> stock::Cause<'static> {
        stock::Cause {
            reason: REASON,
            reference: None,
            actor: self.importer.admin,
            at: self.at,
        }
    }
}
