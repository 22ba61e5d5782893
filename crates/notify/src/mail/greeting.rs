//! Whom a mail greets.

/// A name to greet with, or nothing: a mail to an address that nobody has proven
/// must not carry a stranger's link, and mail programs make links of much.
pub(super) fn greetable(nick_name: &str) -> &str {
    let suspicious = |c: char| c.is_control() || matches!(c, '.' | ':' | '/' | '\\' | '@');
    if nick_name.contains(suspicious) {
        ""
    } else {
        nick_name.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_become_a_link_is_not_greeted() {
        for name in ["win at evil.example", "http://x", "a@b", "two\nlines"] {
            assert_eq!(greetable(name), "");
        }
        assert_eq!(greetable(" 爱丽丝 <3 "), "爱丽丝 <3");
    }
}
