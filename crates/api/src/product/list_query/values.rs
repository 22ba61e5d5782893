//! The values of a product list's parameters.

use std::str::FromStr;

use stampede_catalog::Sort;
use stampede_http::decode::{parse_bool, parse_integer};
use stampede_kernel::{CategoryId, Language, Money, PageSize};

/// Upper bound of page number × page size: an offset costs as much as the rows it skips.
const DEEPEST: u64 = 10_000;
/// Longest search text, in characters.
const LONGEST_SEARCH: usize = 200;
/// Longest cursor, in characters; cursors of this service are shorter.
const LONGEST_CURSOR: usize = 2_048;

/// Why a parameter was refused: a stable code and words.
pub(super) type DecodeError = (&'static str, &'static str);

pub(super) fn id(text: &str) -> Result<CategoryId, DecodeError> {
    let words = "must be a positive integer";
    let id = number(text, words)?;
    let id = Some(id).filter(|id| *id > 0).map(CategoryId);
    id.ok_or(("out_of_range", words))
}

/// Parses an integer: `wrong_type` for other text, `out_of_range` for an integer that does not
/// fit.
fn number<N: FromStr>(text: &str, words: &'static str) -> Result<N, DecodeError> {
    parse_integer(text).map_err(|fault| (fault.words().0, words))
}

/// Trimmed; nothing to search for is no search.
pub(super) fn search(text: &str) -> Result<Option<String>, DecodeError> {
    let words = text.trim();
    if words.chars().count() > LONGEST_SEARCH {
        return Err(("too_long", "may have at most 200 characters"));
    }
    if words.contains('\0') {
        return Err(("characters", "may not contain U+0000"));
    }
    Ok(Some(words).filter(|q| !q.is_empty()).map(str::to_owned))
}

pub(super) fn minor_units(text: &str) -> Result<Money, DecodeError> {
    let words = "must be an integer from 0 to 2^53 − 1";
    let minor: i64 = number(text, words)?;
    let amount = Money::new(minor).ok().filter(|_| minor >= 0);
    amount.ok_or(("out_of_range", words))
}

pub(super) fn in_words(text: &str) -> Result<bool, DecodeError> {
    parse_bool(text).ok_or(("wrong_type", "must be `true` or `false`"))
}

pub(super) fn order(text: &str) -> Result<Sort, DecodeError> {
    match text {
        "new" => Ok(Sort::New),
        "price" => Ok(Sort::Price),
        "-price" => Ok(Sort::PriceDescending),
        "hot" => Ok(Sort::Hot),
        "relevance" => Ok(Sort::Relevance),
        _ => Err((
            "unknown_value",
            "must be `new`, `price`, `-price`, `hot` or `relevance`",
        )),
    }
}

pub(super) fn page_size(text: &str) -> Result<u64, DecodeError> {
    let words = "must be an integer from 1 to 100";
    let size: u64 = number(text, words)?;
    PageSize::new(size)
        .map(PageSize::get)
        .map_err(|_| ("out_of_range", words))
}

pub(super) fn page_number(text: &str, size: u64) -> Result<u64, DecodeError> {
    let words = "must be an integer from 1";
    let number: u64 = number(text, words)?;
    if number < 1 {
        return Err(("out_of_range", words));
    }
    match number.checked_mul(size) {
        Some(rows) if rows <= DEEPEST => Ok(number),
        _ => Err((
            "out_of_range",
            "times `page_size` may be at most 10,000; use `cursor`",
        )),
    }
}

pub(super) fn cursor_text(text: &str) -> Result<String, DecodeError> {
    if text.len() > LONGEST_CURSOR {
        return Err(("bad_cursor", "does not belong to this list"));
    }
    Ok(text.to_owned())
}

pub(super) fn language(text: &str) -> Result<Language, DecodeError> {
    Language::parse(text).map_err(|_| ("invalid_value", "must be a language code such as `en`"))
}
