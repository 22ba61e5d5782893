//! How a cell spells text, a path and options.

use std::collections::BTreeMap;

/// What makes a spreadsheet run a cell (OWASP, CSV Injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text with a `'` in front where it would be run.
pub(super) fn guarded(text: &str) -> String {
    if would_run(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text without the `'` that [`guarded`] puts.
pub(super) fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if would_run(text) => text,
        _ => cell,
    }
}

/// A text that merely looks guarded counts too, so that it comes back as it was.
fn would_run(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// Names from the root down, ` > ` between them.
pub(super) fn path<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let escaped: Vec<_> = names
        .into_iter()
        .map(|name| name.trim().replace('\\', r"\\").replace('>', r"\>"))
        .collect();
    escaped.join(" > ")
}

/// The names of a path.
pub(super) fn names(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        let literal = match letter {
            '>' => None,
            '\\' => letters.next(),
            letter => Some(letter),
        };
        match (literal, names.last_mut()) {
            (Some(letter), Some(name)) => name.push(letter),
            _ => names.push(String::new()),
        }
    }
    names.iter().map(|name| name.trim().to_owned()).collect()
}

/// `Colour: Black; Size: M` where that is unambiguous, else JSON.
pub(super) fn options(options: &BTreeMap<String, String>) -> String {
    let pairs: Vec<_> = options
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let pairs = pairs.join("; ");
    if read_options(&pairs).as_ref() == Ok(options) {
        return pairs;
    }
    serde_json::to_string(options).unwrap_or_default()
}

/// The options that a cell spells.
pub(super) fn read_options(cell: &str) -> Result<BTreeMap<String, String>, String> {
    if cell.trim_start().starts_with('{') {
        return serde_json::from_str(cell)
            .map_err(|_| "options: not a JSON object of texts".to_owned());
    }
    let mut options = BTreeMap::new();
    for pair in cell.split(';').filter(|pair| !pair.trim().is_empty()) {
        let (name, value) = pair
            .split_once(':')
            .ok_or_else(|| format!("options: `{}` is not `name: value`", pair.trim()))?;
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if options.insert(name, value).is_some() {
            return Err(format!("options: `{}` is there twice", pair.trim()));
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_with_a_formula_and_every_text_comes_back() {
        for text in [
            "=1+1", "-5", "@x", "'=1", "''+", "\tx", "'tis", "tea", "", "＝1",
        ] {
            let cell = guarded(text);

            assert!(!cell.starts_with(FORMULA), "{cell}");
            assert_eq!(bare(&cell), text);
        }
    }

    #[test]
    fn a_path_may_hold_its_own_separator() {
        assert_eq!(names("Tea > Green"), ["Tea", "Green"]);
        assert_eq!(names(&path(["a > b", r"c\", "d"])), ["a > b", r"c\", "d"]);
        assert_eq!(names(""), [""]);
    }

    #[test]
    fn options_are_pairs_or_json() {
        let of = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let plain = of(&[("Colour", "Black"), ("Size", "M")]);
        let odd = of(&[("Ratio", "16:9; wide"), ("{", " x")]);

        assert_eq!(options(&plain), "Colour: Black; Size: M");
        for each in [plain, odd, of(&[])] {
            assert_eq!(read_options(&options(&each)), Ok(each));
        }
        assert!(read_options("Black").is_err());
        assert!(read_options("a: 1; a: 2").is_err());
        assert!(read_options("{1}").is_err());
    }
}
