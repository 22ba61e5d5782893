//! Which language an answer speaks.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use stampede_catalog::Search;
use stampede_kernel::Language;

use crate::problem::Problem;

/// The language of `?lang=`, else the first of `Accept-Language` that the shop
/// speaks, else the shop's.
#[derive(Debug, Clone, Copy)]
pub struct Lang(pub Language);

/// The language of a buyer: that of `?lang=`, else the first of `Accept-Language`
/// in which the shop has goods or letters, else the shop's. Lines of orders are
/// named in it, so that an order says what the page said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuyerLang(pub(crate) Language);

/// What the shop speaks.
#[derive(Debug, Clone)]
pub struct Languages {
    /// Texts are written in it.
    pub shop: Language,
    /// Texts may be translated into these; mails and pages exist in them.
    pub spoken: Vec<Language>,
}

impl Languages {
    /// English, Chinese, Japanese and the shop's own.
    pub fn of(shop: Language) -> Self {
        Self {
            shop,
            spoken: vec![shop, Language::EN, Language::ZH, Language::JA],
        }
    }

    fn choose(
        &self,
        asked: Option<&str>,
        accepted: Option<&str>,
        also: impl Fn(Language) -> bool,
    ) -> Language {
        let spoken = |language: &Language| self.spoken.contains(language) || also(*language);
        asked
            .and_then(|tag| Language::parse(tag).ok())
            .filter(spoken)
            .or_else(|| {
                by_weight(accepted.unwrap_or_default())
                    .into_iter()
                    .find(spoken)
            })
            .unwrap_or(self.shop)
    }
}

impl FromRequest for Lang {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(of_request(request, |_| false))))
    }
}

impl FromRequest for BuyerLang {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let goods = request.app_data::<web::Data<Search>>();
        let named = |language| goods.is_some_and(|goods| goods.speaks(language));
        ready(Ok(Self(of_request(request, named))))
    }
}

fn of_request(request: &HttpRequest, also: impl Fn(Language) -> bool) -> Language {
    let asked = form_urlencoded::parse(request.query_string().as_bytes())
        .find_map(|(name, value)| (name == "lang").then_some(value));
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let languages = request.app_data::<web::Data<Languages>>();
    languages.map_or(Language::EN, |languages| {
        languages.choose(asked.as_deref(), accepted, also)
    })
}

/// The languages of an `Accept-Language` value, best first; at most ten are looked at.
fn by_weight(header: &str) -> Vec<Language> {
    let mut weighed: Vec<(u16, Language)> = header.split(',').take(10).filter_map(weigh).collect();
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    weighed.into_iter().map(|(_, language)| language).collect()
}

/// `zh-CN;q=0.8` is Chinese with 800; a weight of 0 means "not this".
fn weigh(entry: &str) -> Option<(u16, Language)> {
    let mut parts = entry.trim().split(';');
    let language = Language::parse(parts.next()?.trim()).ok()?;
    let weight = parts
        .find_map(|part| part.trim().strip_prefix("q="))
        .map_or(Some(1_000), thousandths)?;
    Some((weight, language)).filter(|(weight, _)| *weight > 0)
}

/// `0.8` is 800; `None` for what is not a weight.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let digits: u16 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some((whole * 1_000 + digits).min(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_beats_the_header_and_the_header_the_shop() {
        let languages = Languages::of(Language::EN);

        let choose = |asked, accepted| languages.choose(asked, accepted, |_| false);

        assert_eq!(choose(Some("ja"), Some("zh")), Language::JA);
        assert_eq!(choose(Some("xx"), Some("zh")), Language::ZH);
        assert_eq!(
            choose(None, Some("fr, ja;q=0.5, zh-CN;q=0.8")),
            Language::ZH
        );
        assert_eq!(choose(None, Some("zh;q=0, *;q=0.1")), Language::EN);
        assert_eq!(choose(None, Some(";;;,q=é")), Language::EN);
    }

    #[test]
    fn a_buyer_hears_a_language_that_only_goods_are_named_in() {
        let languages = Languages::of(Language::EN);
        let french = Language::parse("fr").unwrap();
        let choose = |accepted| languages.choose(None, Some(accepted), |one| one == french);

        assert_eq!(choose("de, fr-CA;q=0.9, ja;q=0.8"), french);
        assert_eq!(choose("de, ja;q=0.8, fr;q=0.7"), Language::JA);
    }
}
