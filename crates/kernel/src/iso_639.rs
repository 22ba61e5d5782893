//! The codes of ISO 639-1.

use crate::Language;

/// Every code of ISO 639-1, without those that it has withdrawn. What is not
/// here is most often a country's code: `jp`, `cn`, `gr`, `cz`, `dk`, `ua`.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr \
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho \
    hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky \
    la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj \
    om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw \
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// Returns whether the code is in ISO 639-1. The shop can serve every such
    /// language: its script either separates words, or the search index uses n-grams
    /// for it.
    pub fn is_iso_639_1(self) -> bool {
        CODES
            .split_ascii_whitespace()
            .any(|code| code == self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_served(code: &str) -> bool {
        let language = Language::parse(code).expect("two letters");
        language.is_iso_639_1()
    }

    #[test]
    fn a_code_that_is_no_language_is_not_served() {
        for code in [
            "xx", "jp", "cn", "gr", "cz", "dk", "ua", "iw", "zz", "uk-UK",
        ] {
            assert_eq!(is_served(code), code == "uk-UK", "{code}");
        }
    }

    #[test]
    fn languages_of_every_script_are_served() {
        for code in [
            "en", "el", "ru", "th", "lo", "km", "my", "he", "ar", "fa", "hi", "ko", "bo",
        ] {
            assert!(is_served(code), "{code}");
        }
        assert_eq!(CODES.split_ascii_whitespace().count(), 183);
    }
}
