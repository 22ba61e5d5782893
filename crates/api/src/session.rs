//! Sessions: log-in, refresh, log-out.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use stampede_user::{TokenPair, User};
use utoipa::ToSchema;

use crate::user::UserBody;

/// Request to log in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogInBody {
    /// User name, in any spelling that folds to the registered one; surrounding blanks are
    /// ignored.
    pub user_name: String,
    /// Password of the user.
    #[schema(value_type = String, format = Password)]
    pub password: SecretString,
    /// True for a browser: the refresh token comes as the cookie `stampede_refresh`, which no
    /// script can read, and not in the body.
    #[serde(default)]
    pub cookie: bool,
}

/// An access token and a refresh token.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
pub struct TokensBody {
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
pub struct LoggedInBody {
    /// The user.
    user: UserBody,
    #[serde(flatten)]
    tokens: TokensBody,
}

impl TokensBody {
    /// Both tokens of a session.
    pub fn new(pair: &TokenPair) -> Self {
        Self {
            refresh_token: Some(pair.refresh.expose_secret().to_owned()),
            ..Self::beside_cookie(pair)
        }
    }

    /// The access token alone, for a browser that gets the refresh token as a cookie.
    pub fn beside_cookie(pair: &TokenPair) -> Self {
        Self {
            access_token: pair.access.expose_secret().to_owned(),
            token_type: "Bearer",
            expires_in: pair.expires_in.as_secs(),
            refresh_token: None,
        }
    }
}

impl LoggedInBody {
    /// The user, with the tokens of the session that began.
    pub fn new(user: User, tokens: TokensBody) -> Self {
        Self {
            user: user.into(),
            tokens,
        }
    }
}

/// Request that carries a refresh token, in its body or as the cookie of a browser.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    /// The refresh token that was issued last; absent for the cookie `stampede_refresh`, which is
    /// taken from pages of the shop's own origin only.
    #[schema(value_type = Option<String>)]
    pub refresh_token: Option<SecretString>,
}
