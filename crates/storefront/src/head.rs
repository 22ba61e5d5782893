//! What the head of a page says: title, description, addresses, pictures.

use serde::Serialize;
use serde_json::Value;

use crate::json_ld;
use crate::page::{Data, LANGUAGES, Shown, View, language_tag};
use crate::storefront::ShopFacts;

/// Longest description, in characters: search engines show no more.
const LONGEST_DESCRIPTION: usize = 160;

/// Pages that are called what menus call them.
const COMMON_TITLES: [(&str, &str); 10] = [
    ("/c", "allGoods"),
    ("/search", "search"),
    ("/sales", "flashSales"),
    ("/cart", "bag"),
    ("/orders", "orders"),
    ("/favorites", "favourites"),
    ("/addresses", "addresses"),
    ("/wallet", "wallet"),
    ("/login", "logIn"),
    ("/register", "join"),
];

/// The head of a page, for the template.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    title: String,
    /// The title without the shop's name.
    heading: String,
    description: String,
    /// Absent on pages that search engines shall not keep.
    canonical: Option<String>,
    /// The same page in each language, and without one (`x-default`).
    alternates: Vec<Alternate>,
    /// `website` or `product`.
    kind: &'static str,
    /// URL of the page's picture.
    image: Option<String>,
    pub(crate) noindex: bool,
    /// Facts for machines, each a JSON text for a script element.
    json_ld: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Alternate {
    lang: &'static str,
    url: String,
}

impl Head {
    pub(crate) fn of(page: &Shown<'_>, data: &Data, facts: &ShopFacts, texts: &Value) -> Self {
        let noindex = !is_indexed(page.view);
        let (title, description) = words(page, data, facts, texts);
        let json_ld = if noindex {
            Vec::new()
        } else {
            json_ld::of(page, data, facts, texts)
        };
        Self {
            title: full_title(&title, facts),
            heading: title,
            description: shortened(&description),
            canonical: (!noindex).then(|| own_url(page)),
            alternates: if noindex {
                Vec::new()
            } else {
                alternates(page)
            },
            kind: if page.view == View::Product {
                "product"
            } else {
                "website"
            },
            image: picture(page, data),
            noindex,
            json_ld,
        }
    }
}

fn is_indexed(view: View) -> bool {
    match view {
        View::Home | View::List | View::Product | View::Sales | View::Sale => true,
        View::Search | View::Plain | View::Console | View::NotFound => false,
    }
}

/// Title and description of the page's subject.
fn words(page: &Shown<'_>, data: &Data, facts: &ShopFacts, texts: &Value) -> (String, String) {
    let text = |name: &str| owned(&texts[name]);
    let common = |name: &str| owned(&texts["common"][name]);
    match page.view {
        View::Home => (String::new(), common("footTagline")),
        View::List | View::Search => (list_title(page, data, texts), text("list_description")),
        View::Product => {
            let product = data.get("/product/");
            (owned(&product["name"]), about(product))
        }
        View::Sales => (common("flashSales"), text("sales_description")),
        View::Sale => {
            let sale = data.get("/seckill/");
            (owned(&sale["title"]), about(&sale["product"]))
        }
        View::NotFound => (common("notFoundTitle"), String::new()),
        View::Console => (common("console"), facts.name.clone()),
        View::Plain => {
            let shared = COMMON_TITLES.iter().find(|(route, _)| *route == page.route);
            let title = match shared {
                Some((_, name)) => common(name),
                None => owned(&texts["titles"][page.route]),
            };
            (title, facts.name.clone())
        }
    }
}

/// The name of the category, what was searched for, or "All goods".
pub(crate) fn list_title(page: &Shown<'_>, data: &Data, texts: &Value) -> String {
    if let Some(words) = parameter(&page.path, "q").filter(|_| page.view == View::Search) {
        return owned(&texts["searched"]).replace("{q}", words.trim());
    }
    match category(page, data) {
        Value::Null => owned(&texts["common"]["allGoods"]),
        category => owned(&category["name"]),
    }
}

/// The category of `/c/{id}`; null without one.
pub(crate) fn category<'d>(page: &Shown<'_>, data: &'d Data) -> &'d Value {
    let path = page.path.split('?').next().unwrap_or_default();
    let id = path
        .strip_prefix("/c/")
        .and_then(|id| id.parse::<i64>().ok());
    id.map_or(&Value::Null, |id| data.category(&id.into()))
}

/// A parameter of the query of `path`, unless it is empty.
pub(crate) fn parameter(path: &str, name: &str) -> Option<String> {
    let (_, query) = path.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(known, value)| known == name && !value.trim().is_empty());
    found.map(|(_, value)| value.into_owned())
}

fn full_title(title: &str, facts: &ShopFacts) -> String {
    if title.is_empty() {
        facts.name.clone()
    } else {
        format!("{title} – {}", facts.name)
    }
}

fn about(product: &Value) -> String {
    let parts = [&product["title"], &product["info"]];
    let parts = parts.map(|part| part.as_str().unwrap_or_default().trim());
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(". ")
}

/// On one line, and cut at a word where the language has words.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_DESCRIPTION {
        return line;
    }
    let cut: String = line.chars().take(LONGEST_DESCRIPTION - 1).collect();
    let at = cut.rfind(' ').filter(|at| *at > cut.len() / 2);
    format!("{}…", cut[..at.unwrap_or(cut.len())].trim_end())
}

fn picture(page: &Shown<'_>, data: &Data) -> Option<String> {
    let image = match page.view {
        View::Product => &data.get("/product/")["cover"],
        View::Sale => &data.get("/seckill/")["product"]["cover"],
        View::Home => &data.at("/carousels")["items"][0]["image"],
        _ => &Value::Null,
    };
    image["url"].as_str().map(|url| absolute(page, url))
}

/// A path as a URL, when it is known where the shop is.
pub(crate) fn absolute(page: &Shown<'_>, path: &str) -> String {
    format!("{}{path}", page.origin)
}

/// The URL under which the page is known, in the language that was asked for.
pub(crate) fn own_url(page: &Shown<'_>) -> String {
    let path = known_path(page);
    if page.language_in_query {
        absolute(page, &in_language(&path, page.language.as_str()))
    } else {
        absolute(page, &path)
    }
}

/// The path of the page for search engines: filters and order make no page of their own, the
/// pages of a list do.
fn known_path(page: &Shown<'_>) -> String {
    let path = page.path.split('?').next().unwrap_or_default();
    match parameter(&page.path, "page_num") {
        Some(number) => format!("{path}?page_num={number}"),
        None => path.to_owned(),
    }
}

fn alternates(page: &Shown<'_>) -> Vec<Alternate> {
    let path = known_path(page);
    let languages = LANGUAGES.iter().map(|language| Alternate {
        lang: language_tag(*language),
        url: absolute(page, &in_language(&path, language.as_str())),
    });
    let neutral = Alternate {
        lang: "x-default",
        url: absolute(page, &path),
    };
    languages.chain([neutral]).collect()
}

/// The path with `lang` in its query.
pub(crate) fn in_language(path: &str, language: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={language}")
}

/// A text, or nothing.
pub(crate) fn owned(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_ends_at_a_word() {
        let long = shortened(&"tea and\n more ".repeat(20));

        assert!(long.ends_with('…') && long.chars().count() <= LONGEST_DESCRIPTION);
        assert!(!long.contains('\n'));
        assert_eq!(
            shortened("茶".repeat(200).as_str()).chars().count(),
            LONGEST_DESCRIPTION
        );
        assert_eq!(shortened(" a  b "), "a b");
    }
}
