//! How a thing is worded for one reader.

use serde::Serialize;
use stampede_catalog::{Names, Text, Texts};
use stampede_http::answer::List;
use stampede_kernel::Language;
use stampede_media::Image;

use crate::cache::Preference;
use crate::idiom::Idiom;
use crate::routes::ImageBody;

/// Who reads, and in which languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'s> {
    pub(crate) shop: &'s Idiom,
    pub(crate) preference: Preference,
    /// Admins see the translations beside the text.
    pub(crate) translations: bool,
}

impl Wording<'_> {
    /// The dearest translation of one text, or the text itself.
    pub(crate) fn choose(
        &self,
        text: &str,
        texts: &Texts,
        part: impl Fn(&Text) -> Option<&String>,
    ) -> String {
        let translated = self
            .preference
            .languages()
            .find_map(|language| texts.get(&language).and_then(&part));
        translated.map_or_else(|| text.to_owned(), Clone::clone)
    }

    /// The dearest of a name's translations, or the name itself.
    pub(crate) fn name(&self, name: &str, names: &Names) -> String {
        let translated = self
            .preference
            .languages()
            .find_map(|language| names.get(&language));
        translated.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// The language that a thing with these translations is shown in.
    pub(crate) fn language(&self, texts: &Texts) -> Language {
        self.preference
            .pick(texts)
            .map_or(self.shop.language, |(language, _)| language)
    }

    /// The language of a list: the dearest that one of its things is shown in.
    pub(crate) fn language_of_all<'t>(
        &self,
        mut all: impl Iterator<Item = &'t Texts> + Clone,
    ) -> Language {
        let has = |language: &Language| all.clone().any(|texts| texts.contains_key(language));
        let spoken = self.preference.languages().find(has);
        match all.next() {
            Some(_) => spoken.unwrap_or(self.shop.language),
            None => self.preference.first_or(self.shop.language),
        }
    }

    /// The translations, for those who may see them.
    pub(crate) fn shown<T: From<Texts>>(&self, texts: &Texts) -> Option<T> {
        self.translations.then(|| texts.clone().into())
    }
}

/// Something that can be shown to the public.
pub(crate) trait Show {
    /// As JSON.
    type Body: Serialize;

    /// The thing as `wording` says it, and the language it came out in.
    fn show(&self, wording: &Wording<'_>) -> (Self::Body, Language);

    /// The translations of what is shown.
    fn texts(&self) -> impl Iterator<Item = &Texts> {
        std::iter::empty()
    }

    /// Takes out what may change without the page meaning anything else: view counts.
    fn still(_: &mut Self::Body) {}
}

impl Show for Vec<Image> {
    type Body = List<ImageBody>;

    fn show(&self, wording: &Wording<'_>) -> (Self::Body, Language) {
        let images = List::whole(self.clone(), ImageBody::from);
        (images, wording.shop.language)
    }
}
