//! The shop's language, currency and country.

use stampede_kernel::{Country, Language};

/// The shop's own language, currency and country, from the settings.
#[derive(Debug, Clone)]
pub struct ShopLocale {
    /// The language of all texts that are no translations.
    pub language: Language,
    /// ISO 4217 code; every price is in its minor unit.
    pub currency: String,
    /// Where an address is that names no country.
    pub country: Country,
}
