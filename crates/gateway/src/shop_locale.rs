//! What every answer of the catalogue needs to know of this shop.

use stampede_kernel::Language;

/// The shop's own language and money, from the settings.
#[derive(Debug, Clone)]
pub struct ShopLocale {
    /// Texts are written in it; translations stand beside them.
    pub language: Language,
    /// ISO 4217; every price is in its minor unit.
    pub currency: String,
}
