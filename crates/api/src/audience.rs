//! Who a public answer of the API is for, and the answer as bytes.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use stampede_catalog::Viewer;
use stampede_http::body::etag;
use stampede_http::content::Content;
use stampede_http::problem::Problem;
use stampede_kernel::Language;

use crate::{LanguagePreferences, Localizer, Render, ShopLocale};

const A_SECOND: HeaderValue = HeaderValue::from_static("public, max-age=1");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// `Authorization` is in the list because admins get translations, which customers do not.
const VARY: HeaderValue =
    HeaderValue::from_static("Accept-Language, Accept-Encoding, Authorization");

/// The languages and the role of those whom an answer is for.
#[derive(Debug, Clone)]
pub struct Audience {
    shop: Arc<ShopLocale>,
    languages: LanguagePreferences,
    /// Admins or customers.
    viewer: Viewer,
}

impl Audience {
    /// Customers who read `language`.
    pub fn customers(shop: Arc<ShopLocale>, language: Language) -> Self {
        Self {
            languages: LanguagePreferences::of(Some(language), None, shop.language),
            shop,
            viewer: Viewer::Customer,
        }
    }

    /// Those of this role who prefer these languages.
    pub fn new(shop: Arc<ShopLocale>, languages: LanguagePreferences, viewer: Viewer) -> Self {
        Self {
            shop,
            languages,
            viewer,
        }
    }

    /// The shop's own language and currency.
    pub fn shop(&self) -> &ShopLocale {
        &self.shop
    }

    /// The languages that are preferred to the shop's own.
    pub fn languages(&self) -> LanguagePreferences {
        self.languages
    }

    /// Admins or customers.
    pub fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// The language to search in.
    pub fn language(&self) -> Language {
        self.languages.first_or(self.shop.language)
    }

    /// The localizer for this audience.
    pub fn localizer(&self) -> Localizer<'_> {
        Localizer {
            shop: &self.shop,
            languages: self.languages,
            translations: self.viewer == Viewer::Admin,
        }
    }

    /// A public answer.
    ///
    /// # Errors
    ///
    /// 500 for what cannot be written as JSON.
    pub fn render<T: Render>(&self, thing: &T) -> Result<Content, Problem> {
        self.render_in(thing, self.languages)
    }

    /// The same in other languages than those that were asked for, as a cache has them.
    ///
    /// # Errors
    ///
    /// 500 for what cannot be written as JSON.
    pub fn render_in<T: Render>(
        &self,
        thing: &T,
        languages: LanguagePreferences,
    ) -> Result<Content, Problem> {
        let localizer = Localizer {
            languages,
            ..self.localizer()
        };
        let (mut body, language) = thing.render(&localizer);
        let bytes = serde_json::to_vec(&body).map_err(|error| Problem::internal(&error))?;
        T::strip_volatile(&mut body);
        let etag_source = serde_json::to_vec(&body).map_err(|error| Problem::internal(&error))?;
        Ok(content(bytes, &etag_source, language))
    }
}

/// A public answer of the API.
///
/// The `ETag` is a hash of `etag_source`: the body without its volatile parts, such as view counts.
fn content(body: Vec<u8>, etag_source: &[u8], language: Language) -> Content {
    let tag = etag(&[etag_source, language.as_str().as_bytes()]);
    let language = HeaderValue::from_str(language.as_str());
    Content::tagged(body, JSON, tag)
        .with(header::CACHE_CONTROL, A_SECOND)
        .with(header::VARY, VARY)
        .with(
            header::CONTENT_LANGUAGE,
            language.unwrap_or(HeaderValue::from_static("en")),
        )
}
