//! Texts in the shop's language and, where given, in others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_kernel::Language;

/// What a customer reads of a product; a category and a slide have a name or a title only.
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

/// Translations by language; what is missing is shown in the shop's language.
pub type Texts = BTreeMap<Language, Text>;
