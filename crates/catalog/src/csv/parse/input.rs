//! The bytes of a table with the number of the current line.

use std::io::{BufRead, Error};

/// How much of the first line is inspected for the separator, in bytes.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// The input, byte by byte, with the number of the current line.
#[derive(Debug)]
pub(super) struct Input<R> {
    ahead: Vec<u8>,
    at: usize,
    rest: R,
    /// The line of the next byte, from 1.
    pub(super) line: u64,
    after_cr: bool,
}

impl<R: BufRead> Input<R> {
    /// Reads ahead to the end of the first line.
    pub(super) fn open(rest: R) -> Result<Self, Error> {
        let mut input = Self {
            ahead: Vec::new(),
            at: 0,
            rest,
            line: 1,
            after_cr: false,
        };
        input.look_ahead()?;
        Ok(input)
    }

    /// Returns whether the input is UTF-16, by its byte order mark or its zero bytes.
    pub(super) fn is_utf16(&self) -> bool {
        matches!(self.ahead.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF]))
            || self.ahead.iter().take(4).any(|byte| *byte == 0)
    }

    /// Skips the byte order mark of UTF-8, if there is one.
    pub(super) fn skip_byte_order_mark(&mut self) {
        if self.ahead.starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
        }
    }

    /// The bytes read ahead that are not consumed.
    pub(super) fn head(&self) -> &[u8] {
        self.ahead.get(self.at..).unwrap_or_default()
    }

    fn look_ahead(&mut self) -> Result<(), Error> {
        let mut quoted = false;
        let mut text = false;
        while self.ahead.len() < MAX_HEAD_BYTES {
            let Some(byte) = self.rest.fill_buf()?.first().copied() else {
                break;
            };
            self.rest.consume(1);
            self.ahead.push(byte);
            quoted ^= byte == b'"';
            let end = matches!(byte, b'\n' | b'\r');
            if end && text && !quoted && self.ahead.len() >= 4 {
                break;
            }
            text |= !byte.is_ascii_whitespace();
        }
        Ok(())
    }

    pub(super) fn peek(&mut self) -> Result<Option<u8>, Error> {
        if let Some(byte) = self.ahead.get(self.at) {
            return Ok(Some(*byte));
        }
        Ok(self.rest.fill_buf()?.first().copied())
    }

    pub(super) fn next(&mut self) -> Result<Option<u8>, Error> {
        let next = self.peek()?;
        if let Some(byte) = next {
            if self.at < self.ahead.len() {
                self.at += 1;
            } else {
                self.rest.consume(1);
            }
            let second_of_two = byte == b'\n' && self.after_cr;
            if matches!(byte, b'\n' | b'\r') && !second_of_two {
                self.line += 1;
            }
            self.after_cr = byte == b'\r';
        }
        Ok(next)
    }

    /// Ends a line after its first terminator byte: skips the second byte of CRLF.
    pub(super) fn end_line(&mut self, first: u8) -> Result<(), Error> {
        if first == b'\r' && self.peek()? == Some(b'\n') {
            self.next()?;
        }
        Ok(())
    }

    pub(super) fn skip_line(&mut self) -> Result<(), Error> {
        while let Some(byte) = self.next()? {
            if matches!(byte, b'\n' | b'\r') {
                return self.end_line(byte);
            }
        }
        Ok(())
    }
}
