//! The flash sale. Here so far: the gate, which admits a crowd exactly.

mod gate;

pub use gate::{
    Batch, BatchId, Books, Claim, Door, End, Entry, Epoch, Fate, Fingerprint, Flip, Flipped, Gate,
    GateError, Given, MemoryGate, Part, Refusal, Released, RunId, Settled, Taken, Terms, TicketId,
    Verdict,
};
