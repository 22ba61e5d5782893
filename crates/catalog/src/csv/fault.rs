//! Validation errors of a CSV file, collected over the whole file.

use stampede_kernel::{FieldError, Refusal};

/// Maximum number of reported faults; the others are only counted.
const KEPT: usize = 100;
/// Maximum length of a reported value, in characters.
const VALUE_CHARS: usize = 40;

/// A fault at a position in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFault {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column by its name in the first line; empty when the whole row is meant.
    pub column: String,
    /// The beginning of the cell's value.
    pub value: String,
    /// The message.
    pub detail: String,
}

impl std::fmt::Display for SheetFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", {} {:?}", self.column, self.value)?;
        }
        write!(f, ": {}", self.detail)
    }
}

/// The faults of a file: the first hundred, and their total number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetFaults {
    /// The first faults that were found, in the order of their lines.
    pub first: Vec<SheetFault>,
    /// The total number.
    pub count: u64,
}

impl SheetFaults {
    pub(super) fn add(&mut self, line: u64, column: &str, value: &str, detail: &str) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(SheetFault {
                line,
                column: column.to_owned(),
                value: short(value),
                detail: detail.to_owned(),
            });
        }
    }

    /// Sorts the faults by line.
    pub(super) fn sorted(mut self) -> Self {
        self.first.sort_by_key(|fault| fault.line);
        self
    }

    /// The refusal that names each fault by its line and column, without its value.
    pub(super) fn refusal(&self) -> Refusal {
        let named = self.first.iter().map(|fault| {
            let place = match fault.column.as_str() {
                "" => format!("lines[{}]", fault.line),
                column => format!("lines[{}].{column}", fault.line),
            };
            FieldError::new(place, "invalid_value", fault.detail.clone())
        });
        let refusal = Refusal::fields(named.collect());
        let detail = format!("{} faults; nothing was written", self.count);
        Refusal { detail, ..refusal }
    }

    /// Returns whether there are no faults.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl std::fmt::Display for SheetFaults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} fault{plural}, nothing was written:", self.count)?;
        for fault in &self.first {
            write!(f, "\n  {fault}")?;
        }
        let told = u64::try_from(self.first.len()).unwrap_or(u64::MAX);
        match self.count.saturating_sub(told) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

fn short(value: &str) -> String {
    let mut letters = value.chars();
    let mut short: String = letters.by_ref().take(VALUE_CHARS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
