//! Stemming of English plurals.

/// Plurals no rule leads back from, and words that only look like plurals.
const IRREGULAR: [(&str, &str); 11] = [
    ("children", "child"),
    ("feet", "foot"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("men", "man"),
    ("mice", "mouse"),
    ("shelves", "shelf"),
    ("women", "woman"),
    ("womens", "woman"),
];

/// Turns the English plural at the end of `buffer` into its singular (after
/// Harman's S stemmer): nothing else is worth the wrong matches it brings.
pub(super) fn stem(buffer: &mut String, from: usize) {
    let word = &buffer[from..];
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        buffer.truncate(from);
        buffer.push_str(singular);
        return;
    }
    if word.len() < 4 || !word.is_ascii() {
        return;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let cut = if ends(&["ies"]) && !ends(&["eies", "aies"]) && word.len() > 4 {
        buffer.truncate(buffer.len() - 3);
        buffer.push('y');
        return;
    } else if ends(&["ches", "shes", "sses", "xes", "zes"]) {
        2
    } else {
        usize::from(ends(&["s"]) && !ends(&["us", "ss", "is"]))
    };
    buffer.truncate(buffer.len() - cut);
}
