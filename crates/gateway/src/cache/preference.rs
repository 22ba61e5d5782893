//! The languages a reader would rather read than the shop's own.

use stampede_catalog::{Text, Texts};
use stampede_kernel::Language;

/// At most so many are tried before the shop's language.
const TRIED: usize = 3;

/// Languages, dearest first. The shop's own is never among them: its texts are
/// always there, so that whatever a reader likes less is never reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Preference([Option<Language>; TRIED]);

impl Preference {
    /// What `?lang=` says, else `Accept-Language`.
    pub(crate) fn of(lang: Option<Language>, accept: Option<&str>, shop: Language) -> Self {
        match (lang, accept) {
            (Some(lang), _) => Self::before(shop, [lang]),
            (None, Some(accept)) => Self::before(shop, ranked(accept)),
            (None, None) => Self::default(),
        }
    }

    /// The languages, dearest first.
    pub(crate) fn languages(self) -> impl Iterator<Item = Language> {
        self.0.into_iter().flatten()
    }

    /// The dearest, or the shop's.
    pub(crate) fn first_or(self, shop: Language) -> Language {
        self.0[0].unwrap_or(shop)
    }

    /// The dearest language that `texts` has.
    pub(crate) fn pick(self, texts: &Texts) -> Option<(Language, &Text)> {
        self.languages()
            .find_map(|language| texts.get(&language).map(|text| (language, text)))
    }

    fn before(shop: Language, languages: impl IntoIterator<Item = Language>) -> Self {
        let mut tried = [None; TRIED];
        let wanted = languages.into_iter().take_while(|one| *one != shop);
        for (place, language) in tried.iter_mut().zip(wanted) {
            *place = Some(language);
        }
        Self(tried)
    }
}

/// The languages of an `Accept-Language` header by weight, each once; what is
/// not a language with a weight above 0 is passed over.
fn ranked(accept: &str) -> Vec<Language> {
    let mut weighed: Vec<(u16, Language)> = Vec::new();
    for range in accept.split(',').take(16) {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let (Ok(language), Some(weight)) = (Language::parse(tag.trim()), thousandths(weight))
        else {
            continue;
        };
        if weight > 0 && weighed.iter().all(|(_, known)| *known != language) {
            weighed.push((weight, language));
        }
    }
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    weighed.into_iter().map(|(_, language)| language).collect()
}

/// `q=0.7` in thousandths; 1000 where nothing is said, `None` where it makes no sense.
fn thousandths(weight: &str) -> Option<u16> {
    let weight = weight.trim();
    if weight.is_empty() {
        return Some(1_000);
    }
    let digits = weight.strip_prefix("q=")?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let fraction: u16 = format!("{fraction:0<3.3}").parse().ok()?;
    Some((whole * 1_000 + fraction).min(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferred(accept: &str) -> Vec<Language> {
        Preference::of(None, Some(accept), Language::EN)
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
    fn weights_decide_and_nonsense_is_passed_over() {
        assert_eq!(
            preferred("ja;q=0.5, zh;q=0.75, *, fr;q=0, x;q=7, de;q=high"),
            [Language::ZH, Language::JA]
        );
        assert_eq!(preferred(""), []);
    }

    #[test]
    fn the_query_wins_over_the_header() {
        let preference = Preference::of(Some(Language::JA), Some("zh"), Language::EN);

        assert_eq!(preference.first_or(Language::EN), Language::JA);
    }
}
