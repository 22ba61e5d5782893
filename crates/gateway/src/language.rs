//! Language negotiation: `?lang=` and `Accept-Language`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use stampede_catalog::Search;
use stampede_http::accept_language::{accept_language, by_weight};
use stampede_http::problem::Problem;
use stampede_kernel::Language;

/// The language of a response: that of `?lang=`, else the best of `Accept-Language` that the
/// shop supports, else the shop's own.
#[derive(Debug, Clone, Copy)]
pub struct Lang(pub Language);

/// The language of an order: as [`Lang`], but any language that a product is translated into is
/// supported as well. Order lines are named in it, as the product was when the buyer saw it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuyerLang(pub(crate) Language);

/// The languages that the shop supports.
#[derive(Debug, Clone)]
pub struct Languages {
    /// The language of all texts that are no translations.
    pub shop: Language,
    /// Languages of mails and pages.
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
        asked: Option<Language>,
        accepted: Option<&str>,
        also: impl Fn(Language) -> bool,
    ) -> Language {
        let spoken = |language: &Language| self.spoken.contains(language) || also(*language);
        asked
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
        ready(of_request(request, |_| false).map(Self))
    }
}

impl FromRequest for BuyerLang {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let goods = request.app_data::<web::Data<Search>>();
        let named = |language| goods.is_some_and(|goods| goods.has_language(language));
        ready(of_request(request, named).map(Self))
    }
}

fn of_request(request: &HttpRequest, also: impl Fn(Language) -> bool) -> Result<Language, Problem> {
    let asked = asked(request.query_string())?;
    let languages = request.app_data::<web::Data<Languages>>();
    Ok(languages.map_or(Language::EN, |languages| {
        languages.choose(asked, accept_language(request.headers()), also)
    }))
}

/// The language of `?lang=`; `None` without a value.
///
/// # Errors
///
/// 422 for anything but a language code.
pub(crate) fn asked(query: &str) -> Result<Option<Language>, Problem> {
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    let lang = parameters.find(|(name, value)| name == "lang" && !value.is_empty());
    lang.map(|(_, tag)| {
        let words = "`lang` must be a language code such as `en`";
        Language::parse(&tag).map_err(|_| Problem::field("lang", "invalid_value", words))
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_beats_the_header_and_the_header_the_shop() {
        let languages = Languages::of(Language::EN);

        let choose = |asked, accepted| languages.choose(asked, Some(accepted), |_| false);

        assert_eq!(choose(Some(Language::JA), "zh"), Language::JA);
        assert_eq!(choose(Language::parse("fr").ok(), "zh"), Language::ZH);
        assert_eq!(choose(None, "fr, ja;q=0.5, zh-CN;q=0.8"), Language::ZH);
        assert_eq!(choose(None, "zh;q=0, *;q=0.1"), Language::EN);
        assert_eq!(choose(None, ";;;,q=é"), Language::EN);
    }

    #[test]
    fn a_buyer_hears_a_language_that_only_goods_are_named_in() {
        let languages = Languages::of(Language::EN);
        let french = Language::parse("fr").unwrap();
        let choose = |accepted| languages.choose(None, Some(accepted), |one| one == french);

        assert_eq!(choose("de, fr-CA;q=0.9, ja;q=0.8"), french);
        assert_eq!(choose("de, ja;q=0.8, fr;q=0.7"), Language::JA);
    }

    #[test]
    fn a_language_that_is_none_is_refused_and_one_without_a_value_is_absent() {
        assert_eq!(asked("a=b&lang=zh-Hant").unwrap(), Some(Language::ZH));
        assert_eq!(asked("lang=").unwrap(), None);
        assert_eq!(asked("lang=klingon").unwrap_err().errors()[0].field, "lang");
    }
}
