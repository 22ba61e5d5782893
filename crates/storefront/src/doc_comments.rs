//! Modules are sent without their doc comments: types for the checker and words for their reader,
//! and a quarter of a first page's script. The sources keep them.

/// `source` without the `/** … */` that begin a line. A comment in the middle of a line stays,
/// and so does what stands behind one.
pub(crate) fn strip(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(line) = rest.split_inclusive('\n').next() {
        if line.trim_start().starts_with("/**")
            && let Some(end) = rest.find("*/")
        {
            let behind = &rest[end + 2..];
            rest = behind.strip_prefix(['\r', '\n']).unwrap_or(behind);
        } else {
            kept.push_str(line);
            rest = &rest[line.len()..];
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn doc_comments_go_and_everything_else_stays() {
        let source = "/** A file. */\nimport x from './x.js';\n\n/**\n * Adds.\n * @param {number} a\n */\n\
                      export const f = (a) => /** @type {any} */ (a); // kept\n  /** @type {X} */ y = 1;\n";

        let kept = strip(source);

        assert_eq!(
            kept,
            "import x from './x.js';\n\nexport const f = (a) => /** @type {any} */ (a); // kept\n y = 1;\n"
        );
    }

    #[test]
    fn a_comment_without_an_end_and_an_empty_file_stay_as_they_are() {
        for source in ["", "/** no end", "const a = 1;\n/** no end\n"] {
            assert_eq!(strip(source), source);
        }
    }
}
