//! Names in greetings.

/// Returns the name if it is safe in a greeting, else an empty string: a mail to an
/// unverified address must not carry a stranger's link, and mail programs turn much
/// into links.
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
