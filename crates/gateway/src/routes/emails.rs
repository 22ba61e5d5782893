//! Routes that need a proof by e-mail: binding an address, changing or resetting a password.

use actix_web::{HttpResponse, post, web};
use stampede_api::user::{ForgotBody, ResetBody, SendBody, TokenBody, UserBody};
use stampede_http::client::ClientAddress;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{accepted, no_content, ok_private};
use stampede_user::{EmailService, ProofRequest};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(send)
        .service(redeem)
        .service(forgot)
        .service(reset);
}

/// Mails a confirmation token to the caller.
///
/// The operation takes effect when the token is redeemed at `/user/valid_email` within 15
/// minutes. At most 1 mail a minute and 5 a day for each operation.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = SendBody, responses(
    (status = 202, description = "The mail will be sent"),
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

/// Redeems a confirmation token that the caller asked for, and carries its operation out.
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
    Ok(ok_private(&UserBody::from(user)))
}

/// Mails a password reset token.
///
/// The token goes to the account that has verified this address. The answer is the same when
/// there is no such account.
#[utoipa::path(tag = "users", request_body = ForgotBody, responses((status = 202, description = "A mail is sent if the account exists")))]
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

/// Sets a new password with a reset token and ends every session of the user.
#[utoipa::path(tag = "users", request_body = ResetBody, responses((status = 204)))]
#[post("/user/reset_password")]
async fn reset(
    emails: web::Data<dyn EmailService>,
    Json(body): Json<ResetBody>,
) -> Result<HttpResponse, Problem> {
    emails.reset(body.token, body.password).await?;
    Ok(no_content())
}
