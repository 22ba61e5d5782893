//! Countries: the two-letter codes of ISO 3166-1.

use serde::{Deserialize, Serialize};

/// Every code that ISO 3166-1 assigns, and `XK`, which it leaves to its users and which
/// posts and banks use for Kosovo.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
    BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ \
    DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU \
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH \
    TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// A country by its two-letter code, upper case: `DE`, `JP`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// The text is not the code of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the two-letter code of a country (ISO 3166-1), such as DE")]
pub struct UnknownCountry;

impl Country {
    /// The United States of America, where a shop is that is not configured.
    pub const US: Self = Self(*b"US");

    /// The country of a code in either case.
    ///
    /// # Errors
    ///
    /// [`UnknownCountry`] for what is no code of ISO 3166-1.
    pub fn parse(code: &str) -> Result<Self, UnknownCountry> {
        let code = code.to_ascii_uppercase();
        CODES
            .split_ascii_whitespace()
            .find(|known| *known == code)
            .and_then(|known| known.as_bytes().try_into().ok())
            .map(Self)
            .ok_or(UnknownCountry)
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("US")
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_country_is_refused() {
        for code in ["", "D", "DEU", "UK", "EN", "ZZ", "1A", "D E", "ＤＥ"] {
            assert_eq!(Country::parse(code), Err(UnknownCountry), "{code}");
        }
    }

    #[test]
    fn a_code_is_read_in_either_case_and_written_in_capitals() {
        assert_eq!(Country::parse("us"), Ok(Country::US));
        let written = serde_json::to_value(Country::parse("de").unwrap()).unwrap();
        assert_eq!(written, "DE");
        assert_eq!(CODES.split_ascii_whitespace().count(), 250);
    }
}
