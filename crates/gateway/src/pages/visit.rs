//! A request for a page: what decides its bytes besides the address.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use actix_web::http::header;
use actix_web::{HttpRequest, web};
use stampede_api::{LanguagePreferences, ShopLocale};
use stampede_http::accept_language::{accept_language, by_weight};
use stampede_http::origin;
use stampede_kernel::Language;
use stampede_seckill::Sale;
use stampede_storefront::{Answer, LANGUAGES, Page, PageAddress, page_language};

use super::PageSales;
use crate::cache::{Key, Subject};
use crate::language;

/// The cookie of the language switch.
const COOKIE: &str = "stampede_language=";

/// A page as one client shall see it.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) address: PageAddress,
    pub(crate) language: Language,
    /// Whether `?lang=` chose the language.
    pub(crate) language_in_query: bool,
    /// Scheme and host of the shop as the client sees it.
    pub(crate) origin: String,
}

/// What a cached page is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    pub(crate) address: PageAddress,
    language: Language,
    language_in_query: bool,
    pub(crate) origin: String,
    /// The state of the storefront's files.
    site: u64,
    /// The state of the sales that it shows.
    sales: u64,
}

impl Visit {
    /// The visit of `address` by `request`.
    pub(crate) fn new(request: &HttpRequest, address: PageAddress) -> Self {
        let asked = language::asked(request.query_string()).ok().flatten();
        let asked = asked.filter(|language| LANGUAGES.contains(language));
        let accepted = accept_language(request.headers());
        let shop = request.app_data::<web::Data<ShopLocale>>();
        let wanted = asked.into_iter().chain(chosen(request));
        let wanted = wanted.chain(by_weight(accepted.unwrap_or_default()));
        Self {
            address,
            language: page_language(wanted.chain(shop.map(|shop| shop.language))),
            language_in_query: asked.is_some(),
            origin: origin::of(request),
        }
    }

    /// The page that the request's path is the address of.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        let address = PageAddress::parse(request.path(), request.query_string())?;
        Some(Self::new(request, address))
    }

    /// The key of the page in the response cache.
    pub(crate) fn key(&self, site: u64, sales: &PageSales) -> Key {
        let page = PageKey {
            address: self.address.clone(),
            language: self.language,
            language_in_query: self.language_in_query,
            origin: self.origin.clone(),
            site,
            sales: fingerprint(sales),
        };
        Key {
            subject: Subject::Page(page),
            languages: LanguagePreferences::default(),
        }
    }

    /// The page for the renderer.
    pub(crate) fn page<'p>(&'p self, answers: &'p [Answer]) -> Page<'p> {
        Page {
            address: &self.address,
            language: self.language,
            language_in_query: self.language_in_query,
            origin: &self.origin,
            answers,
        }
    }
}

/// The language of the switch's cookie.
fn chosen(request: &HttpRequest) -> Option<Language> {
    let cookies = request.headers().get_all(header::COOKIE);
    let mut pairs = cookies.flat_map(|line| line.to_str().unwrap_or_default().split(';'));
    let chosen = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE))?;
    Language::parse(chosen).ok()
}

/// A number that is another when anything about these sales is, but for the time.
fn fingerprint(sales: &PageSales) -> u64 {
    let mut hasher = DefaultHasher::new();
    for sale in sales.own.iter().chain(&sales.listed) {
        let Sale {
            id,
            sku,
            product,
            title,
            price,
            list_price,
            total,
            left,
            per_user_limit,
            starts_at,
            ends_at,
            status,
            now: _,
        } = sale;
        (id.0, sku.0, product.0, title).hash(&mut hasher);
        (price.minor(), list_price.minor()).hash(&mut hasher);
        (total, left, per_user_limit).hash(&mut hasher);
        (starts_at.0, ends_at.0, discriminant(status)).hash(&mut hasher);
    }
    hasher.finish()
}
