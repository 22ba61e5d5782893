//! Normalisation of e-mail addresses.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use unicode_normalization::UnicodeNormalization;

/// RFC 5321: a path of 256 octets less its brackets.
const MAX_BYTES: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL_BYTES: usize = 64;

/// Returns the canonical spelling of an address: NFKC, lower case, the domain in its
/// ASCII form (IDNA, UTS 46). `KIM@Bücher.example` and `kim@xn--bcher-kva.example` are
/// one mailbox. Canonical spellings stay unchanged.
///
/// Returns `None` for anything that is not one mailbox of the public mail system:
/// lists, names, quotes, comments, numbers or literals for a domain, a domain of one
/// label, misplaced dots, control characters. Letters beyond ASCII before the @ are
/// refused too: mail to them needs SMTPUTF8 at every hop, and a relay without it would
/// lose the mail silently.
pub(super) fn canonical(text: &str) -> Option<String> {
    // What is longer may be one address in another spelling, but nobody's.
    if text.len() > 4 * MAX_BYTES {
        return None;
    }
    let composed: String = text.nfkc().collect();
    let (local, domain) = composed.rsplit_once('@')?;
    let local = local.to_ascii_lowercase();
    if !is_local_part(&local) {
        return None;
    }
    let domain = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;
    let canonical = format!("{local}@{domain}");
    (is_domain(&domain) && canonical.len() <= MAX_BYTES).then_some(canonical)
}

/// A dot-atom of RFC 5322.
fn is_local_part(local: &str) -> bool {
    let atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(atext);
    local.len() <= MAX_LOCAL_BYTES && local.split('.').all(atom)
}

/// Checks for at least two labels, the last of which is not a number: `123.45.67.89` is
/// a host.
fn is_domain(domain: &str) -> bool {
    let Some((_, last)) = domain.rsplit_once('.') else {
        return false;
    };
    !last.is_empty() && !last.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn anything_but_one_mailbox_is_refused() {
        let long = format!("{}@example.com", "x".repeat(255));
        let long_local = format!("{}@example.com", "x".repeat(65));
        let long_label = format!("a@{}.example", "x".repeat(64));
        for text in [
            "",
            "alice",
            "@example.com",
            "a@",
            "a@b@example.com",
            "a@example.com,b@example.com",
            "a@localhost",
            "a@example.com\r\nBcc: b@example.com",
            "Alice <a@example.com>",
            "\"a b\"@example.com",
            "a@[127.0.0.1]",
            "a@123.45.67.89",
            "a@[IPv6:::1]",
            "a@0x7f.1",
            "a b@example.com",
            " a@example.com",
            "a@example.com ",
            "a@example.com\0",
            "a..b@example.com",
            ".a@example.com",
            "a.@example.com",
            "a@example..com",
            "a@.example.com",
            "a@example.com.",
            "a@-example.com",
            "a@exa_mple.com",
            "a@xn--\u{fc}.example",
            "用户@example.com",
            "a\u{200B}@example.com",
            &long,
            &long_local,
            &long_label,
        ] {
            assert_eq!(canonical(text), None, "{text:?}");
        }
    }

    #[test]
    fn one_mailbox_is_one_however_it_is_spelled() {
        for (spelling, mailbox) in [
            (
                "Alice.O'Neill+shop@Example.COM",
                "alice.o'neill+shop@example.com",
            ),
            ("kim@b\u{fc}cher.example", "kim@xn--bcher-kva.example"),
            ("kim@bu\u{308}cher.example", "kim@xn--bcher-kva.example"),
            ("KIM@B\u{dc}CHER.EXAMPLE", "kim@xn--bcher-kva.example"),
            ("kim@XN--BCHER-KVA.example", "kim@xn--bcher-kva.example"),
            ("kim@stra\u{df}e.example", "kim@xn--strae-oqa.example"),
            ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
            ("kim@例え。テスト", "kim@xn--r8jz45g.xn--zckzah"),
            ("kim@مثال.إختبار", "kim@xn--mgbh0fb.xn--kgbechtv"),
            ("a@x.museum", "a@x.museum"),
            ("1@2.3com", "1@2.3com"),
        ] {
            assert_eq!(canonical(spelling).as_deref(), Some(mailbox), "{spelling}");
        }
    }

    proptest! {
        #[test]
        fn the_canonical_spelling_is_its_own(
            text in "\\PC{0,30}|[a-zA-ZüÜ.]{1,12}@[a-zA-ZüÜßİKﬁ例。.0-9-]{1,20}|.{0,300}"
        ) {
            if let Some(mailbox) = canonical(&text) {
                prop_assert!(mailbox.is_ascii());
                prop_assert_eq!(canonical(&mailbox), Some(mailbox.clone()));
            }
        }
    }
}
