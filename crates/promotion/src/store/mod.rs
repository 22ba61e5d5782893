//! Queries on promotions, their counters and their redemptions.

mod counters;
mod terms;

pub(crate) use counters::{
    give_units, give_uses, is_redeemed, mark_released, most_units, record, take_unit, take_use,
};
pub(crate) use terms::{
    Candidate, candidates, delete, find, insert, lock, page, unknown_category, unknown_product,
    update,
};
