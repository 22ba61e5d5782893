//! What must be true of sales: in the tables, and between them and the gate.

mod books;
mod rows;

pub use books::{GateFindings, audit_gate};
pub use rows::{AUDIT, audit};
