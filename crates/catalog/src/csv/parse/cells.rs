//! The cells of one record, collected byte by byte.

use super::State;
use super::record::{Record, Unreadable};

/// Maximum size of a record in bytes, far above any product: a quotation mark that is
/// never closed must not read the rest of the file into memory.
pub(super) const MAX_RECORD_BYTES: usize = 1024 * 1024;
/// Maximum number of cells in a record.
const MAX_CELLS: usize = 1_000;

#[derive(Default)]
pub(super) struct Cells {
    done: Vec<Vec<u8>>,
    open: Vec<u8>,
    bytes: usize,
}

impl Cells {
    pub(super) fn push(&mut self, byte: u8, next: State) -> State {
        self.open.push(byte);
        self.bytes += 1;
        next
    }

    pub(super) fn end(&mut self) {
        self.done.push(std::mem::take(&mut self.open));
    }

    pub(super) fn too_large(&self) -> bool {
        self.bytes > MAX_RECORD_BYTES || self.done.len() >= MAX_CELLS
    }

    pub(super) fn finish(
        mut self,
        line: u64,
        fault: Option<&'static str>,
    ) -> Result<Record, Unreadable> {
        self.end();
        let unreadable = |why| Unreadable {
            line,
            why,
            last: false,
        };
        if let Some(why) = fault {
            return Err(unreadable(why));
        }
        let cells: Result<_, _> = self.done.into_iter().map(String::from_utf8).collect();
        let not_utf8 =
            "the row is not UTF-8 (Windows-1252, perhaps); save the file as \"CSV UTF-8\"";
        let cells = cells.map_err(|_| unreadable(not_utf8))?;
        Ok(Record { line, cells })
    }
}
