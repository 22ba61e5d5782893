//! One line of the table, cell by cell.

use std::collections::BTreeMap;
use std::str::FromStr;

use ::csv::StringRecord;
use stampede_kernel::{Language, Money, ProductId, SkuId};

use super::{CsvError, cell};
use crate::text::{Text, Texts};

/// The columns but those of translations.
pub(super) const COLUMNS: [&str; 11] = [
    "product_id",
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
];
/// The texts that have translations.
pub(super) const TEXTS: [&str; 3] = ["name", "title", "info"];

/// Which column is where.
pub(super) struct Header {
    places: BTreeMap<String, usize>,
    languages: Vec<Language>,
}

impl Header {
    /// Every column is known and there once.
    pub(super) fn read(record: &StringRecord) -> Result<Self, CsvError> {
        let mut places = BTreeMap::new();
        let mut languages = Vec::new();
        for (place, name) in record.iter().enumerate() {
            let name = name.trim().to_owned();
            let language = translation(&name);
            if !COLUMNS.contains(&name.as_str()) && language.is_none() {
                return Err(CsvError::Column(name));
            }
            if let Some(language) = language
                && !languages.contains(&language)
            {
                languages.push(language);
            }
            if places.insert(name.clone(), place).is_some() {
                return Err(CsvError::Column(name));
            }
        }
        Ok(Self { places, languages })
    }
}

/// The language of a column such as `name_zh`.
fn translation(column: &str) -> Option<Language> {
    let (text, code) = column.split_once('_')?;
    let language = Language::parse(code).ok()?;
    (TEXTS.contains(&text) && language.as_str() == code).then_some(language)
}

/// One line; an absent column is `None`, an empty cell `Some("")`.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    header: &'a Header,
    record: StringRecord,
}

impl<'a> Row<'a> {
    pub(super) fn new(line: u64, header: &'a Header, record: StringRecord) -> Self {
        Self {
            line,
            header,
            record,
        }
    }

    /// A text as it was before it was guarded.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let place = *self.header.places.get(column)?;
        self.record.get(place).map(cell::bare)
    }

    /// A text that is not empty.
    pub(super) fn filled(&self, column: &str) -> Option<&str> {
        self.text(column).filter(|text| !text.trim().is_empty())
    }

    pub(super) fn product(&self) -> Result<Option<ProductId>, String> {
        Ok(self.number("product_id")?.map(ProductId))
    }

    pub(super) fn sku(&self) -> Result<Option<SkuId>, String> {
        Ok(self.number("sku_id")?.map(SkuId))
    }

    pub(super) fn num(&self) -> Result<i64, String> {
        Ok(self.number("num")?.unwrap_or(0))
    }

    pub(super) fn price(&self) -> Result<Option<Money>, String> {
        self.money("price")
    }

    /// An absent column leaves the discount as it is, an empty cell is none.
    pub(super) fn discount(&self, now: Option<Money>) -> Result<Option<Money>, String> {
        match self.text("discount_price") {
            Some(_) => self.money("discount_price"),
            None => Ok(now),
        }
    }

    pub(super) fn options(&self) -> Result<Option<BTreeMap<String, String>>, String> {
        self.text("options").map(cell::read_options).transpose()
    }

    pub(super) fn on_sale(&self) -> Result<Option<bool>, String> {
        match self
            .filled("on_sale")
            .map(|text| text.trim().to_lowercase())
        {
            None => Ok(None),
            Some(text) if ["true", "yes", "1"].contains(&text.as_str()) => Ok(Some(true)),
            Some(text) if ["false", "no", "0"].contains(&text.as_str()) => Ok(Some(false)),
            Some(text) => Err(format!("on_sale: `{text}` is neither true nor false")),
        }
    }

    /// The translations as they are with this line's cells in place.
    pub(super) fn translate(&self, mut texts: Texts) -> Texts {
        for language in &self.header.languages {
            let mut text = texts.remove(language).unwrap_or_default();
            for (column, part) in [
                ("name", &mut text.name),
                ("title", &mut text.title),
                ("info", &mut text.info),
            ] {
                if let Some(cell) = self.text(&format!("{column}_{language}")) {
                    *part = (!cell.is_empty()).then(|| cell.to_owned());
                }
            }
            if text != Text::default() {
                texts.insert(*language, text);
            }
        }
        texts
    }

    fn money(&self, column: &str) -> Result<Option<Money>, String> {
        self.number(column)?
            .map(Money::new)
            .transpose()
            .map_err(|error| format!("{column}: {error}"))
    }

    fn number(&self, column: &str) -> Result<Option<i64>, String> {
        self.filled(column)
            .map(|text| i64::from_str(text.trim()))
            .transpose()
            .map_err(|_| format!("{column}: not a whole number"))
    }
}
