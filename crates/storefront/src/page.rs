//! What a page is rendered from.

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use serde_json::Value;
use stampede_kernel::Language;

use crate::address::PageAddress;

/// The languages of the storefront. Goods may have more.
pub const LANGUAGES: [Language; 3] = [Language::EN, Language::ZH, Language::JA];

/// Products on a page of a list.
pub const PER_PAGE: u64 = 24;

/// The first of the languages that the storefront has; English when it has none of them.
pub fn page_language(wanted: impl IntoIterator<Item = Language>) -> Language {
    let mut wanted = wanted.into_iter();
    let has = |language: &Language| LANGUAGES.contains(language);
    wanted.find(has).unwrap_or(Language::EN)
}

/// The language for `<html lang>`: browsers choose glyphs by it.
pub fn language_tag(language: Language) -> &'static str {
    match language {
        Language::ZH => "zh-Hans",
        Language::JA => "ja",
        _ => "en",
    }
}

/// The kind of a page, which decides its first markup and what search engines are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum View {
    /// The start.
    Home,
    /// A category, or all goods.
    List,
    /// What was found.
    Search,
    /// A product.
    Product,
    /// All flash sales.
    Sales,
    /// A flash sale.
    Sale,
    /// A page of one customer, or a form: the browser does it all.
    Plain,
    /// A page of the admin console.
    Console,
    /// There is no such page.
    NotFound,
}

/// An answer of the API: its path with the query, and its body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The address exactly as the browser would ask for it.
    pub address: String,
    /// The JSON.
    pub body: Bytes,
    /// What changes when the page is to be sent anew: the answer's `ETag`, or a finer one.
    pub tag: HeaderValue,
}

/// A page, and what the API says about it.
#[derive(Debug)]
pub struct Page<'p> {
    /// Its address.
    pub address: &'p PageAddress,
    /// Its language.
    pub language: Language,
    /// Whether the language was asked for by `?lang=`.
    pub language_in_query: bool,
    /// Scheme and host of absolute URLs; empty for relative ones.
    pub origin: &'p str,
    /// The answers of the API that its script would ask for.
    pub answers: &'p [Answer],
}

/// A page with what follows from its address.
#[derive(Debug)]
pub(crate) struct Shown<'p> {
    pub(crate) view: View,
    /// The pattern of its address, such as `/p/{id}`.
    pub(crate) route: &'static str,
    /// Path and query, without `lang`.
    pub(crate) path: String,
    pub(crate) language: Language,
    pub(crate) language_in_query: bool,
    pub(crate) origin: &'p str,
    pub(crate) answers: &'p [Answer],
}

impl<'p> Shown<'p> {
    pub(crate) fn of(page: &Page<'p>) -> Self {
        Self {
            view: page.address.view(),
            route: page.address.route(),
            path: page.address.path(),
            language: page.language,
            language_in_query: page.language_in_query,
            origin: page.origin,
            answers: page.answers,
        }
    }
}

/// The answers of a page as values, found by how their address begins.
pub(crate) struct Data {
    answers: Vec<(String, Value)>,
}

impl Data {
    pub(crate) fn of(page: &Shown<'_>) -> Self {
        let parse = |answer: &Answer| {
            let value = serde_json::from_slice(&answer.body).unwrap_or_default();
            (answer.address.clone(), value)
        };
        Self {
            answers: page.answers.iter().map(parse).collect(),
        }
    }

    /// The first answer whose address, below `/api/v1`, begins with `prefix`; null without one.
    pub(crate) fn get(&self, prefix: &str) -> &Value {
        let mut all = self.all(prefix);
        all.next().map_or(&Value::Null, |(_, value)| value)
    }

    /// The answer at exactly this address below `/api/v1`; null without one.
    pub(crate) fn at(&self, path: &str) -> &Value {
        let mut all = self.all(path);
        let found = all.find(|(rest, _)| rest.is_empty());
        found.map_or(&Value::Null, |(_, value)| value)
    }

    /// All answers whose address, below `/api/v1`, begins with `prefix`.
    pub(crate) fn all(&self, prefix: &str) -> impl Iterator<Item = (&str, &Value)> {
        let answers = self.answers.iter();
        answers.filter_map(move |(address, value)| {
            let below = address.strip_prefix("/api/v1")?;
            let rest = below.strip_prefix(prefix)?;
            Some((rest, value))
        })
    }

    /// The items of the list at exactly this address.
    pub(crate) fn items(&self, path: &str) -> &[Value] {
        items(self.at(path))
    }

    /// The category with this id.
    pub(crate) fn category(&self, id: &Value) -> &Value {
        let mut categories = self.items("/categories").iter();
        categories
            .find(|one| one["id"] == *id)
            .unwrap_or(&Value::Null)
    }

    /// A category and those that it is in, outermost first.
    pub(crate) fn path_to_category(&self, id: &Value) -> Vec<&Value> {
        let mut path = Vec::new();
        let mut next = self.category(id);
        // As many steps as there are categories: a loop in the data ends.
        for _ in self.items("/categories") {
            if next.is_null() {
                break;
            }
            path.push(next);
            next = self.category(&next["parent_id"]);
        }
        path.reverse();
        path
    }

    /// The running sale of a product.
    pub(crate) fn live_sale(&self, product: &Value) -> Option<&Value> {
        let mut sales = self.items("/seckill").iter();
        sales.find(|sale| sale["product"]["id"] == *product && sale["state"] == "live")
    }
}

/// The items of a list.
pub(crate) fn items(list: &Value) -> &[Value] {
    list["items"].as_array().map_or(&[], Vec::as_slice)
}
