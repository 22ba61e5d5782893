//! How a thing is worded for one reader.

use serde::Serialize;
use stampede_catalog::{Names, Text, Texts};
use stampede_http::response::List;
use stampede_kernel::Language;
use stampede_media::Image;

use crate::cache::LanguagePreferences;
use crate::routes::ImageBody;
use crate::shop_locale::ShopLocale;

/// Who reads, and in which languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Localizer<'s> {
    pub(crate) shop: &'s ShopLocale,
    pub(crate) languages: LanguagePreferences,
    /// Admins see the translations beside the text.
    pub(crate) translations: bool,
}

impl Localizer<'_> {
    /// The dearest translation of one text, or the text itself.
    pub(crate) fn choose(
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

    /// The dearest of a name's translations, or the name itself.
    pub(crate) fn name(&self, name: &str, names: &Names) -> String {
        let translated = self
            .languages
            .languages()
            .find_map(|language| names.get(&language));
        translated.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// The language that a thing with these translations is shown in.
    pub(crate) fn language(&self, texts: &Texts) -> Language {
        self.languages
            .pick(texts)
            .map_or(self.shop.language, |(language, _)| language)
    }

    /// The language of a list: the dearest that one of its things is shown in.
    pub(crate) fn language_of_all<'t>(
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

    /// The translations, for those who may see them.
    pub(crate) fn shown<T: From<Texts>>(&self, texts: &Texts) -> Option<T> {
        self.translations.then(|| texts.clone().into())
    }
}

/// Something that can be shown to the public.
pub(crate) trait Render {
    /// As JSON.
    type Body: Serialize;

    /// The thing as `wording` says it, and the language it came out in.
    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language);

    /// The translations of what is shown.
    fn texts(&self) -> impl Iterator<Item = &Texts> {
        std::iter::empty()
    }

    /// Takes out what may change without the page meaning anything else: view counts.
    fn strip_volatile(_: &mut Self::Body) {}
}

impl Render for Vec<Image> {
    type Body = List<ImageBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language) {
        let images = List::whole(self.clone(), ImageBody::from);
        (images, localizer.shop.language)
    }
}
