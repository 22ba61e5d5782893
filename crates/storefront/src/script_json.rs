//! JSON inside `<script>`: no text in it can end the element.

use std::io::Write;

use serde::Serialize;

/// JSON for a script element.
pub(crate) fn of(value: &impl Serialize) -> String {
    let text = serde_json::to_vec(value).unwrap_or_default();
    let mut escaped = Vec::with_capacity(text.len());
    write(&mut escaped, &text);
    String::from_utf8(escaped).unwrap_or_default()
}

/// Appends JSON with every `<` escaped: `</script>` and `<!--` are then text like any other, and
/// the value is the same. Outside of strings, JSON has no `<`.
pub(crate) fn write(out: &mut Vec<u8>, json: &[u8]) {
    let mut pieces = json.split(|byte| *byte == b'<');
    out.extend_from_slice(pieces.next().unwrap_or_default());
    for piece in pieces {
        // Writing to a vector does not fail.
        let _ = out.write_all(br"\u003c");
        out.extend_from_slice(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_and_every_text_stays_what_it_is() {
        let text = "</script><!-- <script> & \u{2028} \"";

        let json = of(&text);

        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
