//! Queries on sales, their stock, buyers and tickets.

mod sale;

pub(crate) use sale::*;
