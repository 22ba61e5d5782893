//! Delivery addresses.

mod error;
mod model;
mod phone;
mod service;
mod store;

pub use error::AddressError;
pub use model::{Address, AddressSnapshot, NewAddress};
pub use service::{AddressBook, AddressService, DbAddresses};
