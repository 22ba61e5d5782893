//! What must be true of sales: in the tables, and between them and the gate.

mod gate;
mod rows;

pub use gate::{GateFindings, audit_gate};
pub use rows::{AUDIT, audit};
