//! CSV import and export of products, for spreadsheets: one row per SKU.
//!
//! | column | on the first row of a product | on its further rows |
//! |---|---|---|
//! | `id` | of the product; empty makes one | the same again, or empty |
//! | `sku_id` | which SKU; empty finds the one with the same options, or the only one, or adds one | |
//! | `name`, `title`, `info` | in the shop's language | empty, or the same |
//! | `category` | its path, `Tea/Green`; made where it is missing. `\/` is a `/` in a name, `\\` a `\`, `\ ` a blank at an end; `Tea\#2` is the second sibling of this name | empty, or the same |
//! | `on_sale` | `true` or `false`; a new product is on sale where this is empty | empty, or the same |
//! | `options` | `Colour: Black; Size: M`, or a JSON object | the same |
//! | `price`, `discount_price` | minor units; an empty discount is none | the same |
//! | `num` | units in stock | the same |
//! | `num_exported` | what `num` was: the stock moves by the difference, so that units sold meanwhile stay sold | the same |
//! | `name_zh`, `title_zh`, `info_zh` … | translations, three columns a language | empty, or the same |
//! | `product` | of a product without `id`: any mark that its rows share | the same |
//! | `translations` | instead of the columns by language, a JSON object | empty, or the same |
//!
//! A column that is absent changes nothing, nor does an empty cell on a row whose
//! `name` is empty; so what [`export`] writes, [`Importer`] reads without changing
//! anything. Texts that a spreadsheet would run as a formula or take for a number or
//! a date have a `'` in front, which the import takes off.
//!
//! A shop without products takes over the ids of the shop that the table is of.

mod cell;
mod export;
mod fault;
mod group;
mod import;
mod parse;
mod pass;
mod plan;
mod row;
mod tree;

pub use export::{Export, ExportError, export};
pub use fault::{SheetFault, SheetFaults};
pub use import::{ImportError, Importer, Report};
pub use parse::{NotATable, Record, Records, Unreadable};
