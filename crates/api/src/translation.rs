//! Translations in requests and answers: texts by two-letter language code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_catalog::{Text, Texts};
use stampede_http::decode::safe_name;
use stampede_http::problem::Problem;
use stampede_kernel::Language;
use utoipa::ToSchema;

/// Defines a map of translations and the texts of one language in it.
macro_rules! translations {
    ($($(#[$doc:meta])* $all:ident of $(#[$one_doc:meta])* $one:ident { $($field:ident),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub(crate) struct $all(BTreeMap<String, $one>);

        $(#[$one_doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        struct $one {
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
    /// Translations of a product's texts, by two-letter language code.
    TextTranslations of
    /// The texts of a product in one language; absent ones are shown in the shop's language.
    TextTranslation { name, title, info }
    /// Translations of a category's name, by two-letter language code.
    NameTranslations of
    /// The name of a category in one language.
    NameTranslation { name }
    /// Translations of a slide's title, by two-letter language code.
    TitleTranslations of
    /// The title of a slide in one language.
    TitleTranslation { title }
}

/// Translations as a request has them: texts by language code, not yet checked.
pub(crate) trait Translated {
    fn into_texts(self) -> Vec<(String, Text)>;
}

/// Checks the language codes and returns the texts by language.
///
/// # Errors
///
/// 422 for anything but a two-letter code in lower case, so that `zh` and `zh-CN` cannot both
/// mean one language.
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
