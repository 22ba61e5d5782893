//! Queries on sales, their stock, buyers and tickets.

mod buyers;
mod sale;
mod stock;
mod tickets;

pub(crate) use buyers::{buyer_upserts, buyers, by_user, over_limit, user_languages};
pub(super) use buyers::{most_units, take_units};
pub(crate) use sale::{Row, running, sale};
pub(super) use sale::{any_of, insert, list, overlapping, page, update};
pub(crate) use stock::{FIRST, bump, close, fence, stock, take};
pub(super) use stock::{put_back, set_total};
pub(super) use tickets::release;
pub(crate) use tickets::{
    address_refusals, all_tickets, each_ticket, holds, orders_of, ticket, ticket_inserts, tickets,
};
