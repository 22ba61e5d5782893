//! Queries on orders, their lines and their history.

mod transition;

pub(super) use transition::*;
