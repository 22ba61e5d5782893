//! What needs a proof by e-mail.

use secrecy::SecretString;
use serde::Deserialize;
use stampede_http::problem::Problem;
use stampede_user::ProofRequest;
use utoipa::ToSchema;

/// Request to mail a confirmation token to the caller.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBody {
    /// Operation to confirm: 1 binds the address `email`, 2 unbinds the present address, 3
    /// changes the password to `password`.
    #[schema(minimum = 1, maximum = 3)]
    operation_type: u8,
    /// E-mail address to bind; required for operation 1.
    email: Option<String>,
    /// New password, 8–256 characters; required for operation 3.
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<SecretString>,
}

impl TryFrom<SendBody> for ProofRequest {
    type Error = Problem;

    fn try_from(body: SendBody) -> Result<Self, Problem> {
        let missing = |field: &'static str| {
            Problem::field(field, "missing_field", format!("`{field}` is missing"))
        };
        match body.operation_type {
            1 => body.email.map(Self::Bind).ok_or_else(|| missing("email")),
            2 => Ok(Self::Unbind),
            3 => body
                .password
                .map(Self::ChangePassword)
                .ok_or_else(|| missing("password")),
            _ => Err(Problem::field(
                "operation_type",
                "unknown_value",
                "`operation_type` is 1 (bind), 2 (unbind) or 3 (change the password)",
            )),
        }
    }
}

/// Request to redeem the token of a mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenBody {
    /// Token of the mail; it lives 15 minutes and can be used once.
    #[schema(value_type = String)]
    pub token: SecretString,
}

/// Request to reset a forgotten password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotBody {
    /// Verified e-mail address of the account.
    pub email: String,
}

/// Request to set a new password with a reset token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetBody {
    /// Token of the mail; it lives 15 minutes and can be used once.
    #[schema(value_type = String)]
    pub token: SecretString,
    /// New password, 8–256 characters.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    pub password: SecretString,
}
