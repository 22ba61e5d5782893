//! Cells: escaping of texts, category paths and options.

use std::collections::BTreeMap;

/// Characters that make a spreadsheet run a cell as a formula (OWASP, CSV Injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Words which, beside digits, make a spreadsheet read a text as a date, a time or a
/// number.
const VALUE_WORDS: [&str; 47] = [
    "e",
    "t",
    "z",
    "am",
    "pm",
    "a",
    "p",
    "utc",
    "gmt",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "年",
    "月",
    "日",
    "时",
    "時",
    "分",
    "秒",
];

/// Prefixes a `'` where a spreadsheet would run the text as a formula, or would read it
/// as a number, a date or a truth value and write it back in another spelling.
pub(super) fn guarded(text: &str) -> String {
    if needs_guard(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Removes the `'` that [`guarded`] adds.
pub(super) fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

/// Returns whether a text needs the `'`; a text that merely looks guarded does too, so
/// that it round-trips.
fn needs_guard(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(FORMULA) || looks_like_a_value(text)
}

/// Returns whether a spreadsheet may read the text as a number, a date, a time or a
/// truth value.
fn looks_like_a_value(text: &str) -> bool {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return true;
    }
    let mut words = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty());
    text.contains(char::is_numeric)
        && words.all(|word| VALUE_WORDS.contains(&word.to_lowercase().as_str()))
}

/// The separator of names in a path.
const SEPARATOR: char = '/';

/// A step of a category path: a name, and its index among siblings of this name, from
/// 1, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) nth: usize,
}

/// Formats a path: steps from the root down, separated by `/`. In a name `/`, `\` and
/// blanks at its ends are escaped by `\`; `\#2` after a name is the second sibling of
/// this name.
pub(super) fn path(steps: &[Step]) -> String {
    let spelled: Vec<_> = steps.iter().map(spell).collect();
    spelled.join("/")
}

fn spell(step: &Step) -> String {
    let inner = step.name.trim();
    let start = step.name.len() - step.name.trim_start().len();
    let end = start + inner.len();
    let mut spelled = String::with_capacity(step.name.len() + 2);
    for (place, letter) in step.name.char_indices() {
        if matches!(letter, SEPARATOR | '\\') || place < start || place >= end {
            spelled.push('\\');
        }
        spelled.push(letter);
    }
    if step.nth > 1 {
        spelled.push_str(r"\#");
        spelled.push_str(&step.nth.to_string());
    }
    spelled
}

/// Parses a path. Blanks around names are ignored unless they are escaped.
pub(super) fn steps(path: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut open = Open::default();
    let mut letters = path.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            SEPARATOR => steps.push(std::mem::take(&mut open).finish()?),
            '\\' => match letters.next() {
                Some('#') => open.nth = Some(String::new()),
                Some(letter) => open.literal(letter),
                None => open.literal('\\'),
            },
            letter => open.push(letter),
        }
    }
    steps.push(open.finish()?);
    Ok(steps)
}

/// A name that is being parsed.
#[derive(Default)]
struct Open {
    name: String,
    /// Length of the name up to its last significant character, in bytes.
    kept: usize,
    nth: Option<String>,
}

impl Open {
    fn push(&mut self, letter: char) {
        if let Some(nth) = &mut self.nth {
            nth.push(letter);
        } else if !letter.is_whitespace() {
            self.literal(letter);
        } else if !self.name.is_empty() {
            self.name.push(letter);
        }
    }

    /// Adds a significant character, even if it is a blank.
    fn literal(&mut self, letter: char) {
        self.name.push(letter);
        self.kept = self.name.len();
    }

    fn finish(mut self) -> Result<Step, String> {
        self.name.truncate(self.kept);
        let nth = match &self.nth {
            None => 1,
            Some(nth) => nth
                .trim()
                .parse()
                .ok()
                .filter(|nth| (1..=1_000).contains(nth))
                .ok_or_else(|| r"after `\#` comes a number from 1 to 1000".to_owned())?,
        };
        Ok(Step {
            name: self.name,
            nth,
        })
    }
}

/// Formats options: `Colour: Black; Size: M` where that is unambiguous, else JSON.
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

/// Parses the options of a cell.
pub(super) fn read_options(cell: &str) -> Result<BTreeMap<String, String>, String> {
    if cell.trim_start().starts_with('{') {
        return serde_json::from_str(cell).map_err(|_| "is not a JSON object of texts".to_owned());
    }
    let mut options = BTreeMap::new();
    for pair in cell.split(';').filter(|pair| !pair.trim().is_empty()) {
        let (name, value) = pair
            .split_once(':')
            .ok_or_else(|| "is neither `name: value; name: value` nor JSON".to_owned())?;
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if options.insert(name, value).is_some() {
            return Err("names an option twice".to_owned());
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_begins_with_a_formula_or_looks_like_a_value() {
        for text in [
            "=1+1",
            "-5",
            "@x",
            "'=1",
            "''+",
            "\tx",
            "＝1",
            "007",
            "1/2",
            "5 May",
            "May 2024",
            "TRUE",
            "false",
            "12:30 PM",
            "1e5",
            "$5",
            "50%",
            "2024-01-01T10:00",
            "'007",
            "1 000",
        ] {
            let cell = guarded(text);

            assert!(cell.starts_with('\'') && cell.len() > text.len(), "{cell}");
            assert_eq!(bare(&cell), text);
        }
        for text in ["'tis", "tea", "", "May", "5 x 3", "iPhone 13", "1st flush"] {
            assert_eq!((guarded(text).as_str(), bare(text)), (text, text));
        }
    }

    fn names(path: &str) -> Vec<(String, usize)> {
        let steps = steps(path).unwrap().into_iter();
        steps.map(|step| (step.name, step.nth)).collect()
    }

    fn one(name: &str) -> (String, usize) {
        (name.to_owned(), 1)
    }

    #[test]
    fn a_path_is_read_as_people_write_it() {
        assert_eq!(names("Tea/Green"), [one("Tea"), one("Green")]);
        assert_eq!(names(" Tea / Green tea "), [one("Tea"), one("Green tea")]);
        assert_eq!(names(r"TV \/ Hi-Fi"), [one("TV / Hi-Fi")]);
        assert_eq!(names(r"\/"), [one("/")]);
        assert_eq!(names(r"Tea\#2/x"), [("Tea".to_owned(), 2), one("x")]);
        assert_eq!(names(""), [one("")]);
        assert!(steps(r"Tea\#").is_err() && steps(r"Tea\#0").is_err());
        assert!(steps(r"Tea\#99999999999999999999").is_err());
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

        assert_eq!(options(&plain), "Colour: Black; Size: M");
        assert!(read_options("Black").is_err());
        assert!(read_options("a: 1; a: 2").is_err());
        assert!(read_options("{1}").is_err());
    }

    proptest! {
        #[test]
        fn every_text_comes_back_from_its_guard(text in "['=+\\-@ 0-9a-e.:/\t\n茶TRUE]{0,12}") {
            let cell = guarded(&text);
            prop_assert_eq!(bare(&cell), &text);
        }

        #[test]
        fn every_path_comes_back(
            names in prop::collection::vec(("[/\\\\# \u{a0}>1-3ab茶]{1,8}", 1_usize..4), 1..4),
        ) {
            let steps_of: Vec<_> = names
                .into_iter()
                .map(|(name, nth)| Step { name, nth })
                .collect();
            prop_assert_eq!(steps(&path(&steps_of)), Ok(steps_of));
        }

        #[test]
        fn any_options_come_back(
            pairs in prop::collection::btree_map("[:;{}\" a-c]{1,6}", "[:;{}\" a-c]{1,6}", 0..4),
        ) {
            prop_assert_eq!(read_options(&options(&pairs)), Ok(pairs));
        }
    }
}
