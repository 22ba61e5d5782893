//! The representations of the HTTP API: bodies and parameters of requests, bodies of answers.
//!
//! There is a module for each resource. What depends on who reads it is written by [`Render`]:
//! [`Localizer`] chooses the texts in the reader's languages, and [`Audience`] makes the bytes of
//! a public answer. Nothing here knows a route or the state of a request.

mod audience;
mod image;
mod language_preferences;
mod localizer;
mod shop_locale;
mod translation;

pub mod carousel;
pub mod category;
pub mod favorite;
pub mod order;
pub mod product;
pub mod sale;
pub mod wallet;

pub use audience::Audience;
pub use image::ImageBody;
pub use language_preferences::LanguagePreferences;
pub use localizer::{Localizer, Render};
pub use shop_locale::ShopLocale;
pub use translation::{NameTranslations, TextTranslations, TitleTranslations, texts};
