//! Product texts and their translations.

use std::collections::BTreeMap;

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use stampede_kernel::{FieldError, Language};

/// The translated texts of a product; a category has only a name, a slide only a title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// 1–128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// At most 20,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<String>,
}

/// Translations by language; a missing text falls back to the shop's language.
pub type Texts = BTreeMap<Language, Text>;

/// Translations of a name, without the shop's language.
pub type Names = BTreeMap<Language, String>;

/// Maximum size of a TEXT column in MySQL and MariaDB, in bytes.
const COLUMN_BYTES: usize = 65_535;
/// Longest description, in characters.
const INFO_CHARS: usize = 20_000;

/// Checks a name: 1–128 characters on one line, not blank.
pub(crate) fn check_name(field: &'static str, text: &str) -> Result<(), FieldError> {
    if text.trim().is_empty() {
        return Err(FieldError::new(field, "too_short", "must not be blank"));
    }
    check_line(field, text, 128)
}

/// Checks a line of text: at most `chars` characters without line breaks or other
/// control characters, some of which PostgreSQL does not store.
pub(crate) fn check_line(field: &'static str, text: &str, chars: usize) -> Result<(), FieldError> {
    if text.chars().any(char::is_control) {
        return Err(FieldError::new(
            field,
            "characters",
            "must not hold control characters",
        ));
    }
    check_length(field, text, chars)
}

/// Checks a description: several lines, at most 20,000 characters.
pub(crate) fn check_info(field: &'static str, text: &str) -> Result<(), FieldError> {
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(strange) {
        return Err(FieldError::new(
            field,
            "characters",
            "must not hold control characters but line breaks and tabs",
        ));
    }
    check_length(field, text, INFO_CHARS)?;
    check_column(field, text)
}

/// Checks the translations of a product: each text by the rule of its field, none in
/// the shop's language.
pub(crate) fn check_texts(texts: &Texts, shop: Language) -> Result<(), FieldError> {
    for (language, text) in texts {
        if *language == shop {
            return Err(FieldError::new(
                "translations",
                "shop_language",
                format!("{language} is the shop's own language: give its texts as fields"),
            ));
        }
        check_text(text)?;
    }
    check_column(
        "translations",
        to_column(texts).as_deref().unwrap_or_default(),
    )
}

fn check_text(text: &Text) -> Result<(), FieldError> {
    let field = "translations";
    if let Some(name) = &text.name {
        check_name(field, name)?;
    }
    if let Some(title) = &text.title {
        check_line(field, title, 255)?;
    }
    text.info
        .as_deref()
        .map_or(Ok(()), |info| check_info(field, info))
}

fn check_length(field: &'static str, text: &str, chars: usize) -> Result<(), FieldError> {
    if text.chars().count() > chars {
        return Err(FieldError::new(
            field,
            "too_long",
            format!("must be at most {chars} characters"),
        ));
    }
    Ok(())
}

fn check_column(field: &'static str, text: &str) -> Result<(), FieldError> {
    if text.len() > COLUMN_BYTES {
        return Err(FieldError::new(
            field,
            "too_long",
            format!("must be at most {COLUMN_BYTES} bytes in UTF-8"),
        ));
    }
    Ok(())
}

/// Serialises translations for their column; `None` when there are none.
pub(crate) fn to_column(texts: &Texts) -> Option<String> {
    if texts.is_empty() {
        return None;
    }
    serde_json::to_string(texts).ok()
}

/// Returns the names among translations.
pub(crate) fn names(texts: Texts) -> Names {
    let named = |(language, text): (Language, Text)| Some((language, text.name?));
    texts.into_iter().filter_map(named).collect()
}

/// Parses translations from their column.
pub(crate) fn from_column(json: Option<&str>) -> Result<Texts, DbErr> {
    json.map_or(Ok(Texts::new()), |json| {
        serde_json::from_str(json).map_err(|error| DbErr::Json(error.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<(), FieldError>) -> &'static str {
        result.unwrap_err().code
    }

    #[test]
    fn a_name_is_one_line_of_one_to_128_characters() {
        assert_eq!(code(check_name("name", " ")), "too_short");
        assert_eq!(code(check_name("name", "a\0b")), "characters");
        assert_eq!(code(check_name("name", &"茶".repeat(129))), "too_long");
        assert_eq!(check_name("name", &"茶".repeat(128)), Ok(()));
    }

    #[test]
    fn a_description_fits_its_column_on_every_database() {
        assert_eq!(check_info("info", "two\nlines"), Ok(()));
        assert_eq!(check_info("info", &"茶".repeat(20_000)), Ok(()));
        assert_eq!(code(check_info("info", &"a".repeat(20_001))), "too_long");
        assert_eq!(code(check_info("info", &"🍵".repeat(17_000))), "too_long");
    }

    #[test]
    fn the_shops_own_language_is_no_translation() {
        let texts = Texts::from([(Language::EN, Text::default())]);

        assert_eq!(code(check_texts(&texts, Language::EN)), "shop_language");
        assert_eq!(check_texts(&texts, Language::ZH), Ok(()));
    }

    #[test]
    fn texts_come_back_from_their_column() {
        let texts = Texts::from([(
            Language::ZH,
            Text {
                name: Some("绿茶".into()),
                ..Text::default()
            },
        )]);

        assert_eq!(from_column(to_column(&texts).as_deref()).unwrap(), texts);
        assert_eq!(to_column(&Texts::new()), None);
    }
}
