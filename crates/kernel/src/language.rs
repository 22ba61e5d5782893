//! The language of a text: a two-letter ISO 639-1 code.

use serde::{Deserialize, Serialize};

/// A language by its two-letter code, lower case: `en`, `zh`, `ja`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 2]);

/// The tag is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a two-letter language code")]
pub struct UnknownLanguage;

impl Language {
    /// English.
    pub const EN: Self = Self(*b"en");
    /// Chinese.
    pub const ZH: Self = Self(*b"zh");
    /// Japanese.
    pub const JA: Self = Self(*b"ja");

    /// The language of a BCP 47 tag: `zh-Hant-TW` is `zh`.
    pub fn parse(tag: &str) -> Result<Self, UnknownLanguage> {
        match tag.split(['-', '_']).next().unwrap_or_default().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => Err(UnknownLanguage),
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("en")
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::parse(&tag)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_reduced_to_its_language() {
        assert_eq!(Language::parse("zh-Hant-TW"), Ok(Language::ZH));
        assert_eq!(Language::parse("JA"), Ok(Language::JA));
        assert_eq!(Language::parse("*"), Err(UnknownLanguage));
        assert_eq!(Language::parse(""), Err(UnknownLanguage));
        assert_eq!(Language::parse("é"), Err(UnknownLanguage));
    }
}
