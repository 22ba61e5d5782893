//! The languages that the shop has texts in.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use stampede_api::LanguagePreferences;
use stampede_catalog::{Search, Texts};
use stampede_kernel::Language;

/// Most languages that are part of a cache key.
const IN_KEY: usize = 3;

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
    use stampede_catalog::Text;

    use super::*;

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
