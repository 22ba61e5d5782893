//! The query of a product list, decoded strictly and normalised: it is also the cache key.

mod values;

use std::borrow::Cow;
use std::fmt::Display;

use stampede_catalog::{PageStart, ProductQuery, Sort};
use stampede_http::problem::Problem;
use stampede_kernel::{CategoryId, FieldError, Language, Money, PageSize};

use values::{
    DecodeError, cursor_text, id, in_words, language, minor_units, order, page_number, page_size,
    search,
};

/// The known parameters. All others are ignored and never reach a cache key.
const NAMES: [&str; 10] = [
    "category_id",
    "q",
    "min_price",
    "max_price",
    "in_stock",
    "sort",
    "page_size",
    "page_num",
    "cursor",
    "lang",
];

type Given<'q> = [Option<Cow<'q, str>>; NAMES.len()];

/// A normalised query of a product list: equal queries have equal values, however the client
/// wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    category: Option<CategoryId>,
    q: Option<String>,
    min_price: Option<Money>,
    max_price: Option<Money>,
    in_stock: bool,
    sort: Sort,
    size: u64,
    from: PageStart,
}

impl ListQuery {
    /// Decodes a query string; `?lang=` beside it.
    ///
    /// # Errors
    ///
    /// 422 with every parameter at fault.
    pub fn parse(query: &str) -> Result<(Self, Option<Language>), Problem> {
        let mut faults = Vec::new();
        let given = collect(query, &mut faults);
        let decoded = decode(given, &mut faults);
        done(decoded, faults)
    }

    /// Trims a search text; an empty one is no search.
    pub fn search(
        info: &str,
        category_id: Option<i64>,
        page_num: Option<i64>,
        page_size: Option<i64>,
    ) -> Result<Self, Problem> {
        let number = |number: Option<i64>| number.map(|number| number.to_string().into());
        let mut given = Given::default();
        given[0] = number(category_id);
        given[1] = Some(info.into());
        given[6] = number(page_size);
        given[7] = number(page_num);
        let mut faults = Vec::new();
        let (list, _) = decode(given, &mut faults);
        done(list, faults)
    }

    /// The bytes of its texts.
    pub fn text_bytes(&self) -> usize {
        let cursor = match &self.from {
            PageStart::After(cursor) => cursor.len(),
            PageStart::Page(_) => 0,
        };
        self.q.as_ref().map_or(0, String::len) + cursor
    }

    /// The question to the catalogue.
    pub fn into_query(self, language: Language) -> ProductQuery {
        ProductQuery {
            category: self.category,
            q: self.q,
            min_price: self.min_price,
            max_price: self.max_price,
            in_stock: self.in_stock,
            sort: self.sort,
            size: PageSize::new(self.size).unwrap_or_default(),
            from: self.from,
            language,
        }
    }
}

/// Collects each known parameter once.
fn collect<'q>(query: &'q str, faults: &mut Vec<FieldError>) -> Given<'q> {
    let mut given = Given::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(place) = NAMES.iter().position(|known| *known == name) else {
            continue;
        };
        if given[place].replace(value).is_some() {
            let name = NAMES[place];
            if !faults.iter().any(|fault| fault.field == name) {
                let detail = format!("`{name}` is given twice");
                faults.push(FieldError::new(name, "duplicate_field", detail));
            }
        }
    }
    // An input of a form that nobody filled in.
    given.map(|value| value.filter(|value| !value.is_empty()))
}

fn decode(given: Given<'_>, faults: &mut Vec<FieldError>) -> (ListQuery, Option<Language>) {
    let [
        category,
        q,
        min,
        max,
        stock,
        sort,
        size,
        number,
        cursor,
        lang,
    ] = given;
    let mut read = QueryParser(faults);
    let category = read.one("category_id", category, id);
    let q = read.one("q", q, search).flatten();
    let min_price = read.one("min_price", min, minor_units);
    let max_price = read.one("max_price", max, minor_units);
    let in_stock = read.one("in_stock", stock, in_words).unwrap_or_default();
    let sort = read.one("sort", sort, order).unwrap_or(match q {
        Some(_) => Sort::Relevance,
        None => Sort::New,
    });
    let size = read.one("page_size", size, page_size);
    let size = size.unwrap_or_else(|| PageSize::default().get());
    let number = read.one("page_num", number, |text| page_number(text, size));
    let cursor = read.one("cursor", cursor, cursor_text);
    let lang = read.one("lang", lang, language);
    if sort == Sort::Relevance && q.is_none() {
        read.fault("sort", "needs_q", "`relevance` needs `q`");
    }
    if number.is_some() && cursor.is_some() {
        read.fault("cursor", "one_of", "excludes `page_num`");
    }
    let list = ListQuery {
        category,
        q,
        min_price,
        max_price,
        in_stock,
        sort,
        size,
        from: cursor.map_or_else(|| PageStart::Page(number.unwrap_or(1)), PageStart::After),
    };
    (list, lang)
}

struct QueryParser<'f>(&'f mut Vec<FieldError>);

impl QueryParser<'_> {
    /// `given` as `read` understands it; a fault is noted.
    fn one<T>(
        &mut self,
        name: &'static str,
        given: Option<Cow<'_, str>>,
        read: impl FnOnce(&str) -> Result<T, DecodeError>,
    ) -> Option<T> {
        read(given?.as_ref())
            .map_err(|(code, words)| self.fault(name, code, words))
            .ok()
    }

    fn fault(&mut self, name: &'static str, code: &'static str, words: impl Display) {
        self.0
            .push(FieldError::new(name, code, format!("`{name}`: {words}")));
    }
}

fn done<T>(decoded: T, faults: Vec<FieldError>) -> Result<T, Problem> {
    if faults.is_empty() {
        Ok(decoded)
    } else {
        Err(Problem::fields(faults))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> Vec<(String, String)> {
        let Err(problem) = ListQuery::parse(query) else {
            return Vec::new();
        };
        let faults = problem.errors().iter();
        faults
            .map(|fault| (fault.field.to_string(), fault.code.to_owned()))
            .collect()
    }

    fn key(query: &str) -> ListQuery {
        ListQuery::parse(query).unwrap().0
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        for (query, field, code) in [
            ("sort=price%3B--", "sort", "unknown_value"),
            ("sort=relevance", "sort", "needs_q"),
            ("page_size=0", "page_size", "out_of_range"),
            ("page_size=101", "page_size", "out_of_range"),
            ("page_size=-1", "page_size", "out_of_range"),
            ("page_size=1&page_size=100", "page_size", "duplicate_field"),
            ("page_size=many", "page_size", "wrong_type"),
            ("q=%00", "q", "characters"),
            ("page_num=0", "page_num", "out_of_range"),
            ("page_num=1000000000", "page_num", "out_of_range"),
            ("page_num=101&page_size=100", "page_num", "out_of_range"),
            ("page_num=2&cursor=x", "cursor", "one_of"),
            ("min_price=1.5", "min_price", "wrong_type"),
            ("max_price=-1", "max_price", "out_of_range"),
            ("min_price=9007199254740992", "min_price", "out_of_range"),
            ("in_stock=maybe", "in_stock", "wrong_type"),
            ("category_id=0", "category_id", "out_of_range"),
            (
                "category_id=99999999999999999999",
                "category_id",
                "out_of_range",
            ),
            ("lang=klingon", "lang", "invalid_value"),
        ] {
            assert_eq!(
                refused(query),
                [(field.to_owned(), code.to_owned())],
                "{query}"
            );
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        assert_eq!(refused("sort=x&page_size=0&q=a").len(), 2);
    }

    #[test]
    fn one_list_has_one_key_whatever_else_a_client_says() {
        let plain = key("q=tea&page_size=15");

        assert_eq!(key("utm_source=a&q=%74ea&_=17"), plain);
        assert_eq!(key("q=+tea+&page_num=1&sort=relevance"), plain);
        assert_eq!(
            key("q=tea&page_size=&page_num=&min_price=&sort=&lang="),
            plain
        );
        assert_ne!(key("q=tea&in_stock=1"), plain);
    }

    #[test]
    fn a_search_by_body_is_the_search_by_query() {
        let search = ListQuery::search("tea", Some(3), Some(2), None).unwrap();

        assert_eq!(search, key("q=tea&category_id=3&page_num=2"));
        assert!(ListQuery::search("tea", Some(-3), None, None).is_err());
        assert!(ListQuery::search("tea", None, None, Some(101)).is_err());
    }
}
