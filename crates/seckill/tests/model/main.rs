//! The protocol of a sale, searched state by state.
//!
//! A state is what survives in the database, at the gate and in two gateways;
//! its moves are every next step, faults included: answers that are lost, gateways
//! that die, gates that forget or come back older, rebuilds that sleep and wake
//! up. Of every state that can be reached it is asked whether it is safe, and
//! whether recovery alone brings exact books. Then each rule of the protocol is
//! left out, and something must notice. The same rules are in `src/commit.rs`,
//! `src/load.rs`, `src/return_units.rs` and the gates.

mod database;
mod gate;
mod moves;
mod rules;
mod safety;
mod scenario;
mod search;
mod state;

mod protocol;
