//! The refresh token as a cookie, which no script of a page can read.

use actix_web::http::header::{HeaderValue, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse};
use secrecy::{ExposeSecret, SecretString};
use stampede_http::cookie::{cookie, is_same_origin, is_secure};
use stampede_http::problem::{Code, Problem};
use stampede_user::TokenPair;

/// The refresh token.
const REFRESH: &str = "stampede_refresh";
/// Says to scripts that there is a refresh token; holds no secret.
const SESSION: &str = "stampede_session";

/// Where a request has its refresh token.
pub(super) enum Source {
    Body,
    Cookie,
}

/// The refresh token of a request: of its body, else of its cookie.
///
/// # Errors
///
/// 403 for a cookie that comes from a page of another origin, 422 without any token.
pub(super) fn refresh_token(
    request: &HttpRequest,
    body: Option<SecretString>,
) -> Result<(SecretString, Source), Problem> {
    if let Some(token) = body {
        return Ok((token, Source::Body));
    }
    let Some(token) = cookie(request, REFRESH) else {
        let detail = "`refresh_token` is missing";
        return Err(Problem::field("refresh_token", "missing_field", detail));
    };
    if is_same_origin(request) {
        Ok((token.into(), Source::Cookie))
    } else {
        Err(Problem::new(Code::FOREIGN_ORIGIN))
    }
}

/// Adds the cookies of a session.
pub(super) fn keep(
    answer: HttpResponse,
    request: &HttpRequest,
    tokens: &TokenPair,
) -> HttpResponse {
    let seconds = tokens.refresh_expires_in.as_secs();
    set(
        answer,
        request,
        tokens.refresh.expose_secret(),
        "1",
        seconds,
    )
}

/// Takes the cookies of a session back.
pub(super) fn forget(answer: HttpResponse, request: &HttpRequest) -> HttpResponse {
    set(answer, request, "", "", 0)
}

fn set(
    mut answer: HttpResponse,
    request: &HttpRequest,
    refresh: &str,
    session: &str,
    seconds: u64,
) -> HttpResponse {
    let secure = if is_secure(request) { "; Secure" } else { "" };
    let rules = format!("Max-Age={seconds}; SameSite=Strict{secure}");
    let cookies = [
        format!("{REFRESH}={refresh}; Path=/api/v1/user; HttpOnly; {rules}"),
        format!("{SESSION}={session}; Path=/; {rules}"),
    ];
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    answer
}
