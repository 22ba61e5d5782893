//! Problem codes are API: what docs/API.md lists is what there is.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use stampede_gateway::error_codes;
use stampede_http::problem::Code;

const DOCUMENT: &str = include_str!("../../../../docs/API.md");

#[test]
fn every_code_is_documented_with_its_status() {
    let listed: HashSet<(&str, u16)> = DOCUMENT
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let code = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((code, cells.next()?.parse().ok()?))
        })
        .collect();
    let known: HashSet<(&str, u16)> = error_codes()
        .map(|code| (code.name(), code.status()))
        .collect();

    assert_eq!(listed, known);
}

#[test]
fn no_two_crates_give_one_name_to_their_codes() {
    let mut names = HashSet::new();
    for code in error_codes() {
        assert!(names.insert(code.name()), "{} is given twice", code.name());
    }
}

/// A table that nobody joined to the others would be a code that no document lists.
#[test]
fn the_codes_of_every_crate_are_known() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let known: HashSet<&str> = error_codes().map(Code::name).collect();
    let mut tables = 0;
    for entry in std::fs::read_dir(crates).unwrap() {
        let table = entry.unwrap().path().join("src/codes.rs");
        let Ok(text) = std::fs::read_to_string(&table) else {
            continue;
        };
        let rows = text.lines().filter(|line| line.trim_end().ends_with("\";"));
        let names: Vec<&str> = rows.filter_map(|row| row.split('"').nth(1)).collect();
        for name in &names {
            assert!(known.contains(name), "{name} of {}", table.display());
        }
        tables += usize::from(!names.is_empty());
    }
    assert!(tables > 5, "the tables are read");
}

/// Where a fault of a field is made, and which argument is its code.
const MAKERS: [(&str, usize); 7] = [
    ("fault_of(", 1),
    ("Problem::field(", 1),
    ("FieldError::new(", 1),
    ("wrong(", 1),
    ("read.fault(", 1),
    ("refuse(", 0),
    (" fault(", 0),
];

/// The text of a source file without its tests and comments.
fn code_of(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let code = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The arguments of a call whose parenthesis was opened just before `text`.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let (mut begin, mut found) = (0, Vec::new());
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                found.push(text[begin..at].trim());
                break;
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// `text` if it is a literal that could be a code.
fn literal(text: &str) -> Option<&str> {
    let word = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    (!word.is_empty() && word.bytes().all(plain)).then_some(word)
}

/// The codes of fields that the sources of all crates use.
fn used() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(crates).unwrap() {
        let source = entry.unwrap().path().join("src");
        if source.is_dir() {
            sources(&source, &mut files);
        }
    }
    let mut codes = BTreeSet::new();
    let mut note = |text: &str| codes.extend(literal(text.trim()).map(str::to_owned));
    for code in files.iter().map(|file| code_of(file)) {
        for (maker, place) in MAKERS {
            for (at, _) in code.match_indices(maker) {
                let arguments = arguments(&code[at + maker.len()..]);
                arguments.get(place).into_iter().for_each(|code| note(code));
            }
        }
        // A pair of code and words, and a code that depends on something.
        for pair in ["Err((", "ok_or((", "=> (", "map_err(|_| ("] {
            for (at, _) in code.match_indices(pair) {
                let rest = &code[at + pair.len()..];
                if let [code, words] = arguments(rest)[..]
                    && (words.contains(' ') || words == "words")
                {
                    note(code);
                }
            }
        }
        for (at, _) in code.match_indices("let code = ") {
            let chosen = code[at..].split(';').next().unwrap_or_default();
            chosen.split(['{', '}']).for_each(&mut note);
        }
        for (at, _) in code.match_indices("code: \"") {
            let rest = &code[at + "code: ".len()..];
            note(rest.split([',', '\n']).next().unwrap_or_default());
        }
    }
    codes
}

#[test]
fn every_code_of_a_field_is_documented_and_every_documented_one_is_used() {
    let table = DOCUMENT.split("## Codes of fields").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let listed: BTreeSet<String> = rows
        .flat_map(|row| row.split('|').nth(1).unwrap().split(','))
        .map(|code| code.trim().trim_matches('`').to_owned())
        .collect();

    let used = used();
    // A refused order names its lines with the code of the whole refusal.
    let is_whole = |code: &String| error_codes().any(|known| known.name() == code);
    let listed: BTreeSet<String> = listed
        .into_iter()
        .filter(|code| used.contains(code) || !is_whole(code))
        .collect();

    assert!(used.len() > 30, "the sources are read: {used:?}");
    assert_eq!(used, listed);
}
