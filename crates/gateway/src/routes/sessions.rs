//! Routes of sessions: log-in, refresh, log-out.

use actix_web::{HttpRequest, HttpResponse, ResponseError, post, web};
use stampede_api::session::{LogInBody, LoggedInBody, RefreshBody, TokensBody};
use stampede_http::client::ClientAddress;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::problem::Problem;
use stampede_http::response::{no_content, ok_private};
use stampede_user::{LogIn, LoggedIn, SessionError, SessionService, TokenPair};
use utoipa_actix_web::service_config::ServiceConfig;

use super::session_cookie::{self, Source, refresh_token};
use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(log_in).service(refresh).service(log_out);
}

/// Logs a user in.
///
/// Unknown user, wrong password and banned user get the same answer.
#[utoipa::path(tag = "users", request_body = LogInBody, responses(
    (status = 200, body = LoggedInBody),
    (status = 401, description = "bad_credentials"),
))]
#[post("/user/login")]
async fn log_in(
    request: HttpRequest,
    ClientAddress(address): ClientAddress,
    Lang(language): Lang,
    sessions: web::Data<dyn SessionService>,
    Json(body): Json<LogInBody>,
) -> Result<HttpResponse, Problem> {
    let attempt = LogIn {
        user_name: body.user_name,
        password: body.password,
        address,
        language,
    };
    let LoggedIn { user, tokens } = sessions.log_in(attempt).await?;
    let source = if body.cookie {
        Source::Cookie
    } else {
        Source::Body
    };
    let body = LoggedInBody::new(user, tokens_body(&tokens, &source));
    let answer = ok_private(&body);
    Ok(with_cookies(answer, &request, &source, &tokens))
}

/// The tokens of a session, but for one that is a cookie.
fn tokens_body(tokens: &TokenPair, source: &Source) -> TokensBody {
    match source {
        Source::Body => TokensBody::new(tokens),
        Source::Cookie => TokensBody::beside_cookie(tokens),
    }
}

/// The cookies of a session, where its refresh token is one.
fn with_cookies(
    answer: HttpResponse,
    request: &HttpRequest,
    source: &Source,
    tokens: &TokenPair,
) -> HttpResponse {
    match source {
        Source::Body => answer,
        Source::Cookie => session_cookie::keep(answer, request, tokens),
    }
}

/// Exchanges a refresh token for a new pair of tokens.
///
/// A refresh token that was used within the last `auth.refresh_grace_secs` gives another pair;
/// one that was used earlier ends every session of its log-in. A cookie that is refused is
/// taken back.
#[utoipa::path(tag = "users", request_body = Option<RefreshBody>, responses(
    (status = 200, body = TokensBody),
    (status = 401, description = "bad_refresh_token"),
    (status = 403, description = "foreign_origin: the cookie came from a page of another origin"),
))]
#[post("/user/refresh")]
async fn refresh(
    request: HttpRequest,
    sessions: web::Data<dyn SessionService>,
    OptionalJson(body): OptionalJson<RefreshBody>,
) -> Result<HttpResponse, Problem> {
    let (token, source) = refresh_token(&request, body.refresh_token)?;
    let tokens = match (sessions.refresh(token).await, &source) {
        (Ok(tokens), _) => tokens,
        (Err(error @ SessionError::BadRefreshToken), Source::Cookie) => {
            // The browser would send it again with every page.
            let refused = Problem::from(error).error_response();
            return Ok(session_cookie::forget(refused, &request));
        }
        (Err(error), _) => return Err(error.into()),
    };
    let answer = ok_private(&tokens_body(&tokens, &source));
    Ok(with_cookies(answer, &request, &source, &tokens))
}

/// Ends the caller's session, with all sessions that were refreshed from it.
///
/// Their access tokens stop working within 5 s.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = Option<RefreshBody>, responses(
    (status = 204),
    (status = 403, description = "foreign_origin: the cookie came from a page of another origin"),
))]
#[post("/user/logout")]
async fn log_out(
    caller: SignedIn,
    request: HttpRequest,
    sessions: web::Data<dyn SessionService>,
    OptionalJson(body): OptionalJson<RefreshBody>,
) -> Result<HttpResponse, Problem> {
    let (token, source) = refresh_token(&request, body.refresh_token)?;
    sessions.log_out(*caller, token).await?;
    Ok(match source {
        Source::Body => no_content(),
        Source::Cookie => session_cookie::forget(no_content(), &request),
    })
}
