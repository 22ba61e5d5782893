//! The languages that a reader prefers to the shop's own, and those that the shop has.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use stampede_catalog::{Search, Text, Texts};
use stampede_kernel::Language;

use crate::language::{RANGES, by_weight};

/// At most so many languages are part of a page's key.
const IN_KEY: usize = 3;

/// Languages, best first. The shop's own is never among them: its texts are
/// always there, so that what a reader likes less is never reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct LanguagePreferences([Option<Language>; RANGES]);

impl LanguagePreferences {
    /// What `?lang=` says, else `Accept-Language`.
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

    /// The best, or the shop's.
    pub(crate) fn first_or(self, shop: Language) -> Language {
        self.0[0].unwrap_or(shop)
    }

    /// The best language that `texts` has.
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

/// The languages that texts of the shop are in, beside its own. What readers wish
/// for beyond these makes no difference to a page, and so no page of its own.
#[derive(Clone, Default)]
pub(crate) struct ShopLanguages {
    /// Of the products that can be found.
    search: Option<Arc<Search>>,
    /// Of whatever was shown so far.
    shown: Arc<RwLock<BTreeSet<Language>>>,
}

impl ShopLanguages {
    /// The languages of this index, and of what will be shown.
    pub(crate) fn of(search: Arc<Search>) -> Self {
        Self {
            search: Some(search),
            shown: Arc::default(),
        }
    }

    /// The best of the languages in `wanted` that the shop has.
    pub(crate) fn among(&self, wanted: LanguagePreferences) -> LanguagePreferences {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let found = |language| {
            let mut search = self.search.iter();
            search.any(|search| search.speaks(language))
        };
        let shop_languages = wanted
            .languages()
            .filter(|language| shown.contains(language) || found(*language));
        shop_languages.take(IN_KEY).collect()
    }

    /// Takes note of the languages of texts that are about to be shown.
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
