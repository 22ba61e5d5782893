//! The addresses of pages. People bookmark them: they stay.

use stampede_http::path::{hyphenated, positive};
use stampede_kernel::{CategoryId, ProductId, SaleId};

use crate::page::{PER_PAGE, View};

/// Pages with data, which search engines may see.
const PUBLIC: [&str; 7] = [
    "/",
    "/c",
    "/c/{id}",
    "/search",
    "/p/{id}",
    "/sales",
    "/sale/{id}",
];
/// Pages of one customer, and forms.
const PLAIN: [&str; 12] = [
    "/cart",
    "/checkout",
    "/orders",
    "/order/{uuid}",
    "/favorites",
    "/addresses",
    "/wallet",
    "/account",
    "/login",
    "/register",
    "/verify-email",
    "/reset-password",
];
/// Pages of the admin console.
const CONSOLE: [&str; 22] = [
    "/admin",
    "/admin/products",
    "/admin/products/new",
    "/admin/products/{id}",
    "/admin/categories",
    "/admin/carousel",
    "/admin/orders",
    "/admin/orders/{uuid}",
    "/admin/sales",
    "/admin/sales/new",
    "/admin/sales/{id}",
    "/admin/sales/{id}/live",
    "/admin/promotions",
    "/admin/promotions/new",
    "/admin/promotions/{id}",
    "/admin/delivery",
    "/admin/users",
    "/admin/users/{id}",
    "/admin/audit",
    "/admin/webhooks",
    "/admin/jobs",
    "/admin/import",
];

/// The patterns of all pages, as the router takes them.
pub fn page_routes() -> impl Iterator<Item = &'static str> {
    PUBLIC.into_iter().chain(PLAIN).chain(CONSOLE)
}

/// The address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PageAddress {
    /// The start.
    Home,
    /// All goods, or those of a category.
    List(Option<CategoryId>, Listing),
    /// What was found.
    Search(Listing),
    /// A product.
    Product(ProductId),
    /// All flash sales.
    Sales,
    /// A flash sale.
    Sale(SaleId),
    /// A page without data of its own, by its pattern.
    Plain(&'static str),
    /// A page of the admin console, by its pattern.
    Console(&'static str),
    /// Any other address.
    NotFound,
}

/// Which part of a list a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listing {
    /// The query of the page with what is known in it, in one order.
    pub own: String,
    /// The query of the API for the same, not yet checked.
    pub api: String,
}

impl PageAddress {
    /// The page at `path`; `None` when there is none.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        match path {
            "/" => return Some(Self::Home),
            "/c" => return Some(Self::List(None, Listing::parse(None, query))),
            "/search" => return Some(Self::Search(Listing::parse(None, query))),
            "/sales" => return Some(Self::Sales),
            _ => {}
        }
        if let Some(id) = path.strip_prefix("/c/") {
            let id = CategoryId(positive(id)?);
            return Some(Self::List(Some(id), Listing::parse(Some(id), query)));
        }
        if let Some(id) = path.strip_prefix("/p/") {
            return Some(Self::Product(ProductId(positive(id)?)));
        }
        if let Some(id) = path.strip_prefix("/sale/") {
            return Some(Self::Sale(SaleId(positive(id)?)));
        }
        let known = |pattern: &&&str| matches(pattern, path);
        let plain = PLAIN.iter().find(known).map(|route| Self::Plain(route));
        plain.or_else(|| CONSOLE.iter().find(known).map(|route| Self::Console(route)))
    }

    /// The pattern of the address.
    pub fn route(&self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::List(None, _) => "/c",
            Self::List(Some(_), _) => "/c/{id}",
            Self::Search(_) => "/search",
            Self::Product(_) => "/p/{id}",
            Self::Sales => "/sales",
            Self::Sale(_) => "/sale/{id}",
            Self::Plain(route) | Self::Console(route) => route,
            Self::NotFound => "unmatched",
        }
    }

    /// The path with its query, without `lang`.
    pub fn path(&self) -> String {
        match self {
            Self::List(None, list) => list.under("/c"),
            Self::List(Some(id), list) => list.under(&format!("/c/{id}")),
            Self::Search(list) => list.under("/search"),
            Self::Product(id) => format!("/p/{id}"),
            Self::Sale(id) => format!("/sale/{id}"),
            Self::Home | Self::Sales => self.route().to_owned(),
            Self::Plain(_) | Self::Console(_) | Self::NotFound => "/".to_owned(),
        }
    }

    /// What kind of page it is.
    pub(crate) fn view(&self) -> View {
        match self {
            Self::Home => View::Home,
            Self::List(..) => View::List,
            Self::Search(_) => View::Search,
            Self::Product(_) => View::Product,
            Self::Sales => View::Sales,
            Self::Sale(_) => View::Sale,
            Self::Plain(_) => View::Plain,
            Self::Console(_) => View::Console,
            Self::NotFound => View::NotFound,
        }
    }

    /// Whether the page shows goods, and changes with them.
    pub fn has_data(&self) -> bool {
        !matches!(self, Self::Plain(_) | Self::Console(_) | Self::NotFound)
    }

    /// The product that the page is about.
    pub fn product(&self) -> Option<ProductId> {
        match self {
            Self::Product(id) => Some(*id),
            _ => None,
        }
    }

    /// The bytes of its texts.
    pub fn text_bytes(&self) -> usize {
        match self {
            Self::List(_, list) | Self::Search(list) => list.own.len() + list.api.len(),
            _ => 0,
        }
    }
}

impl Listing {
    fn parse(category: Option<CategoryId>, query: &str) -> Self {
        let given: Vec<(_, _)> = form_urlencoded::parse(query.as_bytes()).collect();
        let mut own = form_urlencoded::Serializer::new(String::new());
        let mut api = form_urlencoded::Serializer::new(String::new());
        if let Some(id) = category {
            api.append_pair("category_id", &id.to_string());
        }
        // The order in which the browser asks, so that it finds the answer in the page.
        for name in [
            "q",
            "min_price",
            "max_price",
            "in_stock",
            "sort",
            "page_num",
        ] {
            let mut values = given.iter().filter(|(known, _)| known == name);
            let value = values.next().map_or("", |(_, value)| value);
            let first_page = name == "page_num" && value == "1";
            if !value.is_empty() && !first_page {
                own.append_pair(name, value);
                api.append_pair(name, value);
            }
        }
        api.append_pair("page_size", &PER_PAGE.to_string());
        Self {
            own: own.finish(),
            api: api.finish(),
        }
    }

    fn under(&self, path: &str) -> String {
        match self.own.as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// Whether `path` is an address of `pattern`. Ids are written in one way.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut known, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        let same = match (known.next(), given.next()) {
            (None, None) => return true,
            (Some("{id}"), Some(id)) => positive(id).is_some(),
            (Some("{uuid}"), Some(id)) => hyphenated(id).is_some(),
            (Some(known), Some(given)) => known == given,
            _ => false,
        };
        if !same {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(path: &str) -> Option<PageAddress> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        PageAddress::parse(path, query)
    }

    #[test]
    fn every_pattern_is_an_address_of_its_own() {
        for pattern in page_routes() {
            let path = pattern.replace("{id}", "7");
            let path = path.replace("{uuid}", "0199a1b2-0000-7000-8000-000000000000");
            let page = parse(&path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!(page.route(), pattern);
        }
    }

    #[test]
    fn what_is_no_id_is_no_page() {
        for path in [
            "/p/0",
            "/p/07",
            "/p/99999999999999999999",
            "/p/1/2",
            "/c/x",
            "/sale/-1",
            "/order/7",
            "/admin/users/x",
            "/admin/nothing",
            "/cart/",
            "",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_list_is_asked_for_as_the_browser_does() {
        let Some(PageAddress::List(Some(CategoryId(3)), list)) =
            parse("/c/3?page_num=2&utm=x&sort=price&in_stock=true&q=")
        else {
            panic!("a list");
        };

        assert_eq!(list.own, "in_stock=true&sort=price&page_num=2");
        assert_eq!(
            list.api,
            "category_id=3&in_stock=true&sort=price&page_num=2&page_size=24"
        );
        assert_eq!(parse("/c?page_num=1"), parse("/c"));
        assert_eq!(parse("/search?q=a+b"), parse("/search?q=a%20b"));
    }
}
