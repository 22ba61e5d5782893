//! Records of a table, and what cannot be read as one.

use std::io::Error;

/// A record with at least one cell that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells, unquoted.
    pub cells: Vec<String>,
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line of the file, from 1.
    pub line: u64,
    /// The reason.
    pub why: &'static str,
    /// Whether the rest of the file cannot be read either.
    pub last: bool,
}

/// Errors of a file that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum NotATable {
    /// UTF-16, by its byte order mark or its zero bytes.
    #[error("the file is UTF-16; save it as \"CSV UTF-8\"")]
    Utf16,
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] Error),
}
