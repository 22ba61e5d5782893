//! Routes of sessions: log-in, refresh, log-out.

use actix_web::{HttpRequest, HttpResponse, post, web};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use stampede_http::client::ClientAddress;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::problem::Problem;
use stampede_http::response::{no_content, ok_private};
use stampede_user::{LogIn, LoggedIn, SessionService, TokenPair};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::session_cookie::{self, Source, refresh_token};
use super::users::UserBody;
use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(log_in).service(refresh).service(log_out);
}

/// Request to log in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LogInBody {
    /// User name, in any spelling that folds to the registered one; surrounding blanks are
    /// ignored.
    user_name: String,
    /// Password of the user.
    #[schema(value_type = String, format = Password)]
    password: SecretString,
    /// True for a browser: the refresh token comes as the cookie `stampede_refresh`, which no
    /// script can read, and not in the body.
    #[serde(default)]
    cookie: bool,
}

/// An access token and a refresh token.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
struct TokensBody {
    /// Access token, for the header `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Lifetime of the access token, in seconds.
    expires_in: u64,
    /// Refresh token, which can be exchanged once for a new pair of tokens; absent when it comes
    /// as a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// The user who logged in, with an access token and a refresh token.
#[derive(Serialize, ToSchema)]
#[schema(as = LoggedIn)]
struct LoggedInBody {
    /// The user.
    user: UserBody,
    #[serde(flatten)]
    tokens: TokensBody,
}

impl TokensBody {
    fn new(pair: &TokenPair, source: &Source) -> Self {
        let token = pair.refresh.expose_secret();
        Self {
            access_token: pair.access.expose_secret().to_owned(),
            token_type: "Bearer",
            expires_in: pair.expires_in.as_secs(),
            refresh_token: matches!(source, Source::Body).then(|| token.to_owned()),
        }
    }
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
    let answer = ok_private(&LoggedInBody {
        user: user.into(),
        tokens: TokensBody::new(&tokens, &source),
    });
    Ok(with_cookies(answer, &request, &source, &tokens))
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

/// Request that carries a refresh token, in its body or as the cookie of a browser.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshBody {
    /// The refresh token that was issued last; absent for the cookie `stampede_refresh`, which is
    /// taken from pages of the shop's own origin only.
    #[schema(value_type = Option<String>)]
    refresh_token: Option<SecretString>,
}

/// Exchanges a refresh token for a new pair of tokens.
///
/// A refresh token that was used within the last `auth.refresh_grace_secs` gives another pair;
/// one that was used earlier ends every session of its log-in.
#[utoipa::path(tag = "users", request_body = RefreshBody, responses(
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
    let tokens = sessions.refresh(token).await?;
    let answer = ok_private(&TokensBody::new(&tokens, &source));
    Ok(with_cookies(answer, &request, &source, &tokens))
}

/// Ends the caller's session, with all sessions that were refreshed from it.
///
/// Their access tokens stop working within 5 s.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = RefreshBody, responses(
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
