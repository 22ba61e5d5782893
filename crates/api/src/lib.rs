//! The representations of the HTTP API: bodies and parameters of requests, bodies of answers.
//!
//! There is a module for each resource. What depends on who reads it is written by [`Render`]:
//! [`Localizer`] chooses the texts in the reader's languages, and [`Audience`] makes the bytes of
//! a public answer. Nothing here knows a route or the state of a request.

mod audience;
mod language_preferences;
mod localizer;
mod present;
mod shop_locale;
mod translation;

pub mod address;
pub mod audit;
pub mod audit_log;
pub mod carousel;
pub mod cart;
pub mod category;
pub mod delivery;
pub mod favorite;
pub mod health;
pub mod image;
pub mod job;
pub mod order;
pub mod product;
pub mod promotion;
pub mod quote;
pub mod rehearsal;
pub mod sale;
pub mod session;
pub mod stats;
pub mod time;
pub mod user;
pub mod wallet;
pub mod webhook;

pub use audience::Audience;
pub use language_preferences::LanguagePreferences;
pub use localizer::{Localizer, Render};
pub use shop_locale::ShopLocale;

use image::ImageBody;
use translation::{NameTranslations, TextTranslations, TitleTranslations, texts};
