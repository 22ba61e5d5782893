//! The catalogue's things as JSON, in the language their reader prefers.

mod carousel;
mod category;
mod favorite;
mod product;
mod reader;
mod translation;
mod wording;

pub(crate) use carousel::CarouselBody;
pub(crate) use category::CategoryBody;
pub(crate) use favorite::FavoriteBody;
pub(crate) use product::{ProductBody, ProductListBody, SkuBody, SuggestionsBody};
pub(crate) use reader::Reader;
pub(crate) use translation::{NameTranslations, TextTranslations, TitleTranslations, texts};
pub(crate) use wording::{Show, Wording};
