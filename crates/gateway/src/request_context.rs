//! The context of a request to a public resource, and the responses it can make.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use stampede_api::{Audience, LanguagePreferences, Localizer, Render, ShopLocale};
use stampede_catalog::Viewer;
use stampede_http::accept_language::accept_language;
use stampede_http::middleware;
use stampede_http::problem::Problem;
use stampede_http::response;
use stampede_kernel::Language;
use stampede_kernel::codes::INTERNAL;
use stampede_user::Role;

use crate::auth;
use crate::cache::{ResponseCache, Subject};
use crate::language::asked;

/// The languages and the role of the client. An invalid token counts as none, for the resources
/// are public.
#[derive(Clone)]
pub(crate) struct RequestContext {
    request: HttpRequest,
    audience: Audience,
}

impl FromRequest for RequestContext {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl RequestContext {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let shop = request.app_data::<web::Data<ShopLocale>>();
        let shop = shop.ok_or_else(|| Problem::new(INTERNAL))?;
        let accept = accept_language(request.headers());
        let lang = asked(request.query_string())?;
        let languages = LanguagePreferences::of(lang, accept, shop.language);
        let audience = Audience::new(Arc::clone(shop), languages, viewer(request));
        Ok(Self {
            request: request.clone(),
            audience,
        })
    }

    /// The role of the client: it decides what a response shows.
    pub(crate) fn viewer(&self) -> Viewer {
        self.audience.viewer()
    }

    /// Whether the body is sent, which counts as a view: not for HEAD.
    pub(crate) fn wants_body(&self) -> bool {
        middleware::wants_body(&self.request)
    }

    /// The language to search in.
    pub(crate) fn language(&self) -> Language {
        self.audience.language()
    }

    /// The localizer of this client.
    pub(crate) fn localizer(&self) -> Localizer<'_> {
        self.audience.localizer()
    }

    /// A response about `subject`, from the cache or else from `load`, which gets the language
    /// to search in.
    ///
    /// Responses to admins are neither cached nor taken from the cache.
    pub(crate) async fn cached<T: Render, E>(
        &self,
        cache: &ResponseCache,
        subject: Subject,
        load: impl AsyncFn(Language) -> Result<T, E>,
    ) -> Result<HttpResponse, Problem>
    where
        Problem: From<E>,
    {
        match self.viewer() {
            Viewer::Admin => Ok(self.private(&load(self.language()).await?)),
            Viewer::Customer => {
                let page = cache.rendered(&self.audience, subject, load).await?;
                Ok(if self.request.method().is_safe() {
                    page.answer(self.request.headers())
                } else {
                    page.whole(self.request.headers())
                })
            }
        }
    }

    /// A public response that is rendered anew each time, with an `ETag`; clients may keep it for
    /// a second.
    pub(crate) fn uncached<T: Render>(&self, thing: &T) -> Result<HttpResponse, Problem> {
        match self.viewer() {
            Viewer::Admin => Ok(self.private(thing)),
            Viewer::Customer => {
                let page = self.audience.render(thing)?;
                Ok(page.answer(self.request.headers()))
            }
        }
    }

    /// 200 with an object rendered for this client alone.
    pub(crate) fn private<T: Render>(&self, thing: &T) -> HttpResponse {
        let (body, language) = thing.render(&self.localizer());
        with_content_language(language, response::ok_private(&body))
    }

    /// 200 with a body for this client alone.
    pub(crate) fn private_json(&self, body: &impl Serialize) -> HttpResponse {
        with_content_language(self.language(), response::ok_private(body))
    }

    /// 201 with a new object at `path` below `/api/v1`.
    pub(crate) fn created<T: Render>(&self, path: &str, thing: &T) -> HttpResponse {
        let (body, language) = thing.render(&self.localizer());
        with_content_language(language, response::created(path, &body))
    }

    /// 201 with the body of a new object at `path` below `/api/v1`.
    pub(crate) fn created_json(&self, path: &str, body: &impl Serialize) -> HttpResponse {
        with_content_language(self.language(), response::created(path, body))
    }
}

/// Adds `Content-Language`.
fn with_content_language(language: Language, mut answer: HttpResponse) -> HttpResponse {
    if let Ok(language) = HeaderValue::from_str(language.as_str()) {
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    answer
}

fn viewer(request: &HttpRequest) -> Viewer {
    if !request.headers().contains_key(header::AUTHORIZATION) {
        return Viewer::Customer;
    }
    match auth::caller(request) {
        Ok(caller) if caller.role == Role::Admin => Viewer::Admin,
        _ => Viewer::Customer,
    }
}
