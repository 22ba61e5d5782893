//! The separator of a table, named or guessed from its first line.

/// Possible separators; the earlier one wins a tie.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Returns the separator that a first line `sep=;` names.
pub(super) fn named_separator(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let line = line.strip_suffix(b"\"").unwrap_or(line);
    let (name, value) = line.split_at_checked(4)?;
    match value {
        [separator] if name.eq_ignore_ascii_case(b"sep=") => {
            SEPARATORS.contains(separator).then_some(*separator)
        }
        _ => None,
    }
}

/// Guesses the separator: the one that occurs most often outside quotation marks.
pub(super) fn likely_separator(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in head {
        quoted ^= *byte == b'"';
        if let Some(place) = SEPARATORS.iter().position(|one| one == byte)
            && !quoted
        {
            counts[place] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let place = counts.iter().position(|count| *count == most);
    SEPARATORS[place.unwrap_or_default()]
}
