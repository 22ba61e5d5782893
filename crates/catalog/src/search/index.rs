//! The tantivy index: its schema, its one writer and its readers.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use stampede_kernel::{Language, ProductId};
use tantivy::collector::Count;
use tantivy::columnar::Column;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::Query;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{
    DocAddress, DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument,
    TantivyError, Term,
};

use super::store::IndexedProduct;
use super::tokenizer::{TokenMode, WordTokenizer};
use super::views::Views;
use super::words::Joining;

/// Memory budget of the writer, in bytes: the minimum of tantivy. It is freed at every
/// commit.
const ARENA: usize = 15_000_000;
/// Maximum amount of text that waits for the indexing thread, in bytes.
const WAITING: usize = 4 << 20;

/// The fields of an indexed product.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// Names in all languages, with positions, for phrases.
    pub(super) name: Field,
    /// Titles and the names of its categories in all languages, options of its SKUs.
    pub(super) about: Field,
    /// All texts together, descriptions included; every word of a product is here.
    pub(super) text: Field,
    /// Other spellings of the names' words.
    pub(super) name_spellings: Field,
    /// Other spellings of all other words.
    pub(super) text_spellings: Field,
    /// Words of the names, each prefixed with its language.
    pub(super) tagged_names: Field,
    /// Prefixes of the words of names and options, for suggestions.
    pub(super) prefixes: Field,
    /// Names, each prefixed with its two-letter language, stored for suggestions.
    pub(super) display_names: Field,
    /// Values of the options of its SKUs, stored for suggestions.
    pub(super) options: Field,
    /// Its category and all ancestors.
    pub(super) category: Field,
    pub(super) price: Field,
    pub(super) in_stock: Field,
    /// Its slot in [`Views`].
    pub(super) slot: Field,
}

/// Names of the columns.
const ID: &str = "id";
const CATEGORY: &str = "category";
const PRICE: &str = "price";
const IN_STOCK: &str = "in_stock";
const SLOT: &str = "slot";

/// A snapshot of the index: a searcher with the columns of its segments.
pub(super) struct IndexSnapshot {
    pub(super) searcher: Searcher,
    /// The columns by segment.
    columns: Vec<Columns>,
}

/// The columns of a segment, kept open because opening them takes longer than most
/// searches.
#[derive(Clone)]
pub(super) struct Columns {
    pub(super) ids: Column<i64>,
    pub(super) categories: Column<i64>,
    pub(super) prices: Column<i64>,
    pub(super) in_stock: Column<bool>,
    pub(super) slots: Column<u64>,
}

/// The search index of one process.
pub(super) struct SearchIndex {
    pub(super) fields: Fields,
    pub(super) views: Views,
    /// Languages of product names since the index was built.
    languages: Mutex<BTreeSet<Language>>,
    reader: IndexReader,
    snapshot: RwLock<Arc<IndexSnapshot>>,
    writer: Mutex<Writer>,
}

struct Writer {
    index: IndexWriter,
    waiting: usize,
}

impl SearchIndex {
    /// Creates an empty index in memory.
    pub(super) fn empty() -> Result<Self, TantivyError> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        for (name, mode) in [
            ("words", TokenMode::Words),
            ("tagged_names", TokenMode::LanguageTagged),
            ("prefixes", TokenMode::Prefixes),
            ("names", TokenMode::Spellings(Joining::Names)),
            ("texts", TokenMode::Spellings(Joining::Numbers)),
        ] {
            let analyzer = TextAnalyzer::builder(WordTokenizer::new(mode)).build();
            index.tokenizers().register(name, analyzer);
        }
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(ARENA)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(merging()));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = reader.try_into()?;
        Ok(Self {
            fields,
            views: Views::default(),
            languages: Mutex::default(),
            snapshot: RwLock::new(Arc::new(IndexSnapshot::of(&reader)?)),
            reader,
            writer: Mutex::new(Writer {
                index: writer,
                waiting: 0,
            }),
        })
    }

    /// Returns the snapshot as of the last [`SearchIndex::commit`].
    pub(super) fn snapshot(&self) -> Arc<IndexSnapshot> {
        let snapshot = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&snapshot)
    }

    /// Adds products to an empty index. Blocks: do not call it on threads that serve
    /// requests.
    pub(super) fn add(&self, listed: &[IndexedProduct]) -> Result<(), TantivyError> {
        let mut writer = self.writer();
        for product in listed {
            let slot = self.views.add(product.row.view);
            self.put(&mut writer, product, slot)?;
        }
        Ok(())
    }

    /// Replaces the products `ids` by those of them in `listed`; both become visible at
    /// once. Waits for the indexing thread.
    pub(super) fn replace(
        &self,
        ids: &[ProductId],
        listed: &[IndexedProduct],
    ) -> Result<(), TantivyError> {
        let snapshot = self.snapshot();
        let mut writer = self.writer();
        for id in ids {
            writer
                .index
                .delete_term(Term::from_field_i64(self.fields.id, id.0));
        }
        for product in listed {
            let slot = match self.slot(&snapshot, product.row.id)? {
                Some(slot) => {
                    self.views.set(slot, product.row.view);
                    slot
                }
                None => self.views.add(product.row.view),
            };
            self.put(&mut writer, product, slot)?;
        }
        self.commit_writer(&mut writer)
    }

    /// Commits and makes everything written visible.
    pub(super) fn commit(&self) -> Result<(), TantivyError> {
        self.commit_writer(&mut self.writer())
    }

    /// Returns whether a product had a name in this language since the index was built.
    pub(super) fn has_language(&self, language: Language) -> bool {
        let languages = self.languages.lock();
        let languages = languages.unwrap_or_else(PoisonError::into_inner);
        languages.contains(&language)
    }

    /// Counts the matches of a query.
    pub(super) fn count(&self, query: &dyn Query) -> Result<u64, TantivyError> {
        let matches = self.snapshot().searcher.search(query, &Count)?;
        Ok(u64::try_from(matches).unwrap_or(u64::MAX))
    }

    /// Returns whether the product is indexed as in stock; `None` when it is not
    /// indexed.
    pub(super) fn in_stock(
        &self,
        snapshot: &IndexSnapshot,
        id: ProductId,
    ) -> Result<Option<bool>, TantivyError> {
        let Some(at) = self.locate(snapshot, id)? else {
            return Ok(None);
        };
        Ok(snapshot.at(at).in_stock.first(at.doc_id))
    }

    /// Returns the product's slot in [`Views`].
    pub(super) fn slot(
        &self,
        snapshot: &IndexSnapshot,
        id: ProductId,
    ) -> Result<Option<usize>, TantivyError> {
        let Some(at) = self.locate(snapshot, id)? else {
            return Ok(None);
        };
        let slot = snapshot.at(at).slots.first(at.doc_id);
        Ok(slot.and_then(|slot| usize::try_from(slot).ok()))
    }

    /// Returns the document of the product; `None` when it is not indexed.
    pub(super) fn locate(
        &self,
        snapshot: &IndexSnapshot,
        id: ProductId,
    ) -> Result<Option<DocAddress>, TantivyError> {
        let term = Term::from_field_i64(self.fields.id, id.0);
        for (segment_ord, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
            let index = segment.inverted_index(self.fields.id)?;
            let Some(mut found) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while found.doc() != tantivy::TERMINATED {
                if !segment.is_deleted(found.doc()) {
                    return Ok(Some(DocAddress::new(segment_ord, found.doc())));
                }
                found.advance();
            }
        }
        Ok(None)
    }

    fn put(
        &self,
        writer: &mut Writer,
        product: &IndexedProduct,
        slot: usize,
    ) -> Result<(), TantivyError> {
        {
            let languages = self.languages.lock();
            let mut languages = languages.unwrap_or_else(PoisonError::into_inner);
            languages.extend(product.texts.keys());
        }
        let (document, bytes) = self.document(product, slot);
        writer.index.add_document(document)?;
        writer.waiting += bytes;
        if writer.waiting > WAITING {
            writer.commit()?;
        }
        Ok(())
    }

    fn document(&self, product: &IndexedProduct, slot: usize) -> (TantivyDocument, usize) {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        let mut bytes = 0;
        let mut add = |field: Field, text: &str| {
            bytes += text.len();
            document.add_text(field, text);
        };
        for (language, text) in &product.texts {
            if let Some(name) = &text.name {
                add(fields.name, name);
                add(fields.text, name);
                add(fields.name_spellings, name);
                add(fields.prefixes, name);
                let tagged = format!("{language}{name}");
                add(fields.tagged_names, &tagged);
                add(fields.display_names, &tagged);
            }
            if let Some(title) = &text.title {
                add(fields.about, title);
                add(fields.text, title);
                add(fields.text_spellings, title);
            }
            if let Some(info) = &text.info {
                add(fields.text, info);
                add(fields.text_spellings, info);
            }
        }
        for name in &product.category_names {
            add(fields.about, name);
            add(fields.text, name);
            add(fields.text_spellings, name);
        }
        for word in product.options.names.iter().chain(&product.options.values) {
            add(fields.about, word);
            add(fields.text, word);
            add(fields.text_spellings, word);
        }
        for value in &product.options.values {
            add(fields.prefixes, value);
            add(fields.options, value);
        }
        for category in &product.categories {
            document.add_i64(fields.category, category.0);
        }
        document.add_i64(fields.id, product.row.id.0);
        document.add_i64(fields.price, product.row.pay_price.minor());
        document.add_bool(fields.in_stock, product.in_stock);
        document.add_u64(fields.slot, u64::try_from(slot).unwrap_or(u64::MAX));
        (document, bytes)
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn commit_writer(&self, writer: &mut Writer) -> Result<(), TantivyError> {
        writer.commit()?;
        self.reader.reload()?;
        let snapshot = Arc::new(IndexSnapshot::of(&self.reader)?);
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }
}

impl IndexSnapshot {
    fn of(reader: &IndexReader) -> Result<Self, TantivyError> {
        let searcher = reader.searcher();
        let segments = searcher.segment_readers().iter();
        let columns = segments.map(|segment| {
            let columns = segment.fast_fields();
            Ok(Columns {
                ids: columns.i64(ID)?,
                categories: columns.i64(CATEGORY)?,
                prices: columns.i64(PRICE)?,
                in_stock: columns.bool(IN_STOCK)?,
                slots: columns.u64(SLOT)?,
            })
        });
        Ok(Self {
            columns: columns.collect::<Result<_, TantivyError>>()?,
            searcher,
        })
    }

    /// Returns the columns of a segment.
    pub(super) fn of_segment(&self, ordinal: u32) -> &Columns {
        &self.columns[usize::try_from(ordinal).unwrap_or(usize::MAX)]
    }

    fn at(&self, address: DocAddress) -> &Columns {
        self.of_segment(address.segment_ord)
    }
}

impl Writer {
    fn commit(&mut self) -> Result<(), TantivyError> {
        self.waiting = 0;
        self.index.commit().map(|_| ())
    }
}

/// The merge policy: few segments, for each one costs every search a little, and
/// deleted products soon leave the counts.
fn merging() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(6);
    policy.set_min_layer_size(2_000);
    policy.set_del_docs_ratio_before_merge(0.3);
    policy
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |tokenizer: &str, record: IndexRecordOption, norms: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record)
                .set_fieldnorms(norms),
        )
    };
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_i64_field(ID, number().set_indexed()),
        name: schema.add_text_field(
            "name",
            words("words", IndexRecordOption::WithFreqsAndPositions, true),
        ),
        about: schema.add_text_field("about", words("words", IndexRecordOption::WithFreqs, true)),
        text: schema.add_text_field("text", words("words", IndexRecordOption::WithFreqs, true)),
        name_spellings: schema.add_text_field(
            "name_spellings",
            words("names", IndexRecordOption::Basic, false),
        ),
        text_spellings: schema.add_text_field(
            "text_spellings",
            words("texts", IndexRecordOption::Basic, false),
        ),
        tagged_names: schema.add_text_field(
            "tagged_names",
            words("tagged_names", IndexRecordOption::WithFreqs, true),
        ),
        prefixes: schema.add_text_field(
            "prefixes",
            words("prefixes", IndexRecordOption::Basic, false),
        ),
        display_names: schema.add_text_field("display_names", STORED),
        options: schema.add_text_field("options", STORED),
        category: schema.add_i64_field(CATEGORY, number().set_indexed()),
        price: schema.add_i64_field(PRICE, number()),
        in_stock: schema.add_bool_field(IN_STOCK, number().set_indexed()),
        slot: schema.add_u64_field(SLOT, number()),
    };
    (schema.build(), fields)
}
