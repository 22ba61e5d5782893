//! Cursors of lists.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stampede_kernel::Cursor;

fuzz_target!(|text: String| {
    let _ = Cursor(text.clone()).place::<i64>("filters");
    let _ = Cursor(text.clone()).place::<(i64, String)>("filters");
    assert_eq!(Cursor::new(&text, &7).place::<i64>(&text), Ok(7));
});
