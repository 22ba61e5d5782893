//! Facts for search engines: schema.org in JSON-LD.

use serde_json::{Value, json};

use crate::head::{absolute, category, list_title, own_url, owned};
use crate::page::{Data, Shown, View};
use crate::script_json;
use crate::storefront::ShopFacts;
use crate::template::decimal;

/// The facts of a page, each a JSON text for a script element.
pub(crate) fn of(page: &Shown<'_>, data: &Data, facts: &ShopFacts, texts: &Value) -> Vec<String> {
    let facts = match page.view {
        View::Home => vec![website(page, facts)],
        View::Product => {
            let product = data.get("/product/");
            if product.is_null() {
                return Vec::new();
            }
            let crumbs = data.path_to_category(&product["category_id"]);
            let trail = breadcrumbs(page, &crumbs, Some(&owned(&product["name"])), texts);
            vec![product_facts(page, data, product), trail]
        }
        View::Sale => {
            let sale = data.get("/seckill/");
            if sale.is_null() {
                return Vec::new();
            }
            let trail = breadcrumbs(page, &[], Some(&owned(&sale["title"])), texts);
            vec![sale_facts(page, sale), trail]
        }
        View::List => {
            let path = data.path_to_category(&category(page, data)["id"]);
            let last = list_title(page, data, texts);
            let above = path.split_last().map_or(&[][..], |(_, above)| above);
            vec![breadcrumbs(page, above, Some(&last), texts)]
        }
        _ => Vec::new(),
    };
    facts.iter().map(script_json::of).collect()
}

fn website(page: &Shown<'_>, facts: &ShopFacts) -> Value {
    let search = absolute(page, "/search?q={search_term_string}");
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": facts.name,
        "url": absolute(page, "/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    })
}

fn product_facts(page: &Shown<'_>, data: &Data, product: &Value) -> Value {
    let running = data.live_sale(&product["id"]);
    let everyday = product["skus"].as_array().map_or(&[][..], Vec::as_slice);
    let in_sale = |sku: &&Value| running.is_some_and(|sale| sale["sku_id"] == sku["id"]);
    let sale = running.map(|sale| sale_offer(page, sale));
    let offers = everyday
        .iter()
        .filter(|sku| !in_sale(sku))
        .map(|sku| offer(page, sku));
    let offers: Vec<Value> = sale.into_iter().chain(offers).collect();
    let pictures = product["images"].as_array().map_or(&[][..], Vec::as_slice);
    let pictures = pictures.iter().filter_map(|image| image["url"].as_str());
    let pictures: Vec<String> = pictures.map(|url| absolute(page, url)).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": own_url(page),
        "url": own_url(page),
        "name": product["name"],
        "description": product["info"],
        "sku": product["skus"][0]["id"].to_string(),
        "image": pictures,
        "category": data.category(&product["category_id"])["name"],
        "offers": offers,
    })
}

/// What a variant costs on every other day.
fn offer(page: &Shown<'_>, sku: &Value) -> Value {
    let price = sku["discount_price"].as_i64().or(sku["price"].as_i64());
    let left = sku["num"].as_i64().unwrap_or_default();
    let options = sku["options"].as_object().into_iter().flatten();
    let name: Vec<String> = options.map(|(_, value)| owned(value)).collect();
    let mut offer = json!({
        "@type": "Offer",
        "sku": sku["id"].to_string(),
        "url": own_url(page),
        "price": amount(price, &sku["currency"]),
        "priceCurrency": sku["currency"],
        "itemCondition": "https://schema.org/NewCondition",
        "availability": availability(left),
    });
    if !name.is_empty() {
        offer["name"] = name.join(", ").into();
    }
    offer
}

/// A sale's price with the time for which it holds.
fn sale_offer(page: &Shown<'_>, sale: &Value) -> Value {
    let left = sale["stock_left"].as_i64().unwrap_or_default();
    let path = format!("/sale/{}", sale["id"]);
    let closed = sale["state"] == "ended" || sale["state"] == "cancelled";
    let availability = if closed || left == 0 {
        "SoldOut"
    } else {
        "LimitedAvailability"
    };
    json!({
        "@type": "Offer",
        "sku": sale["sku_id"].to_string(),
        "name": sale["title"],
        "url": absolute(page, &path),
        "price": amount(sale["price"].as_i64(), &sale["currency"]),
        "priceCurrency": sale["currency"],
        "itemCondition": "https://schema.org/NewCondition",
        "availability": format!("https://schema.org/{availability}"),
        "validFrom": sale["starts_at"],
        "validThrough": sale["ends_at"],
        "priceValidUntil": sale["ends_at"],
        "availabilityStarts": sale["starts_at"],
        "availabilityEnds": sale["ends_at"],
    })
}

fn sale_facts(page: &Shown<'_>, sale: &Value) -> Value {
    let product = &sale["product"];
    let picture = product["cover"]["url"].as_str();
    json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product["name"],
        "description": product["info"],
        "url": absolute(page, &format!("/p/{}", product["id"])),
        "sku": sale["sku_id"].to_string(),
        "image": picture.map(|url| absolute(page, url)),
        "offers": [sale_offer(page, sale)],
    })
}

fn breadcrumbs(page: &Shown<'_>, above: &[&Value], last: Option<&str>, texts: &Value) -> Value {
    let start = (owned(&texts["common"]["home"]), Some(absolute(page, "/")));
    let above = above.iter().map(|category| {
        let path = format!("/c/{}", category["id"]);
        (owned(&category["name"]), Some(absolute(page, &path)))
    });
    let last = last.map(|name| (name.to_owned(), None));
    let steps = [start].into_iter().chain(above).chain(last);
    let items = steps.enumerate().map(|(place, (name, url))| {
        let mut item = json!({"@type": "ListItem", "position": place + 1, "name": name});
        if let Some(url) = url {
            item["item"] = url.into();
        }
        item
    });
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    })
}

fn amount(minor: Option<i64>, currency: &Value) -> String {
    decimal(
        minor.unwrap_or_default(),
        currency.as_str().unwrap_or_default(),
    )
}

fn availability(left: i64) -> &'static str {
    if left > 0 {
        "https://schema.org/InStock"
    } else {
        "https://schema.org/OutOfStock"
    }
}
