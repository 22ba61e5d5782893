//! Log-in, refresh, log-out.

use actix_web::{HttpResponse, post, web};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use stampede_http::answer::{done, personal};
use stampede_http::client::ClientAddress;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_user::{LogIn, LoggedIn, SessionService, TokenPair};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::users::UserBody;
use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(log_in).service(refresh).service(log_out);
}

/// Credentials.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LogInBody {
    /// In any spelling; blanks around it do not count.
    user_name: String,
    #[schema(value_type = String, format = Password)]
    password: SecretString,
}

/// Tokens.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
struct TokensBody {
    /// For `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds that the access token lives.
    expires_in: u64,
    /// Renews the access token once.
    refresh_token: String,
}

/// Who is in now, with tokens.
#[derive(Serialize, ToSchema)]
#[schema(as = LoggedIn)]
struct LoggedInBody {
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

/// Opens a session. Whatever is wrong, the answer is the same.
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
    Ok(personal(&LoggedInBody::from(logged_in)))
}

/// A refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshBody {
    #[schema(value_type = String)]
    refresh_token: SecretString,
}

/// Renews the tokens. A refresh token that was spent a moment ago (`auth.refresh_grace_secs`)
/// gives another pair; one that was spent before ends every session of its log-in.
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
    Ok(personal(&TokensBody::from(pair)))
}

/// Ends the caller's session and those that came of its refreshes; their access tokens are
/// dead within 5 s.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = RefreshBody, responses((status = 204)))]
#[post("/user/logout")]
async fn log_out(
    caller: SignedIn,
    sessions: web::Data<dyn SessionService>,
    Json(body): Json<RefreshBody>,
) -> Result<HttpResponse, Problem> {
    sessions.log_out(*caller, body.refresh_token).await?;
    Ok(done())
}
