//! Localization: chooses the texts of a response.

use serde::Serialize;
use stampede_catalog::{Names, Text, Texts};
use stampede_http::response::List;
use stampede_kernel::Language;
use stampede_media::Image;

use crate::{ImageBody, LanguagePreferences, ShopLocale};

/// The languages and the role of the client, which decide the texts of a response.
#[derive(Debug, Clone, Copy)]
pub struct Localizer<'s> {
    /// The shop's own language and currency.
    pub(crate) shop: &'s ShopLocale,
    /// The languages that the client prefers to the shop's own.
    pub(crate) languages: LanguagePreferences,
    /// True for admins, who get all translations beside the text.
    pub(crate) translations: bool,
}

impl Localizer<'_> {
    /// The translation of a text that the client prefers, or the text itself.
    pub fn choose(
        &self,
        text: &str,
        texts: &Texts,
        part: impl Fn(&Text) -> Option<&String>,
    ) -> String {
        let translated = self
            .languages
            .languages()
            .find_map(|language| texts.get(&language).and_then(&part));
        translated.map_or_else(|| text.to_owned(), Clone::clone)
    }

    /// The translation of a name that the client prefers, or the name itself.
    pub fn name(&self, name: &str, names: &Names) -> String {
        let translated = self
            .languages
            .languages()
            .find_map(|language| names.get(&language));
        translated.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// The language in which a resource with these translations is shown.
    pub fn language(&self, texts: &Texts) -> Language {
        self.languages.pick(texts).unwrap_or(self.shop.language)
    }

    /// The language of a list: the most preferred one in which any item is shown.
    pub fn language_of_all<'t>(
        &self,
        mut all: impl Iterator<Item = &'t Texts> + Clone,
    ) -> Language {
        let has = |language: &Language| all.clone().any(|texts| texts.contains_key(language));
        let shop_languages = self.languages.languages().find(has);
        match all.next() {
            Some(_) => shop_languages.unwrap_or(self.shop.language),
            None => self.languages.first_or(self.shop.language),
        }
    }

    /// The translations, for admins only.
    pub fn shown<T: From<Texts>>(&self, texts: &Texts) -> Option<T> {
        self.translations.then(|| texts.clone().into())
    }
}

/// A domain object with a public JSON body.
pub trait Render {
    /// The JSON body.
    type Body: Serialize;

    /// The body in the client's language, and that language.
    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language);

    /// The translations of the object.
    fn texts(&self) -> impl Iterator<Item = &Texts> {
        std::iter::empty()
    }

    /// Clears the members that do not count as a change, such as view counts, before the `ETag`
    /// is computed.
    fn strip_volatile(_: &mut Self::Body) {}
}

impl Render for Vec<Image> {
    type Body = List<ImageBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language) {
        let images = List::whole(self.clone(), ImageBody::from);
        (images, localizer.shop.language)
    }
}
