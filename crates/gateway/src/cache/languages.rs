//! Language preferences of a client, and the languages that the shop has texts in.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use stampede_catalog::{Search, Text, Texts};
use stampede_http::accept_language::{RANGES, by_weight};
use stampede_kernel::Language;

/// Most languages that are part of a cache key.
const IN_KEY: usize = 3;

/// The languages that a client prefers to the shop's own, best first.
///
/// The shop's own language ends the list and is not part of it: every text exists in it, so
/// languages after it never matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct LanguagePreferences([Option<Language>; RANGES]);

impl LanguagePreferences {
    /// The languages of `?lang=`, else of `Accept-Language`.
    pub(crate) fn of(lang: Option<Language>, accept: Option<&str>, shop: Language) -> Self {
        let wanted = match (lang, accept) {
            (Some(lang), _) => vec![lang],
            (None, Some(accept)) => by_weight(accept),
            (None, None) => return Self::default(),
        };
        wanted.into_iter().take_while(|one| *one != shop).collect()
    }

    /// The languages, best first.
    pub(crate) fn languages(self) -> impl Iterator<Item = Language> {
        self.0.into_iter().flatten()
    }

    /// The best language, or `shop`.
    pub(crate) fn first_or(self, shop: Language) -> Language {
        self.0[0].unwrap_or(shop)
    }

    /// The best language that `texts` has, with its text.
    pub(crate) fn pick(self, texts: &Texts) -> Option<(Language, &Text)> {
        self.languages()
            .find_map(|language| texts.get(&language).map(|text| (language, text)))
    }
}

impl FromIterator<Language> for LanguagePreferences {
    fn from_iter<I: IntoIterator<Item = Language>>(languages: I) -> Self {
        let mut places = [None; RANGES];
        for (place, language) in places.iter_mut().zip(languages) {
            *place = Some(language);
        }
        Self(places)
    }
}

/// The languages that texts of the shop are in, besides its own.
///
/// A cache key holds no other languages: they make no difference to a response.
#[derive(Clone, Default)]
pub(crate) struct ShopLanguages {
    /// Languages of the products in the search index.
    search: Option<Arc<Search>>,
    /// Languages of the texts that were shown so far.
    shown: Arc<RwLock<BTreeSet<Language>>>,
}

impl ShopLanguages {
    /// The languages of this index, and of all texts shown later.
    pub(crate) fn of(search: Arc<Search>) -> Self {
        Self {
            search: Some(search),
            shown: Arc::default(),
        }
    }

    /// The best of the `wanted` languages that the shop has.
    pub(crate) fn among(&self, wanted: LanguagePreferences) -> LanguagePreferences {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let found = |language| {
            let mut search = self.search.iter();
            search.any(|search| search.has_language(language))
        };
        let shop_languages = wanted
            .languages()
            .filter(|language| shown.contains(language) || found(*language));
        shop_languages.take(IN_KEY).collect()
    }

    /// Adds the languages of texts that are about to be shown.
    pub(crate) fn note<'t>(&self, texts: impl Iterator<Item = &'t Texts>) {
        let known = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<Language> = texts
            .flat_map(|texts| texts.keys().copied())
            .filter(|language| !known.contains(language))
            .collect();
        drop(known);
        if !new.is_empty() {
            let mut known = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            known.extend(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferred(accept: &str) -> Vec<Language> {
        LanguagePreferences::of(None, Some(accept), Language::EN)
            .languages()
            .collect()
    }

    #[test]
    fn the_shops_own_language_ends_the_list() {
        assert_eq!(
            preferred("zh-CN,zh;q=0.9,en;q=0.8,ja;q=0.7"),
            [Language::ZH]
        );
        assert_eq!(preferred("en-GB,zh"), []);
    }

    #[test]
    fn the_query_wins_over_the_header() {
        let languages = LanguagePreferences::of(Some(Language::JA), Some("zh"), Language::EN);

        assert_eq!(languages.first_or(Language::EN), Language::JA);
    }

    #[test]
    fn what_the_shop_does_not_speak_is_no_preference() {
        let shop_languages = ShopLanguages::default();
        let wanted = LanguagePreferences::of(None, Some("fr,de,zh;q=0.9,ja;q=0.8"), Language::EN);

        assert_eq!(shop_languages.among(wanted), LanguagePreferences::default());
        let texts = Texts::from([(Language::ZH, Text::default())]);
        shop_languages.note([texts].iter());
        assert_eq!(
            shop_languages.among(wanted),
            LanguagePreferences::from_iter([Language::ZH])
        );
    }
}
