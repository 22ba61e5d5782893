//! The shop's language and currency.

use stampede_kernel::Language;

/// The shop's own language and currency, from the settings.
#[derive(Debug, Clone)]
pub struct ShopLocale {
    /// The language of all texts that are no translations.
    pub language: Language,
    /// ISO 4217 code; every price is in its minor unit.
    pub currency: String,
}
