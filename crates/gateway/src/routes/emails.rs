//! Proofs by e-mail.

use actix_web::{HttpResponse, post, web};
use secrecy::SecretString;
use serde::Deserialize;
use stampede_http::answer::{accepted, done, personal};
use stampede_http::client::ClientAddress;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_user::{EmailService, ProofRequest};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::users::UserBody;
use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(send)
        .service(redeem)
        .service(forgot)
        .service(reset);
}

/// What is to be proven.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SendBody {
    /// 1 binds `email`, 2 unbinds, 3 changes the password to `password`.
    #[schema(minimum = 1, maximum = 3)]
    operation_type: u8,
    email: Option<String>,
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

/// Mails a proof to the caller.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = SendBody, responses(
    (status = 202, description = "The mail is on its way"),
    (status = 409, description = "no_verified_email"),
))]
#[post("/user/sending_email")]
async fn send(
    caller: SignedIn,
    Lang(language): Lang,
    emails: web::Data<dyn EmailService>,
    Json(body): Json<SendBody>,
) -> Result<HttpResponse, Problem> {
    let request = ProofRequest::try_from(body)?;
    emails.send(caller.user, request, language).await?;
    Ok(accepted())
}

/// The token of a mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenBody {
    #[schema(value_type = String)]
    token: SecretString,
}

/// Spends the token of a proof that the caller asked for.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = TokenBody, responses(
    (status = 200, body = UserBody),
    (status = 409, description = "email_taken"),
))]
#[post("/user/valid_email")]
async fn redeem(
    caller: SignedIn,
    emails: web::Data<dyn EmailService>,
    Json(body): Json<TokenBody>,
) -> Result<HttpResponse, Problem> {
    let user = emails
        .redeem(caller.user, caller.session, body.token)
        .await?;
    Ok(personal(&UserBody::from(user)))
}

/// Who forgot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgotBody {
    email: String,
}

/// Mails a reset to whoever has proven the address; says nothing of whether anybody has.
#[utoipa::path(tag = "users", request_body = ForgotBody, responses((status = 202, description = "Always")))]
#[post("/user/forgot_password")]
async fn forgot(
    ClientAddress(address): ClientAddress,
    Lang(language): Lang,
    emails: web::Data<dyn EmailService>,
    Json(body): Json<ForgotBody>,
) -> Result<HttpResponse, Problem> {
    emails.forgot(&body.email, address, language).await?;
    Ok(accepted())
}

/// The token of a mail, and the new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetBody {
    #[schema(value_type = String)]
    token: SecretString,
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    password: SecretString,
}

/// Sets a forgotten password anew; every session ends.
#[utoipa::path(tag = "users", request_body = ResetBody, responses((status = 204)))]
#[post("/user/reset_password")]
async fn reset(
    emails: web::Data<dyn EmailService>,
    Json(body): Json<ResetBody>,
) -> Result<HttpResponse, Problem> {
    emails.reset(body.token, body.password).await?;
    Ok(done())
}
