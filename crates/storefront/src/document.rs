//! The HTML of a page.

use std::collections::BTreeSet;

use actix_web::http::header::{self, HeaderValue};
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde_json::json;
use stampede_http::body::etag;
use stampede_http::content::Content;

use crate::head::{Head, category, in_language, list_title, parameter};
use crate::page::{Data, LANGUAGES, PER_PAGE, Page, Shown, View, items, language_tag};
use crate::script_json;
use crate::site::{Half, Site};
use crate::storefront::Storefront;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// Browsers ask each time, and mostly get 304: prices and stock are never old.
const CHECK_BACK: HeaderValue = HeaderValue::from_static("no-cache");
const VARY: HeaderValue = HeaderValue::from_static("Accept-Language, Accept-Encoding, Cookie");
/// The folder of a page's first markup.
const HOME: &str = "pages/home.html";
const LIST: &str = "pages/list.html";
const PRODUCT: &str = "pages/product.html";
const SALES: &str = "pages/sales.html";
const SALE: &str = "pages/sale.html";
const PLAIN: &str = "pages/plain.html";

impl View {
    fn half(self) -> Half {
        match self {
            Self::Console => Half::Console,
            _ => Half::Shop,
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::Home => HOME,
            Self::List | Self::Search => LIST,
            Self::Product => PRODUCT,
            Self::Sales => SALES,
            Self::Sale => SALE,
            Self::Plain | Self::Console | Self::NotFound => PLAIN,
        }
    }
}

impl Storefront {
    /// Renders a page of `site`. Without answers it is the shell, which the browser fills.
    ///
    /// # Errors
    ///
    /// When a template fails; templates are part of `site`.
    pub fn render(&self, site: &Site, page: &Page<'_>) -> Result<Content, minijinja::Error> {
        let page = &Shown::of(page);
        let data = Data::of(page);
        let has_subject = !page.answers.is_empty();
        let template = if has_subject {
            page.view.template()
        } else {
            PLAIN
        };
        let template = site.templates().get_template(template)?;
        let html = template.render(self.context(site, page, &data))?;
        Ok(self.content(site, page, html))
    }

    fn content(&self, site: &Site, page: &Shown<'_>, html: String) -> Content {
        let version = site.version().to_le_bytes();
        let about = format!(
            "{:?} {} {} {} {}",
            page.view, &page.path, page.language, page.language_in_query, page.origin
        );
        let own = [&version[..], self.facts.name.as_bytes(), about.as_bytes()];
        let answers = page.answers.iter().map(|answer| answer.tag.as_bytes());
        let parts: Vec<&[u8]> = own.into_iter().chain(answers).collect();
        Content::tagged(html, HTML, etag(&parts))
            .with(header::CACHE_CONTROL, CHECK_BACK)
            .with(header::VARY, VARY)
            .with(
                header::CONTENT_LANGUAGE,
                HeaderValue::from_static(language_tag(page.language)),
            )
            .with(header::CONTENT_SECURITY_POLICY, site.policy().clone())
    }

    fn context(&self, site: &Site, page: &Shown<'_>, data: &Data) -> Value {
        let facts = &self.facts;
        let half = page.view.half();
        let texts = site.texts(page.language);
        let head = Head::of(page, data, facts, texts);
        let shop = json!({
            "name": facts.name,
            "currency": facts.currency,
            "language": facts.language,
            "country": facts.country,
            "demo": facts.demo,
            "development": facts.development,
            "pay_within_secs": facts.pay_within_secs,
        });
        let safe = |json: String| Value::from_safe_string(json);
        let value = |json: &serde_json::Value| Value::from(Serde(json));
        context! {
            head => Value::from(Serde(&head)),
            lang => language_tag(page.language),
            language => page.language.as_str(),
            languages => languages(page),
            t => value(texts),
            shop_name => facts.name.clone(),
            currency => facts.currency.clone(),
            console => half == Half::Console,
            path => page.path.clone(),
            query => parameter(&page.path, "q").unwrap_or_default(),
            import_map => safe(site.import_map().to_owned()),
            entry => site.url(half.entry()),
            preloads => site.preloads(half, page.route, page.language),
            styles => site.styles(half),
            shop => safe(script_json::of(&shop)),
            first_data => safe(first_data(page)),
            ..context! {
                categories => roots(data),
                sales => value(&data.at("/seckill")["items"]),
                open_sales => Value::from(Serde(&open_sales(data))),
                in_sale => Value::from(Serde(&in_sale(data))),
                slides => value(&data.at("/carousels")["items"]),
                popular => value(&data.get("/products?sort=hot")["items"]),
                tiles => tiles(data),
                list => value(data.get("/products?")),
                products => value(&data.get("/products?")["items"]),
                root => Value::from(Serde(&crumbs(page, data).first())),
                pages => pages(page, data),
                list_title => list_title(page, data, texts),
                category => value(category(page, data)),
                product => value(data.get("/product/")),
                product_sale => Value::from(Serde(&data.live_sale(&data.get("/product/")["id"]))),
                crumbs => Value::from(Serde(&crumbs(page, data))),
                beside => Value::from(Serde(&beside(data))),
                sale => value(data.get("/seckill/")),
            }
        }
    }
}

/// The page in each language, for the switch in the footer.
fn languages(page: &Shown<'_>) -> Value {
    let names = ["EN", "中文", "日本語"].into_iter();
    let links: Vec<Value> = LANGUAGES
        .into_iter()
        .zip(names)
        .map(|(language, name)| {
            context! {
                tag => language_tag(language),
                name,
                path => in_language(&page.path, language.as_str()),
                current => page.language == language,
            }
        })
        .collect();
    Value::from(links)
}

/// The categories that are in no other.
fn roots(data: &Data) -> Value {
    let categories = data.items("/categories").iter();
    let roots: Vec<_> = categories
        .filter(|one| one["parent_id"].is_null())
        .collect();
    Value::from(Serde(&roots))
}

/// The tiles of the start: a category, the cover of its most viewed product, how many there are. A
/// category and one inside it may have the same favourite: each tile shows another.
fn tiles(data: &Data) -> Value {
    let mut shown = BTreeSet::new();
    let lists = data.all("/products?category_id=");
    let tiles: Vec<_> = lists
        .filter_map(|(rest, list)| {
            let id: i64 = rest.split('&').next()?.parse().ok()?;
            let category = data.category(&id.into());
            let products = list["items"].as_array()?.iter();
            let mut covered = products.filter(|one| !one["cover"].is_null());
            let cover = covered.find(|one| shown.insert(one["id"].as_i64()));
            Some(json!({
                "category": category,
                "cover": cover.map_or(&category["image"], |one| &one["cover"]),
                "total": list["total"],
            }))
        })
        .collect();
    Value::from(Serde(&tiles))
}

/// The pages of a list before and after this one.
fn pages(page: &Shown<'_>, data: &Data) -> Value {
    let number = parameter(&page.path, "page_num").and_then(|number| number.parse::<u64>().ok());
    let number = number.unwrap_or(1);
    let total = data.get("/products?")["total"].as_u64().unwrap_or_default();
    let more = number.saturating_mul(PER_PAGE) < total;
    context! {
        previous => (number > 1).then(|| numbered(&page.path, number - 1)),
        next => more.then(|| numbered(&page.path, number + 1)),
    }
}

/// The address of another page of a list; the first has no number.
fn numbered(path: &str, number: u64) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = form_urlencoded::parse(query.as_bytes());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.filter(|(name, _)| name != "page_num"));
    if number > 1 {
        query.append_pair("page_num", &number.to_string());
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// The sales that run or come; what runs first.
fn open_sales(data: &Data) -> Vec<&serde_json::Value> {
    let sales = data.items("/seckill").iter();
    let closed = |state: &serde_json::Value| state == "ended" || state == "cancelled";
    let mut open: Vec<_> = sales.filter(|sale| !closed(&sale["state"])).collect();
    open.sort_by_key(|sale| sale["state"] != "live");
    open
}

/// The products of running sales.
fn in_sale(data: &Data) -> Vec<&serde_json::Value> {
    let sales = open_sales(data).into_iter();
    let live = sales.filter(|sale| sale["state"] == "live");
    live.map(|sale| &sale["product"]["id"]).collect()
}

fn crumbs<'d>(page: &Shown<'_>, data: &'d Data) -> Vec<&'d serde_json::Value> {
    match page.view {
        View::Product => data.path_to_category(&data.get("/product/")["category_id"]),
        _ => data.path_to_category(&category(page, data)["id"]),
    }
}

/// Four others of the product's category.
fn beside(data: &Data) -> Vec<&serde_json::Value> {
    let product = &data.get("/product/")["id"];
    let others = items(data.get("/products?category_id=")).iter();
    others.filter(|one| one["id"] != *product).take(4).collect()
}

/// `{"/api/v1/product/5": {…}}`: the answers as they came, so that nothing is read or written anew.
fn first_data(page: &Shown<'_>) -> String {
    let mut json = b"{".to_vec();
    for (place, answer) in page.answers.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        json.extend(script_json::of(&answer.address).into_bytes());
        json.push(b':');
        script_json::write(&mut json, &answer.body);
    }
    json.push(b'}');
    String::from_utf8(json).unwrap_or_else(|_| "{}".to_owned())
}
