//! Audits of sales: invariants of the tables, and of the gate against the tables.

mod gate;
mod rows;

pub use gate::{GateFindings, audit_gate};
pub use rows::{AUDIT, audit};
