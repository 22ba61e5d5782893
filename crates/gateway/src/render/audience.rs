//! Who a public answer of the API is for, and the answer as bytes.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use stampede_catalog::Viewer;
use stampede_http::body::etag;
use stampede_http::content::Content;
use stampede_http::problem::Problem;
use stampede_kernel::Language;

use super::{Localizer, Render};
use crate::cache::{Key, LanguagePreferences, ResponseCache, Subject};
use crate::shop_locale::ShopLocale;

const A_SECOND: HeaderValue = HeaderValue::from_static("public, max-age=1");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// `Authorization` is in the list because admins get translations, which customers do not.
const VARY: HeaderValue =
    HeaderValue::from_static("Accept-Language, Accept-Encoding, Authorization");

/// The languages and the role of those whom an answer is for.
#[derive(Debug, Clone)]
pub(crate) struct Audience {
    pub(super) shop: Arc<ShopLocale>,
    pub(super) languages: LanguagePreferences,
    /// Admins or customers.
    pub(super) viewer: Viewer,
}

impl Audience {
    /// Customers who read `language`.
    pub(crate) fn customers(shop: Arc<ShopLocale>, language: Language) -> Self {
        Self {
            languages: LanguagePreferences::of(Some(language), None, shop.language),
            shop,
            viewer: Viewer::Customer,
        }
    }

    /// The language to search in.
    pub(super) fn language(&self) -> Language {
        self.languages.first_or(self.shop.language)
    }

    /// The localizer for this audience.
    pub(super) fn localizer(&self) -> Localizer<'_> {
        Localizer {
            shop: &self.shop,
            languages: self.languages,
            translations: self.viewer == Viewer::Admin,
        }
    }

    /// A public answer that is not cached.
    pub(crate) fn render<T: Render>(&self, thing: &T) -> Result<Content, Problem> {
        self.build(thing, self.languages)
    }

    /// The response in the best of the languages that the shop is known to have.
    ///
    /// A load may show the first text in a further language; then the response is looked up
    /// again.
    pub(crate) async fn load_cached<T: Render, E>(
        &self,
        cache: &ResponseCache,
        subject: Subject,
        load: impl AsyncFn(Language) -> Result<T, E>,
    ) -> Result<Arc<Content>, Problem>
    where
        Problem: From<E>,
    {
        let mut languages = cache.shop_languages().among(self.languages);
        loop {
            let key = Key {
                subject: subject.clone(),
                languages,
            };
            let build = async {
                let thing = load(languages.first_or(self.shop.language)).await?;
                cache.shop_languages().note(thing.texts());
                self.build(&thing, languages)
            };
            let page = cache.page(key, build).await?;
            let known = cache.shop_languages().among(self.languages);
            if known == languages {
                return Ok(page);
            }
            languages = known;
        }
    }

    fn build<T: Render>(
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
