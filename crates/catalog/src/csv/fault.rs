//! What is wrong with a file: all of it at once.

/// Faults that are kept to be told; the others are counted.
const KEPT: usize = 100;
/// Characters of a value that are told.
const VALUE_CHARS: usize = 40;

/// One fault, by its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFault {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column by its name in the first line; empty when the whole row is meant.
    pub column: String,
    /// The beginning of what stands there.
    pub value: String,
    /// In words.
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

/// Everything that is wrong with a file: the first hundred faults, and their number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetFaults {
    /// The first of them that were found, in the order of their lines.
    pub first: Vec<SheetFault>,
    /// How many there are.
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

    /// The same in the order of the file.
    pub(super) fn sorted(mut self) -> Self {
        self.first.sort_by_key(|fault| fault.line);
        self
    }

    /// Whether there is none.
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
