//! Rows of the table and typed access to their cells.

use std::collections::{BTreeMap, HashMap};

use stampede_kernel::{FieldError, Language, Money, ProductId, SkuId};

use super::cell;
use super::fault::SheetFaults;
use super::parse::Record;
use crate::text::{Text, Texts, check_info, check_line, check_name, check_texts};

/// The columns of an export, without those of translations.
pub(super) const COLUMNS: [&str; 12] = [
    "id",
    "sku_id",
    "name",
    "title",
    "info",
    "category",
    "on_sale",
    "options",
    "price",
    "discount_price",
    "num",
    "num_exported",
];
/// Further columns that an import understands.
const OTHERS: [&str; 2] = ["product", "translations"];
/// An alias of `id`.
const PRODUCT_ID: &str = "product_id";
/// The columns that have translations.
pub(super) const TEXTS: [&str; 3] = ["name", "title", "info"];

/// The header: positions of the columns.
#[derive(Debug)]
pub(super) struct Header {
    places: HashMap<String, usize>,
    /// Languages with translation columns.
    languages: Vec<Language>,
    /// Columns without a name, which must be empty.
    nameless: Vec<usize>,
    width: usize,
}

impl Header {
    /// Parses the column names, case-insensitive; each must be known and unique.
    pub(super) fn read(record: &Record, faults: &mut SheetFaults) -> Self {
        let mut header = Self {
            places: HashMap::new(),
            languages: Vec::new(),
            nameless: Vec::new(),
            width: record.cells.len(),
        };
        for (place, cell) in record.cells.iter().enumerate() {
            let mut name = cell::bare(cell).trim().to_lowercase();
            if name == PRODUCT_ID {
                "id".clone_into(&mut name);
            }
            if name.is_empty() {
                header.nameless.push(place);
                continue;
            }
            let language = translation(&name);
            let known = COLUMNS.contains(&name.as_str()) || OTHERS.contains(&name.as_str());
            if !known && language.is_none() {
                faults.add(record.line, &name, cell, "there is no such column");
                continue;
            }
            if let Some(language) = language
                && !header.languages.contains(&language)
            {
                header.languages.push(language);
            }
            if header.places.insert(name.clone(), place).is_some() {
                faults.add(record.line, &name, cell, "the column is there twice");
            }
        }
        header
    }
}

/// Returns the language of a column such as `name_zh`.
fn translation(column: &str) -> Option<Language> {
    let (text, code) = column.split_once('_')?;
    let language = Language::parse(code).ok()?;
    (TEXTS.contains(&text) && language.as_str() == code).then_some(language)
}

/// A row. A cell is `None` where its column is absent or the row ends before it, and
/// `Some("")` where it is empty.
#[derive(Debug)]
pub(super) struct Row<'h> {
    pub(super) line: u64,
    header: &'h Header,
    cells: Vec<String>,
}

impl<'h> Row<'h> {
    pub(super) fn new(header: &'h Header, record: Record, faults: &mut SheetFaults) -> Self {
        let row = Self {
            line: record.line,
            header,
            cells: record.cells,
        };
        let beyond = header.width..row.cells.len();
        for place in header.nameless.iter().copied().chain(beyond) {
            let stray = row.cells.get(place).filter(|cell| !cell.trim().is_empty());
            if let Some(stray) = stray {
                let column = format!("column {}", place + 1);
                faults.add(row.line, &column, stray, "the column has no name");
            }
        }
        row
    }

    /// Returns the text of a cell without its guard.
    pub(super) fn cell(&self, column: &str) -> Option<&str> {
        let place = *self.header.places.get(column)?;
        self.cells.get(place).map(|cell| cell::bare(cell))
    }

    /// Returns a cell that is not blank.
    pub(super) fn filled(&self, column: &str) -> Option<&str> {
        self.cell(column).filter(|text| !text.trim().is_empty())
    }

    /// Returns whether the row describes the product and not one SKU only: its blank
    /// cells then clear a value.
    pub(super) fn describes_product(&self) -> bool {
        match self.cell("name") {
            Some(name) => !name.trim().is_empty(),
            None => true,
        }
    }

    /// Returns the columns of the product, without those of its SKUs.
    pub(super) fn product_columns(&self) -> Vec<String> {
        let plain = [
            "name",
            "title",
            "info",
            "category",
            "on_sale",
            "translations",
        ];
        let languages = self.header.languages.iter();
        let translated =
            languages.flat_map(|language| TEXTS.map(|text| format!("{text}_{language}")));
        plain
            .map(ToOwned::to_owned)
            .into_iter()
            .chain(translated)
            .collect()
    }

    /// Returns the approximate size in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.cells.iter().map(|cell| cell.len() + 32).sum()
    }

    pub(super) fn fault(&self, column: &str, detail: &str, faults: &mut SheetFaults) {
        let value = self.cell(column).unwrap_or_default();
        faults.add(self.line, column, value, detail);
    }

    /// Reports a validation error in the column of its field.
    pub(super) fn broken(&self, fault: &FieldError, faults: &mut SheetFaults) {
        self.fault(&fault.field, &fault.detail, faults);
    }

    pub(super) fn id(&self, faults: &mut SheetFaults) -> Option<ProductId> {
        self.positive("id", faults).map(ProductId)
    }

    pub(super) fn sku(&self, faults: &mut SheetFaults) -> Option<SkuId> {
        self.positive("sku_id", faults).map(SkuId)
    }

    pub(super) fn money(&self, column: &str, faults: &mut SheetFaults) -> Option<Money> {
        let minor = self.number(column, faults)?;
        match Money::new(minor) {
            Ok(money) => Some(money),
            Err(error) => {
                self.fault(column, &error.to_string(), faults);
                None
            }
        }
    }

    pub(super) fn number(&self, column: &str, faults: &mut SheetFaults) -> Option<i64> {
        let number = self.filled(column)?.trim().parse();
        if number.is_err() {
            self.fault(column, "is not a whole number", faults);
        }
        number.ok()
    }

    fn positive(&self, column: &str, faults: &mut SheetFaults) -> Option<i64> {
        let number = self.number(column, faults)?;
        if number < 1 {
            self.fault(column, "must be above 0", faults);
            return None;
        }
        Some(number)
    }

    pub(super) fn on_sale(&self, faults: &mut SheetFaults) -> Option<bool> {
        match self.filled("on_sale")?.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" | "y" | "on" => Some(true),
            "false" | "no" | "0" | "n" | "off" => Some(false),
            _ => {
                self.fault("on_sale", "is neither true nor false", faults);
                None
            }
        }
    }

    pub(super) fn options(&self, faults: &mut SheetFaults) -> Option<BTreeMap<String, String>> {
        match cell::read_options(self.filled("options")?) {
            Ok(options) => Some(options),
            Err(detail) => {
                self.fault("options", &detail, faults);
                None
            }
        }
    }

    /// Parses and validates the category path.
    pub(super) fn category(&self, faults: &mut SheetFaults) -> Option<Vec<cell::Step>> {
        let steps = cell::steps(self.filled("category")?);
        let steps = steps.and_then(|steps| {
            let names = steps.iter().map(|step| check_name("category", &step.name));
            match names.collect::<Result<(), _>>() {
                Ok(()) => Ok(steps),
                Err(fault) => Err(format!("a name in the path {}", fault.detail)),
            }
        });
        steps
            .map_err(|detail| self.fault("category", &detail, faults))
            .ok()
    }

    /// Returns the text of a column, if it is valid.
    pub(super) fn text(&self, column: &str, faults: &mut SheetFaults) -> Option<&str> {
        let text = self.cell(column)?;
        let kind = column.split('_').next().unwrap_or_default();
        let checked = match kind {
            "name" if text.trim().is_empty() => return None,
            "name" => check_name("name", text),
            "title" => check_line("title", text, 255),
            _ => check_info("info", text),
        };
        match checked {
            Ok(()) => Some(text),
            Err(fault) => {
                self.fault(column, &fault.detail, faults);
                None
            }
        }
    }

    /// Applies the row's translations to `now`. A blank cell removes the text where the
    /// row describes the product.
    pub(super) fn translate(&self, now: &Texts, shop: Language, faults: &mut SheetFaults) -> Texts {
        let before = faults.count;
        let mut texts = self
            .json_translations(faults)
            .unwrap_or_else(|| now.clone());
        let whole = self.describes_product();
        for language in &self.header.languages {
            let mut text = texts.remove(language).unwrap_or_default();
            for (kind, part) in TEXTS
                .iter()
                .zip([&mut text.name, &mut text.title, &mut text.info])
            {
                let column = format!("{kind}_{language}");
                match self.cell(&column) {
                    Some("") if whole => *part = None,
                    Some("") | None => {}
                    Some(_) if *language == shop => {
                        let detail = format!("{language} is the shop's own language");
                        self.fault(&column, &detail, faults);
                    }
                    Some(cell) => {
                        *part = Some(cell.to_owned());
                        self.text(&column, faults);
                    }
                }
            }
            if text != Text::default() {
                texts.insert(*language, text);
            }
        }
        // What only shows in all of them together; single cells were told above.
        if faults.count == before
            && let Err(fault) = check_texts(&texts, shop)
        {
            self.fault("translations", &fault.detail, faults);
        }
        texts
    }

    fn json_translations(&self, faults: &mut SheetFaults) -> Option<Texts> {
        let json = self.filled("translations")?;
        let read: Result<Texts, _> = serde_json::from_str(json);
        if read.is_err() {
            let detail = "is not a JSON object of languages such as {\"zh\":{\"name\":\"…\"}}";
            self.fault("translations", detail, faults);
        }
        read.ok()
    }
}
