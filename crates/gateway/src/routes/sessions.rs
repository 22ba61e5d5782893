//! Routes of sessions: log-in, refresh, log-out.

use actix_web::{HttpResponse, post, web};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use stampede_http::client::ClientAddress;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{no_content, ok_private};
use stampede_user::{LogIn, LoggedIn, SessionService, TokenPair};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

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
    /// Refresh token, which can be exchanged once for a new pair of tokens.
    refresh_token: String,
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

impl From<TokenPair> for TokensBody {
    fn from(pair: TokenPair) -> Self {
        Self {
            access_token: pair.access.expose_secret().to_owned(),
            token_type: "Bearer",
            expires_in: pair.expires_in.as_secs(),
            refresh_token: pair.refresh.expose_secret().to_owned(),
        }
    }
}

impl From<LoggedIn> for LoggedInBody {
    fn from(logged_in: LoggedIn) -> Self {
        Self {
            user: logged_in.user.into(),
            tokens: logged_in.tokens.into(),
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
    let logged_in = sessions.log_in(attempt).await?;
    Ok(ok_private(&LoggedInBody::from(logged_in)))
}

/// Request that carries a refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshBody {
    /// The refresh token that was issued last.
    #[schema(value_type = String)]
    refresh_token: SecretString,
}

/// Exchanges a refresh token for a new pair of tokens.
///
/// A refresh token that was used within the last `auth.refresh_grace_secs` gives another pair;
/// one that was used earlier ends every session of its log-in.
#[utoipa::path(tag = "users", request_body = RefreshBody, responses(
    (status = 200, body = TokensBody),
    (status = 401, description = "bad_refresh_token"),
))]
#[post("/user/refresh")]
async fn refresh(
    sessions: web::Data<dyn SessionService>,
    Json(body): Json<RefreshBody>,
) -> Result<HttpResponse, Problem> {
    let pair = sessions.refresh(body.refresh_token).await?;
    Ok(ok_private(&TokensBody::from(pair)))
}

/// Ends the caller's session, with all sessions that were refreshed from it.
///
/// Their access tokens stop working within 5 s.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = RefreshBody, responses((status = 204)))]
#[post("/user/logout")]
async fn log_out(
    caller: SignedIn,
    sessions: web::Data<dyn SessionService>,
    Json(body): Json<RefreshBody>,
) -> Result<HttpResponse, Problem> {
    sessions.log_out(*caller, body.refresh_token).await?;
    Ok(no_content())
}
