//! What modules import, read from their text: enough for `modulepreload` and the import map.
//!
//! This is no parser of JavaScript. What it takes for an import by mistake names no file, and is
//! dropped; what it misses is loaded a little later.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The specifiers of a module's static imports and re-exports.
pub(crate) fn static_imports(source: &str) -> Vec<&str> {
    let keywords = ["import", "export"];
    let mut found = Vec::new();
    for keyword in keywords {
        for (at, _) in source.match_indices(keyword) {
            let before = source[..at].chars().next_back();
            if before.is_none_or(|sign| !is_name(sign) && !"@.'\"".contains(sign)) {
                found.extend(specifier(&source[at + keyword.len()..], keyword));
            }
        }
    }
    found
}

/// The string after `from`, or after a bare `import`; `None` for every other use of the word.
fn specifier<'s>(rest: &'s str, keyword: &str) -> Option<&'s str> {
    let end = rest.find(|sign: char| !is_name(sign) && !" \t\r\n,{}*".contains(sign))?;
    let quote = rest[end..]
        .chars()
        .next()
        .filter(|sign| "'\"".contains(*sign))?;
    let clause = rest[..end].trim();
    let bare = clause.is_empty() && keyword == "import";
    if !bare && !clause.ends_with("from") {
        return None;
    }
    rest[end + 1..].split(quote).next()
}

fn is_name(sign: char) -> bool {
    sign.is_alphanumeric() || "_$".contains(sign)
}

/// The name of the file that `specifier` means in the module `from`; `None` for bare names and
/// what leads out of the tree.
pub(crate) fn resolve(from: &str, specifier: &str) -> Option<String> {
    let mut parts: Vec<&str> = match specifier {
        relative if relative.starts_with("./") || relative.starts_with("../") => {
            from.rsplit_once('/').map_or("", |(folder, _)| folder)
        }
        _ => return None,
    }
    .split('/')
    .filter(|part| !part.is_empty())
    .collect();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `importmap.json`: names of libraries with their files, in the form that browsers read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportMap {
    /// Specifier and file, relative to `static/`.
    imports: BTreeMap<String, String>,
}

impl ImportMap {
    /// The libraries with the names of their files.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, String)> {
        let imports = self.imports.iter();
        imports.filter_map(|(name, file)| Some((name.as_str(), resolve("", file)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_however_they_are_written() {
        let source = r#"
            import { a, b as c } from './a.js';
            import d, * as e from "../d.js"
            import './side-effect.js';
            import{options as n}from"preact";export{signal}from"@preact/signals-core";
            export * from './all.js';
            import {
              wide,
            } from './wide.js';
        "#;

        let mut found = static_imports(source);

        found.sort_unstable();
        assert_eq!(
            found,
            [
                "../d.js",
                "./a.js",
                "./all.js",
                "./side-effect.js",
                "./wide.js",
                "@preact/signals-core",
                "preact"
            ]
        );
    }

    #[test]
    fn what_is_loaded_later_or_is_no_import_is_not_found() {
        for source in [
            "const load = () => import('./later.js');",
            "/** @import { T } from './types.js' */",
            "new URL('..', import.meta.url)",
            "export const name = './x.js';",
            "export default 'from';",
            "export function from() {}",
            "important = './x.js'",
            "import",
        ] {
            assert_eq!(static_imports(source), [""; 0], "{source}");
        }
    }

    #[test]
    fn a_relative_name_stays_in_the_tree() {
        let resolved = |from, name| resolve(from, name);

        assert_eq!(
            resolved("shop/main.js", "../lib/api.js").unwrap(),
            "lib/api.js"
        );
        assert_eq!(
            resolved("shop/main.js", "./home.js").unwrap(),
            "shop/home.js"
        );
        assert_eq!(resolved("", "./vendor/htm.js").unwrap(), "vendor/htm.js");
        assert_eq!(resolved("shop/main.js", "../../secret.js"), None);
        assert_eq!(resolved("shop/main.js", "preact"), None);
    }
}
