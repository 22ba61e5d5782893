//! Public pages as ready bytes: an answer from memory costs no JSON and no lock.

mod front;
mod generation;
mod goods;
mod key;
mod page;
mod pages;
mod preference;

pub(crate) use front::{Front, front};
pub(crate) use generation::Generations;
pub(crate) use goods::Goods;
pub(crate) use key::{Key, Subject};
pub(crate) use page::Page;
pub(crate) use pages::Pages;
pub(crate) use preference::{Preference, Spoken};
