//! Who reads a page, and the page as they get it.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use stampede_catalog::Viewer;
use stampede_http::answer;
use stampede_http::middleware;
use stampede_http::problem::Problem;
use stampede_kernel::Language;
use stampede_kernel::codes::INTERNAL;
use stampede_user::Role;

use super::{Show, Wording};
use crate::auth;
use crate::cache::{Key, Page, Pages, Preference, Subject};
use crate::idiom::Idiom;
use crate::language::{accepted, asked};

/// A reader: their languages, and whether they are an admin. A token that is not
/// valid makes a customer, for these pages are public.
#[derive(Clone)]
pub(crate) struct Reader {
    request: HttpRequest,
    shop: Arc<Idiom>,
    preference: Preference,
    viewer: Viewer,
}

impl FromRequest for Reader {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl Reader {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let shop = request.app_data::<web::Data<Idiom>>();
        let shop = shop.ok_or_else(|| Problem::new(INTERNAL))?;
        let accept = accepted(request.headers());
        let lang = asked(request.query_string())?;
        Ok(Self {
            preference: Preference::of(lang, accept, shop.language),
            shop: Arc::clone(shop),
            viewer: viewer(request),
            request: request.clone(),
        })
    }

    /// What they may see.
    pub(crate) fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// Whether what is shown is looked at: not by HEAD.
    pub(crate) fn looks(&self) -> bool {
        middleware::is_looked_at(&self.request)
    }

    /// The language to search in.
    pub(crate) fn language(&self) -> Language {
        self.preference.first_or(self.shop.language)
    }

    /// How things are worded for them.
    pub(crate) fn wording(&self) -> Wording<'_> {
        Wording {
            shop: &self.shop,
            preference: self.preference,
            translations: self.viewer == Viewer::Admin,
        }
    }

    /// A public page about `subject`: from memory, else from `load`, which is told
    /// the language to search in. An admin's is made anew and shared with nobody.
    pub(crate) async fn page<T: Show, E>(
        &self,
        pages: &Pages,
        subject: Subject,
        load: impl AsyncFn(Language) -> Result<T, E>,
    ) -> Result<HttpResponse, Problem>
    where
        Problem: From<E>,
    {
        match self.viewer {
            Viewer::Admin => Ok(self.private(&load(self.language()).await?)),
            Viewer::Customer => {
                let page = self.ready(pages, subject, load).await?;
                Ok(if self.request.method().is_safe() {
                    page.answer(self.request.headers())
                } else {
                    page.whole(self.request.headers())
                })
            }
        }
    }

    /// The page in the best of the languages that the shop is known to have. A load
    /// may be the first to show a text in one more; then the page is asked for again.
    async fn ready<T: Show, E>(
        &self,
        pages: &Pages,
        subject: Subject,
        load: impl AsyncFn(Language) -> Result<T, E>,
    ) -> Result<Arc<Page>, Problem>
    where
        Problem: From<E>,
    {
        let mut preference = pages.spoken().among(self.preference);
        loop {
            let key = Key {
                subject: subject.clone(),
                preference,
            };
            let print = async {
                let thing = load(preference.first_or(self.shop.language)).await?;
                pages.spoken().note(thing.texts());
                self.print(&thing, preference)
            };
            let page = pages.page(key, print).await?;
            let known = pages.spoken().among(self.preference);
            if known == preference {
                return Ok(page);
            }
            preference = known;
        }
    }

    /// A public page that is made anew for everybody: with its tag, and kept by
    /// nobody for more than a second.
    pub(crate) fn fresh<T: Show>(&self, thing: &T) -> Result<HttpResponse, Problem> {
        match self.viewer {
            Viewer::Admin => Ok(self.private(thing)),
            Viewer::Customer => {
                let page = self.print(thing, self.preference)?;
                Ok(page.answer(self.request.headers()))
            }
        }
    }

    /// An answer for this reader alone.
    pub(crate) fn private<T: Show>(&self, thing: &T) -> HttpResponse {
        let (body, language) = thing.show(&self.wording());
        speaking(language, answer::personal(&body))
    }

    /// An answer for this reader alone, worded already.
    pub(crate) fn private_json(&self, body: &impl Serialize) -> HttpResponse {
        speaking(self.language(), answer::personal(body))
    }

    /// Something new, which stands at `path` below `/api/v1`.
    pub(crate) fn created<T: Show>(&self, path: &str, thing: &T) -> HttpResponse {
        let (body, language) = thing.show(&self.wording());
        speaking(language, answer::created(path, &body))
    }

    /// Something new, worded already.
    pub(crate) fn created_json(&self, path: &str, body: &impl Serialize) -> HttpResponse {
        speaking(self.language(), answer::created(path, body))
    }

    fn print<T: Show>(&self, thing: &T, preference: Preference) -> Result<Page, Problem> {
        let wording = Wording {
            preference,
            ..self.wording()
        };
        let (mut body, language) = thing.show(&wording);
        let bytes = serde_json::to_vec(&body).map_err(|error| Problem::internal(&error))?;
        T::still(&mut body);
        let essence = serde_json::to_vec(&body).map_err(|error| Problem::internal(&error))?;
        Ok(Page::new(bytes, &essence, language))
    }
}

/// Says which language the answer speaks.
fn speaking(language: Language, mut answer: HttpResponse) -> HttpResponse {
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
