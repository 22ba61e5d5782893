//! A streaming CSV parser for the dialects of spreadsheets: one record in memory at a
//! time, in linear time.
//!
//! It understands a UTF-8 byte order mark, a first line `sep=;`, commas, semicolons,
//! tabs and bars between cells, LF, CRLF and CR after lines, and quoted cells with all
//! of these in them.

mod cells;
mod input;
mod record;
mod separator;

use std::io::{BufRead, Error};

use self::cells::Cells;
use self::input::Input;
pub use self::record::{NotATable, Record, Unreadable};
use self::separator::{likely_separator, named_separator};

/// The records of a table.
#[derive(Debug)]
pub struct Records<R> {
    input: Input<R>,
    separator: u8,
    over: bool,
}

impl<R: BufRead> Records<R> {
    /// Opens a table and detects encoding and separator from its first bytes.
    ///
    /// # Errors
    ///
    /// When it is UTF-16, or cannot be read.
    pub fn open(input: R) -> Result<Self, NotATable> {
        let mut input = Input::open(input)?;
        if input.is_utf16() {
            return Err(NotATable::Utf16);
        }
        input.skip_byte_order_mark();
        let separator = match named_separator(input.head()) {
            Some(named) => {
                input.skip_line()?;
                named
            }
            None => likely_separator(input.head()),
        };
        Ok(Self {
            input,
            separator,
            over: false,
        })
    }

    /// Reads the next record; `None` after the last.
    ///
    /// # Errors
    ///
    /// When the file cannot be read any further.
    pub fn read(&mut self) -> Result<Option<Result<Record, Unreadable>>, Error> {
        while !self.over {
            match self.one()? {
                Some(Ok(record)) if record.cells.iter().all(|cell| cell.trim().is_empty()) => {}
                Some(Err(unreadable)) => {
                    self.over = unreadable.last;
                    return Ok(Some(Err(unreadable)));
                }
                Some(record) => return Ok(Some(record)),
                None => self.over = true,
            }
        }
        Ok(None)
    }

    fn one(&mut self) -> Result<Option<Result<Record, Unreadable>>, Error> {
        if self.input.peek()?.is_none() {
            return Ok(None);
        }
        let line = self.input.line;
        let mut cells = Cells::default();
        let mut state = State::Start;
        let mut quoted_on = line;
        let mut fault = None;
        loop {
            if cells.too_large() {
                return Ok(Some(Err(too_large(line))));
            }
            let Some(byte) = self.input.next()? else {
                break;
            };
            state = match (state, byte) {
                (State::Quoted, b'"') => State::Closing,
                (State::Quoted, byte) => cells.push(byte, State::Quoted),
                (State::Closing, b'"') => cells.push(b'"', State::Quoted),
                (State::Start, b'"') => {
                    quoted_on = self.input.line;
                    State::Quoted
                }
                (_, byte) if byte == self.separator => {
                    cells.end();
                    State::Start
                }
                (_, b'\n' | b'\r') => {
                    self.input.end_line(byte)?;
                    break;
                }
                (State::Closing | State::Closed, b' ' | b'\t') => State::Closed,
                (State::Closing | State::Closed, _) => {
                    fault = Some("a cell goes on after its closing quotation mark");
                    State::Closed
                }
                (State::Start | State::Bare, byte) => cells.push(byte, State::Bare),
            };
        }
        if let State::Quoted = state {
            return Ok(Some(Err(Unreadable {
                line: quoted_on,
                why: "a quotation mark that is opened here is never closed",
                last: true,
            })));
        }
        Ok(Some(cells.finish(line, fault)))
    }
}

fn too_large(line: u64) -> Unreadable {
    Unreadable {
        line,
        why: "the row that begins here is larger than 1 MiB or has more than 1,000 cells; \
              perhaps a quotation mark is never closed",
        last: true,
    }
}

/// The state of the parser within a cell.
#[derive(Clone, Copy)]
enum State {
    /// At its beginning.
    Start,
    /// Inside a cell without quotation marks.
    Bare,
    /// Between quotation marks.
    Quoted,
    /// After a quotation mark that closes the cell or is the first of two.
    Closing,
    /// After the closing quotation mark.
    Closed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::cells::MAX_RECORD_BYTES;
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<Record, Unreadable>> {
        let mut records = Records::open(bytes).unwrap();
        std::iter::from_fn(|| records.read().unwrap()).collect()
    }

    fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let rows = read(bytes).into_iter();
        rows.map(|row| row.map(|row| (row.line, row.cells)).unwrap())
            .collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_separator_and_line_end_is_understood() {
        let expected = [row(1, &["a", "b"]), row(2, &["1", "x,;\t"])];
        for table in [
            "a,b\n1,\"x,;\t\"\n",
            "a;b\r\n1;\"x,;\t\"",
            "a\tb\r1\t\"x,;\t\"\r",
            "\u{feff}a,b\n1,\"x,;\t\"\n\n,,\n",
        ] {
            assert_eq!(rows(table.as_bytes()), expected, "{table:?}");
        }
        let named = "sep=;\r\na,b;c\r\n1;2\r\n";
        assert_eq!(
            rows(named.as_bytes()),
            [row(2, &["a,b", "c"]), row(3, &["1", "2"])]
        );
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = "a,b\r\n\r\n\"1\r\n2\r3\n4\",x\r\n,\r\n5,6\r\n";
        assert_eq!(
            rows(table.as_bytes()),
            [
                row(1, &["a", "b"]),
                row(3, &["1\r\n2\r3\n4", "x"]),
                row(8, &["5", "6"])
            ]
        );
    }

    #[test]
    fn quotation_marks_are_doubled_inside_and_plain_in_bare_cells() {
        let table = "a,b\n\"say \"\"hi\"\"\",5\" pipe\n\"x\" ,y\n";
        assert_eq!(
            rows(table.as_bytes())[1..],
            [row(2, &["say \"hi\"", "5\" pipe"]), row(3, &["x", "y"])]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line_and_the_rest_is_read() {
        let table = b"a,b\n\"x\"y,1\nM\xfcller,2\n3,4\n5,\"6\n7\n";
        let told = read(table);
        let line = |n: usize| told[n].as_ref().unwrap_err().line;
        assert_eq!((line(1), line(2)), (2, 3));
        assert_eq!(told[3].as_ref().unwrap().cells, ["3", "4"]);
        assert_eq!((line(4), told.len()), (5, 5));
    }

    #[test]
    fn utf_16_is_refused_as_a_whole() {
        for table in [&b"\xff\xfea\0,\0"[..], b"\xfe\xff\0a\0,", b"a\0,\0b\0"] {
            let refused = Records::open(table);
            assert!(matches!(refused, Err(NotATable::Utf16)), "{table:?}");
        }
    }

    #[test]
    fn a_row_without_an_end_is_not_kept_in_memory() {
        let mut table = b"a,b\n1,\"".to_vec();
        table.resize(3 * MAX_RECORD_BYTES, b'x');
        let told = read(&table);
        assert!(told[1].as_ref().unwrap_err().last);
        let commas = [b"a\n".to_vec(), vec![b','; 5_000], b"\n".to_vec()].concat();
        assert!(read(&commas)[1].is_err());
    }

    proptest! {
        /// Never panics, ends, and lines only rise.
        #[test]
        fn any_bytes_are_rows_or_faults(bytes in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(b"\"\",;\t\r\n'=ab1 ".to_vec()),
                1 => any::<u8>(),
            ],
            0..400,
        )) {
            let Ok(mut records) = Records::open(bytes.as_slice()) else {
                return Ok(());
            };
            let mut last = 0;
            while let Some(record) = records.read().unwrap() {
                let line = match &record {
                    Ok(record) => record.line,
                    Err(unreadable) => unreadable.line,
                };
                prop_assert!(line >= last);
                last = line;
            }
        }

        /// What a writer wrote comes back, whatever is in the cells.
        #[test]
        fn what_was_written_is_read(
            rows in prop::collection::vec(
                prop::collection::vec("[a-c,;\t|\"'\r\n =é茶]{0,12}", 3),
                1..8,
            ),
        ) {
            let mut table = ::csv::WriterBuilder::new().from_writer(Vec::new());
            table.write_record(["x", "y", "z"]).unwrap();
            for row in &rows {
                table.write_record(row).unwrap();
            }
            let bytes = table.into_inner().unwrap();
            let mut kept = rows.clone();
            kept.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));

            let back: Vec<_> = read(&bytes).into_iter().map(|row| row.unwrap().cells).collect();
            prop_assert_eq!(&back[1..], kept.as_slice());
        }
    }
}
