//! The words of the first markup: those that the browser uses, read from the same files.
//!
//! A file of texts is an object of strings, and of objects of strings for plural forms. This reads no more
//! of JavaScript than that.

use serde_json::{Map, Value};

/// The texts of a module `export default { name: 'words', … };`; `None` when it has anything else.
pub(crate) fn parse(module: &str) -> Option<Value> {
    let (_, object) = module.split_once("export default")?;
    let mut reader = Reader { rest: object };
    reader.skip();
    reader.object().map(Value::Object)
}

struct Reader<'s> {
    rest: &'s str,
}

impl Reader<'_> {
    fn object(&mut self) -> Option<Map<String, Value>> {
        self.take('{')?;
        let mut members = Map::new();
        loop {
            if self.take('}').is_some() {
                return Some(members);
            }
            let name = self.name()?;
            self.take(':')?;
            let value = if self.rest.starts_with('{') {
                Value::Object(self.object()?)
            } else {
                Value::String(self.string()?)
            };
            members.insert(name, value);
            if self.take(',').is_none() && !self.rest.starts_with('}') {
                return None;
            }
        }
    }

    /// A name, quoted or not.
    fn name(&mut self) -> Option<String> {
        if self.rest.starts_with(['\'', '"']) {
            return self.string();
        }
        let end = self
            .rest
            .find(|sign: char| !sign.is_alphanumeric() && !"_$".contains(sign))?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.skip();
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn string(&mut self) -> Option<String> {
        let mut signs = self.rest.chars();
        let quote = signs.next().filter(|sign| "'\"".contains(*sign))?;
        let mut text = String::new();
        loop {
            match signs.next()? {
                sign if sign == quote => break,
                '\\' => text.push(match signs.next()? {
                    'n' => '\n',
                    plain @ ('\'' | '"' | '\\') => plain,
                    _ => return None,
                }),
                sign => text.push(sign),
            }
        }
        self.rest = signs.as_str();
        self.skip();
        Some(text)
    }

    fn take(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        self.skip();
        Some(())
    }

    /// Goes over white space and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = if self.rest.starts_with("//") {
                self.rest.find('\n')
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|end| end + 2)
            } else {
                return;
            };
            self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_and_their_forms_are_read() {
        let module = r#"
            /** Words. */
            export default {
              // shell
              skip: 'Skip', 'to-go': "It's \"open\"", // so
              things: { one: '{n} thing', other: '{n} things' }, it: 'It\'s here',
            };"#;

        assert_eq!(
            parse(module),
            Some(json!({
                "skip": "Skip",
                "to-go": "It's \"open\"",
                "things": {"one": "{n} thing", "other": "{n} things"},
                "it": "It's here",
            }))
        );
    }

    #[test]
    fn anything_else_is_refused_and_never_read_for_ever() {
        for module in [
            "",
            "export default",
            "export default {",
            "export default { a",
            "export default { a: b }",
            "export default { a: `b` }",
            "export default { ...other }",
            "export default { a: 'b' c: 'd' }",
            "export default { a: '\\u0041' }",
            "export default { a: 'b' /*",
        ] {
            assert_eq!(parse(module), None, "{module}");
        }
    }
}
