//! Queries on orders, their lines and their history.

mod insert;
mod lines;
mod load;
mod page;
mod transition;
mod unpaid;

pub(super) use insert::{insert, inserts};
pub(super) use lines::line_row;
pub(super) use load::{OrderRecord, buyers, history, load, load_ids, row};
pub(super) use page::page;
pub(super) use transition::{Initiator, Transition, record_history, transition};
pub(super) use unpaid::{lock_overdue, lock_unpaid, open_orders, overdue, unpaid_of};
