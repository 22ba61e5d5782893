//! One pass over the table: every product is validated, and written unless the pass is
//! a dry run.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;
use sea_orm::{ActiveValue::Set, DatabaseBackend, DatabaseTransaction, DbErr};
use serde_json::json;
use stampede_kernel::{CategoryId, Language, ProductId, SkuId, Timestamp};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::{price_history as history, product, sku, stock_journal};
use stampede_persistence::{Change, Topic, feed, insert_all};

use crate::bulk;
use crate::category::{self, NewCategory};
use crate::csv::cell::Step;
use crate::csv::fault::SheetFaults;
use crate::csv::import::{ImportError, Importer, Report, products};
use crate::csv::plan::{self, Plan};
use crate::csv::row::Row;
use crate::csv::tree::CategoryPaths;
use crate::product::{NewProduct, NewSku, Product, ProductError, change, store};
use crate::{price_history, stock, text};

/// The reason in the stock journal.
const REASON: &str = "import";
/// Feed rows per statement.
const NEWS: usize = 1_000;

/// Consecutive rows of one product.
#[derive(Debug)]
pub(in crate::csv) struct Group<'h> {
    /// At least one.
    pub(in crate::csv) rows: Vec<Row<'h>>,
    too_long: bool,
}

impl<'h> Group<'h> {
    pub(in crate::csv) fn new(first: Row<'h>) -> Self {
        Self {
            rows: vec![first],
            too_long: false,
        }
    }

    pub(in crate::csv) fn first(&self) -> &Row<'h> {
        &self.rows[0]
    }

    /// Returns whether the row is a further SKU of this product: it has the same id, or
    /// none and either no name or the same mark in `product`.
    pub(in crate::csv) fn continues_with(&self, row: &Row<'_>) -> bool {
        let (first, same) = (self.first(), |column: &str| {
            self.first().filled(column).is_some()
                && self.first().filled(column).map(str::trim) == row.filled(column).map(str::trim)
        });
        match row.filled("id") {
            Some(_) => same("id"),
            None if row.filled("name").is_none() && row.cell("name").is_some() => true,
            None => first.filled("id").is_none() && same("product"),
        }
    }

    pub(in crate::csv) fn too_long(&mut self, row: &Row<'_>, faults: &mut SheetFaults) {
        if !self.too_long {
            self.too_long = true;
            row.fault("id", "a product has at most 100 SKUs", faults);
        }
    }
}

/// A product to be created, with the ids that it restores.
struct NewRow {
    product: NewProduct,
    id: Option<ProductId>,
    skus: Vec<Option<SkuId>>,
}

/// The restore of ids into an empty catalogue: all or none.
#[derive(Default)]
struct IdRestore {
    products: HashSet<ProductId>,
    skus: HashSet<SkuId>,
    /// The first lines with and without a product id, and with and without a SKU id.
    lines: [Option<u64>; 4],
}

/// One pass over the table.
pub(in crate::csv) struct ImportPass<'a> {
    importer: &'a Importer,
    pub(in crate::csv) tx: &'a DatabaseTransaction,
    pub(in crate::csv) faults: SheetFaults,
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
    pub(in crate::csv) async fn checking(
        importer: &'a Importer,
        tx: &'a DatabaseTransaction,
    ) -> Result<Self, DbErr> {
        Self::new(importer, tx, false).await
    }

    /// Creates a pass that writes. It locks the category tree, so that missing
    /// categories are created once.
    pub(in crate::csv) async fn writing(
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
    pub(in crate::csv) async fn product(
        &mut self,
        id: Option<ProductId>,
        now: Option<&Product>,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        self.note_ids(group);
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
        self.check_taken(id, &skus, group);
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

    async fn change(&mut self, now: &Product, group: &Group<'_>) -> Result<(), ImportError> {
        let before = self.faults.count;
        let plan = self.plan(now, group).await?;
        if self.faults.count > before {
            return Ok(());
        }
        if plan.is_nothing() {
            self.report.unchanged += 1;
            return Ok(());
        }
        self.report.changed += 1;
        if !self.writes {
            return self.check_sale(now, &plan, group).await;
        }
        // The product is locked from here on, and its change is planned again.
        let gone = || DbErr::RecordNotFound(format!("product {}", now.id));
        store::lock(self.tx, now.id, self.at)
            .await?
            .ok_or_else(gone)?;
        let held = products(self.tx, &[now.id]).await?;
        let now = held.get(&now.id).ok_or_else(gone)?;
        let plan = self.plan(now, group).await?;
        self.check_sale(now, &plan, group).await?;
        if self.faults.count > before {
            return Ok(());
        }
        self.write_change(now.id, &plan, group).await
    }

    /// Plans the change of the product.
    async fn plan(&mut self, now: &Product, group: &Group<'_>) -> Result<Plan, ImportError> {
        let before = self.faults.count;
        let mut plan = plan::change(now, &group.rows, self.language(), &mut self.faults);
        if let Some(path) = group.first().category(&mut self.faults)
            && self.faults.count == before
        {
            let category = self.place(&path).await?;
            plan.change.category_id = (category != now.category_id).then_some(category);
        }
        Ok(plan)
    }

    async fn check_sale(
        &mut self,
        now: &Product,
        plan: &Plan,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        if !now.on_sale || plan.change.on_sale != Some(false) {
            return Ok(());
        }
        let skus: Vec<_> = if self.writes {
            store::lock_skus(self.tx, now.id).await?
        } else {
            now.skus.iter().map(|sku| sku.id).collect()
        };
        if self.importer.sales.in_sale(self.tx, &skus, self.at).await? {
            let detail = ProductError::InSale.to_string();
            group.first().fault("on_sale", &detail, &mut self.faults);
        }
        Ok(())
    }

    async fn write_change(
        &mut self,
        id: ProductId,
        plan: &Plan,
        group: &Group<'_>,
    ) -> Result<(), ImportError> {
        match change::write(self.tx, id, &plan.change, self.cause()).await {
            Ok(()) => {}
            Err(ProductError::Invalid(fault)) => {
                group.first().broken(&fault, &mut self.faults);
            }
            Err(ProductError::Database(error)) => return Err(error.into()),
            Err(other) => return Err(DbErr::Custom(other.to_string()).into()),
        }
        for movement in &plan.moves {
            let moved = stock::adjust(self.tx, movement.sku, movement.delta, self.cause()).await?;
            if let (false, Some(row)) = (moved, group.rows.get(movement.row)) {
                row.fault("num", plan::OUT_OF_STOCK, &mut self.faults);
            }
        }
        let moves = plan.moves.iter();
        let moves: Vec<_> = moves
            .map(|one| json!({ "sku": one.sku, "delta": one.delta }))
            .collect();
        let mut detail = change::summary(&plan.change);
        if let (false, Some(detail)) = (moves.is_empty(), detail.as_object_mut()) {
            detail.insert("stock".to_owned(), json!(moves));
        }
        self.touched.push(id.0);
        self.act("product.update", format!("product:{id}"), &detail)
            .await
    }

    /// Returns the category of a path and creates missing ones; a dry run assigns an
    /// unused id.
    async fn place(&mut self, path: &[Step]) -> Result<CategoryId, ImportError> {
        let mut above = None;
        for step in path {
            let id = loop {
                if let Some(id) = self.tree.step(above, step) {
                    break id;
                }
                let made = self.make_category(above, &step.name).await?;
                self.tree.learn(made, above, step.name.clone());
            };
            above = Some(id);
        }
        Ok(above.unwrap_or(CategoryId(0)))
    }

    async fn make_category(
        &mut self,
        parent_id: Option<CategoryId>,
        name: &str,
    ) -> Result<CategoryId, ImportError> {
        self.report.categories += 1;
        if !self.writes {
            let made = i64::try_from(self.report.categories).unwrap_or(i64::MAX);
            return Ok(CategoryId(-made));
        }
        let new = NewCategory {
            name: name.to_owned(),
            translations: None,
            parent_id,
            image: None,
        };
        let id = category::store::insert(self.tx, &new, self.at).await?;
        self.new_categories.push(id);
        let detail = json!({ "name": name, "parent_id": parent_id });
        self.act("category.create", format!("category:{id}"), &detail)
            .await?;
        Ok(id)
    }

    /// Inserts the queued products.
    pub(in crate::csv) async fn insert(&mut self) -> Result<(), ImportError> {
        let making = std::mem::take(&mut self.making);
        if making.is_empty() || !self.faults.is_empty() {
            return Ok(());
        }
        if self.restoring.is_some() || self.next.is_some() {
            return self.insert_numbered(making).await;
        }
        for NewRow { product, .. } in making {
            let id = store::insert(self.tx, &product, self.cause()).await?;
            self.touched.push(id.0);
        }
        Ok(())
    }

    /// Inserts products whose ids are known before, in few statements.
    async fn insert_numbered(&mut self, making: Vec<NewRow>) -> Result<(), ImportError> {
        let (mut products, mut skus, mut journal) = (Vec::new(), Vec::new(), Vec::new());
        let mut prices = Vec::new();
        let (mut next_product, mut next_sku) = self.next.unwrap_or((1, 1));
        for NewRow {
            product,
            id,
            skus: ids,
        } in making
        {
            let id = id.unwrap_or(ProductId(next_product));
            next_product = next_product.max(id.0 + 1);
            let mut numbered: Vec<_> = product.skus.iter().zip(ids).collect();
            numbered.sort_by_key(|(_, id)| *id);
            let pay_price = numbered.first().map(|(new, _)| new.pay_price());
            for (new, sku) in numbered {
                let sku = sku.unwrap_or(SkuId(next_sku));
                next_sku = next_sku.max(sku.0 + 1);
                skus.push(self.sku_row(id, sku, new)?);
                prices.push(price_history::row(sku, new.pay_price(), self.at));
                if new.num != 0 {
                    journal.push(stock::journal_row(sku, new.num, self.cause()));
                }
            }
            products.push(self.product_row(id, product, pay_price.unwrap_or_default()));
            self.touched.push(id.0);
        }
        self.next = Some((next_product, next_sku));
        insert_all::<product::Entity, _>(self.tx, products).await?;
        insert_all::<sku::Entity, _>(self.tx, skus).await?;
        insert_all::<stock_journal::Entity, _>(self.tx, journal).await?;
        insert_all::<history::Entity, _>(self.tx, prices).await?;
        Ok(())
    }

    fn product_row(
        &self,
        id: ProductId,
        new: NewProduct,
        pay_price: stampede_kernel::Money,
    ) -> product::ActiveModel {
        product::ActiveModel {
            id: Set(id),
            category_id: Set(new.category_id),
            translations: Set(text::to_column(&new.translations)),
            name: Set(new.name),
            title: Set(new.title),
            info: Set(new.info),
            on_sale: Set(new.on_sale),
            pay_price: Set(pay_price),
            view: Set(0),
            created_at: Set(self.at),
            updated_at: Set(self.at),
        }
    }

    fn sku_row(
        &self,
        product: ProductId,
        id: SkuId,
        new: &NewSku,
    ) -> Result<sku::ActiveModel, DbErr> {
        Ok(sku::ActiveModel {
            id: Set(id),
            product_id: Set(product),
            options: Set(store::options_column(&new.options)?),
            price: Set(new.price),
            discount_price: Set(new.discount_price),
            num: Set(new.num),
            created_at: Set(self.at),
            price_since: Set(Some(self.at)),
            lowest_30_days: Set(None),
        })
    }

    /// Ends a dry run.
    pub(in crate::csv) fn checked(mut self) -> Result<Report, ImportError> {
        self.check_numbering();
        if self.faults.is_empty() {
            Ok(self.report)
        } else {
            Err(ImportError::Refused(self.faults.sorted()))
        }
    }

    /// Ends a pass that writes, before its commit. The feed rows are written last, so
    /// that their ids become visible soon after they are assigned.
    pub(in crate::csv) async fn written(mut self) -> Result<(Report, Vec<Change>), ImportError> {
        self.check_numbering();
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

    /// Checks that each id is restored once.
    fn check_taken(&mut self, id: Option<ProductId>, skus: &[Option<SkuId>], group: &Group<'_>) {
        let (Some(restoring), Some(id)) = (&mut self.restoring, id) else {
            return;
        };
        if !restoring.products.insert(id) {
            let detail = "the lines of a product must stand together";
            group.first().fault("id", detail, &mut self.faults);
        }
        for (row, sku) in group.rows.iter().zip(skus) {
            if let Some(sku) = sku
                && !restoring.skus.insert(*sku)
            {
                row.fault("sku_id", "is there twice", &mut self.faults);
            }
        }
    }

    fn note_ids(&mut self, group: &Group<'_>) {
        let Some(restoring) = &mut self.restoring else {
            return;
        };
        for row in &group.rows {
            let id = group.first().filled("id");
            let named = [id, id.and_then(|_| row.filled("sku_id"))];
            for (place, cell) in named.into_iter().enumerate() {
                let which = 2 * place + usize::from(cell.is_none());
                restoring.lines[which].get_or_insert(row.line);
            }
        }
    }

    /// Checks that new ids and restored ids are not mixed, for they would collide.
    fn check_numbering(&mut self) {
        let Some(restoring) = &self.restoring else {
            return;
        };
        let [with, without, sku_with, sku_without] = restoring.lines;
        for (column, pair) in [
            ("id", with.zip(without)),
            ("sku_id", sku_with.zip(sku_without)),
        ] {
            if let Some((line, other)) = pair {
                let detail = format!(
                    "an empty shop takes ids over if every line has one, and line {other} has none"
                );
                self.faults.add(line, column, "", &detail);
            }
        }
    }
}
