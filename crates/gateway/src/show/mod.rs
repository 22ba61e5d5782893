//! The shop's things as JSON; the catalogue's in the language their reader prefers.

mod carousel;
mod category;
mod favorite;
mod order;
mod product;
mod reader;
mod sale;
mod transfer;
mod translation;
mod wording;

pub(crate) use carousel::CarouselBody;
pub(crate) use category::CategoryBody;
pub(crate) use favorite::FavoriteBody;
pub(crate) use order::{OrderBody, StatusName};
pub(crate) use product::{ProductBody, ProductListBody, SkuBody, SuggestionsBody};
pub(crate) use reader::Reader;
pub(crate) use sale::{LiveBody, Offered, SaleBody, TicketBody};
pub(crate) use transfer::TransferBody;
pub(crate) use translation::{NameTranslations, TextTranslations, TitleTranslations, texts};
pub(crate) use wording::{Show, Wording};
