//! Which scripts a page needs, read from the `routes.js` of shop and console.
//!
//! As with imports, this is no parser: a page whose route it does not understand is loaded a little
//! later.

use std::collections::{BTreeMap, HashMap};

/// What the route of a page names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Route {
    /// The module of the page, relative to `routes.js`.
    pub(crate) module: Option<String>,
    /// The areas of its texts.
    pub(crate) texts: Vec<String>,
}

/// The routes by the pattern of their address. Each is an object with `path`, `load` – an arrow
/// function that imports the page, or the name of one – and perhaps `texts`.
pub(crate) fn routes(source: &str) -> BTreeMap<String, Route> {
    let loaders = loaders(source);
    let mut found = BTreeMap::new();
    for object in source.split("path:").skip(1) {
        let Some((path, rest)) = quoted(object) else {
            continue;
        };
        let load = rest.split_once("load:");
        let load = load.map_or("", |(_, load)| load.trim_start());
        let end = load.find(|sign: char| !sign.is_alphanumeric() && sign != '_');
        let module = match loaders.get(&load[..end.unwrap_or(load.len())]) {
            Some(module) => Some(*module),
            None => imported(load),
        };
        let route = Route {
            module: module.map(str::to_owned),
            texts: text_areas(rest),
        };
        found.insert(pattern(path), route);
    }
    found
}

/// The areas after the first `texts:`, a list of strings.
pub(crate) fn text_areas(source: &str) -> Vec<String> {
    let list = source.split_once("texts:");
    let list = list.and_then(|(_, list)| list.trim_start().strip_prefix('['));
    let Some((mut rest, _)) = list.and_then(|list| list.split_once(']')) else {
        return Vec::new();
    };
    let mut areas = Vec::new();
    while let Some((area, after)) = quoted(rest) {
        areas.push(area.to_owned());
        rest = after;
    }
    areas
}

/// The file of an area: that of `adminSales` is `admin-sales.js`.
pub(crate) fn text_file(language: &str, area: &str) -> String {
    let mut file = format!("texts/{language}/");
    for letter in area.chars() {
        if letter.is_ascii_uppercase() {
            file.push('-');
        }
        file.push(letter.to_ascii_lowercase());
    }
    file + ".js"
}

/// `/p/:id` and `/p/{id}` are the same address: `/p/:`.
pub(crate) fn pattern(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    for part in &mut parts {
        if part.starts_with([':', '{']) {
            *part = ":";
        }
    }
    parts.join("/")
}

/// Functions that load a page, by name: `const list = () => import('./list.js')`.
fn loaders(source: &str) -> HashMap<&str, &str> {
    let lines = source.lines().filter_map(|line| {
        let (name, function) = line.trim_start().strip_prefix("const ")?.split_once('=')?;
        Some((name.trim(), imported(function)?))
    });
    lines.collect()
}

/// The module of the `import()` that comes next, if nothing else does.
fn imported(source: &str) -> Option<&str> {
    let (before, rest) = source.split_once("import(")?;
    let arrow = before.trim().strip_prefix("()")?.trim();
    let (module, _) = quoted(rest).filter(|_| arrow == "=>")?;
    Some(module)
}

/// The first quoted string, and what follows it.
fn quoted(source: &str) -> Option<(&str, &str)> {
    let start = source.find(['\'', '"'])?;
    let quote = source[start..].chars().next()?;
    source[start + 1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_joined_with_their_modules_and_texts() {
        let source = r#"
            import { signedIn } from './guards.js';
            const list = () => import('./list.js');
            export const routes = [
              { path: '/', at: 'home', load: () => import('./home.js') },
              { path: '/c', texts: ['list', 'sale'], load: list },
              { path: '/search', texts: [], load: list },
              { path: "/order/:number", load: () => import("./orders/one.js"), guard: signedIn },
              { path: '/odd', load: choose },
            ];
            export const notFound = () => import('./not-found.js');"#;

        let routes = routes(source);

        let module = |path: &str| routes[&pattern(path)].module.as_deref();
        assert_eq!(module("/"), Some("./home.js"));
        assert_eq!(module("/c"), Some("./list.js"));
        assert_eq!(module("/search"), Some("./list.js"));
        assert_eq!(module("/order/{uuid}"), Some("./orders/one.js"));
        assert_eq!(module("/odd"), None);
        assert_eq!(routes["/c"].texts, ["list", "sale"]);
        assert_eq!(routes["/search"].texts, [""; 0]);
        assert_eq!(text_file("zh", "adminSales"), "texts/zh/admin-sales.js");
    }

    #[test]
    fn what_is_no_list_of_routes_has_none() {
        for source in ["", "path:", "path: '", "{ path: x }", "texts: 'a'"] {
            assert!(routes(source).is_empty(), "{source}");
            assert!(text_areas(source).is_empty(), "{source}");
        }
    }
}
