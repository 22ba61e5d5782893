//! The `Accept-Language` header.

use actix_web::http::header::{self, HeaderMap};
use stampede_kernel::Language;

/// Most ranges of a header that are read.
pub const RANGES: usize = 16;

/// The header, if there is one.
pub fn accept_language(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
}

/// The languages of an `Accept-Language` header by weight, each once. Ranges that are no
/// language or have weight 0 are skipped.
pub fn by_weight(accept: &str) -> Vec<Language> {
    let mut weighed: Vec<(u16, Language)> = Vec::new();
    for (weight, language) in accept.split(',').take(RANGES).filter_map(weigh) {
        if weighed.iter().all(|(_, known)| *known != language) {
            weighed.push((weight, language));
        }
    }
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    weighed.into_iter().map(|(_, language)| language).collect()
}

/// A range and its weight in thousandths: `zh-CN;q=0.8` is Chinese with 800; weight 0 means
/// "not this".
fn weigh(range: &str) -> Option<(u16, Language)> {
    let mut parts = range.split(';').map(str::trim);
    let language = Language::parse(parts.next()?).ok()?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    let weight = weight.map_or(Some(1_000), thousandths)?;
    (weight > 0).then_some((weight, language))
}

/// `0.8` is 800; `None` for what is not a weight.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let fraction: u16 = format!("{fraction:0<3.3}").parse().ok()?;
    Some((whole * 1_000 + fraction).min(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_decide_and_nonsense_is_passed_over() {
        assert_eq!(
            by_weight("ja;q=0.5, zh;Q=0.75, *, fr;q=0, x;q=7, de;q=high, zh"),
            [Language::ZH, Language::JA]
        );
        assert_eq!(by_weight(""), []);
        assert_eq!(by_weight(&"a1,".repeat(10_000)), []);
    }
}
