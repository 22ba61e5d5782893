//! Language preferences of a client.

use stampede_catalog::Texts;
use stampede_http::accept_language::{RANGES, by_weight};
use stampede_kernel::Language;

/// The languages that a client prefers to the shop's own, best first.
///
/// The shop's own language ends the list and is not part of it: every text exists in it, so
/// languages after it never matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LanguagePreferences([Option<Language>; RANGES]);

impl LanguagePreferences {
    /// The languages of `?lang=`, else of `Accept-Language`.
    pub fn of(lang: Option<Language>, accept: Option<&str>, shop: Language) -> Self {
        let wanted = match (lang, accept) {
            (Some(lang), _) => vec![lang],
            (None, Some(accept)) => by_weight(accept),
            (None, None) => return Self::default(),
        };
        wanted.into_iter().take_while(|one| *one != shop).collect()
    }

    /// The languages, best first.
    pub fn languages(self) -> impl Iterator<Item = Language> {
        self.0.into_iter().flatten()
    }

    /// The best language, or `shop`.
    pub fn first_or(self, shop: Language) -> Language {
        self.0[0].unwrap_or(shop)
    }

    /// The best language that `texts` has.
    pub(crate) fn pick(self, texts: &Texts) -> Option<Language> {
        self.languages()
            .find(|language| texts.contains_key(language))
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
}
