//! JSON bodies of the API's resources, in the language that the client prefers.
//!
//! [`Render`] turns a domain object into its body, [`Localizer`] chooses the texts, and
//! [`Audience`] makes the bytes of a
//! public answer, and [`RequestContext`] the response, cached or not.

mod audience;
mod carousel;
mod category;
mod favorite;
mod localizer;
mod order;
mod product;
mod request_context;
mod sale;
mod transfer;
mod translation;

pub(crate) use audience::Audience;
pub(crate) use carousel::CarouselBody;
pub(crate) use category::CategoryBody;
pub(crate) use favorite::FavoriteBody;
pub(crate) use localizer::{Localizer, Render};
pub(crate) use order::{OrderBody, StatusName};
pub(crate) use product::{ProductBody, ProductListBody, ProductSummary, SkuBody, SuggestionsBody};
pub(crate) use request_context::RequestContext;
pub(crate) use sale::{LiveBody, Offered, SaleBody, SaleStateName, TicketBody};
pub(crate) use transfer::TransferBody;
pub(crate) use translation::{NameTranslations, TextTranslations, TitleTranslations, texts};
