//! Translations on their way in and out: by language code, with the texts a thing has.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_catalog::{Text, Texts};
use stampede_http::decode::safe_name;
use stampede_http::problem::Problem;
use stampede_kernel::Language;
use utoipa::ToSchema;

/// A kind of translation: its fields are those of the thing translated.
macro_rules! translations {
    ($($(#[$doc:meta])* $all:ident of $one:ident { $($field:ident),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub(crate) struct $all(BTreeMap<String, $one>);

        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $one {
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<String>,)+
        }

        impl From<Texts> for $all {
            fn from(texts: Texts) -> Self {
                let each = |(language, text): (Language, Text)| {
                    (language.to_string(), $one { $($field: text.$field),+ })
                };
                Self(texts.into_iter().map(each).collect())
            }
        }

        impl Translated for $all {
            fn into_texts(self) -> Vec<(String, Text)> {
                let each = |(tag, text): (String, $one)| {
                    let mut whole = Text::default();
                    $(whole.$field = text.$field;)+
                    (tag, whole)
                };
                self.0.into_iter().map(each).collect()
            }
        }
    )+};
}

translations! {
    /// Of a product, by language code.
    TextTranslations of TextTranslation { name, title, info }
    /// Of a category, by language code.
    NameTranslations of NameTranslation { name }
    /// Of a slide, by language code.
    TitleTranslations of TitleTranslation { title }
}

/// Texts by what a client calls their language.
pub(crate) trait Translated {
    fn into_texts(self) -> Vec<(String, Text)>;
}

/// The texts by language.
///
/// # Errors
///
/// 422 for what is not a two-letter code, so that `zh` and `zh-CN` cannot meet in one place.
pub(crate) fn texts(translations: impl Translated) -> Result<Texts, Problem> {
    let each = |(tag, text): (String, Text)| {
        let language = Language::parse(&tag).ok().filter(|one| one.as_str() == tag);
        language.map(|language| (language, text)).ok_or_else(|| {
            let words = "must be two-letter language codes, lower case";
            let field = format!("translations.{}", safe_name(&tag));
            Problem::field(field, "invalid_value", words)
        })
    };
    translations.into_texts().into_iter().map(each).collect()
}
