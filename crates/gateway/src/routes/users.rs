//! Routes of accounts: registration, profile, password, payment PIN and avatar.

use actix_web::{HttpResponse, get, post, put, web};
use stampede_api::user::{Avatar, NewPassword, NewPin, Register, Rename, UserBody};
use stampede_http::client::ClientAddress;
use stampede_http::form::Form;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{created, no_content, ok_private};
use stampede_media::MediaStore;
use stampede_user::{AccountService, ChangePin, NewAccount, PasswordChange};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;
use crate::language::Lang;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(register)
        .service(me)
        .service(rename)
        .service(change_password)
        .service(change_pin)
        .service(avater)
        .service(avatar);
}

/// Registers an account with a wallet.
#[utoipa::path(tag = "users", request_body = Register, responses(
    (status = 201, body = UserBody),
    (status = 409, description = "user_name_taken"),
))]
#[post("/user/register")]
async fn register(
    ClientAddress(address): ClientAddress,
    Lang(language): Lang,
    accounts: web::Data<dyn AccountService>,
    Json(body): Json<Register>,
) -> Result<HttpResponse, Problem> {
    let account = NewAccount {
        user_name: body.user_name,
        password: body.password,
        pin: body.key,
        nick_name: body.nick_name,
        email: body.email,
        language,
        address: Some(address),
    };
    let user = accounts.register(account).await?;
    Ok(created("/user", &UserBody::from(user)))
}

/// Returns the caller's account.
#[utoipa::path(tag = "users", security(("bearer" = [])), responses((status = 200, body = UserBody)))]
#[get("/user")]
async fn me(
    caller: SignedIn,
    accounts: web::Data<dyn AccountService>,
) -> Result<HttpResponse, Problem> {
    let user = accounts.user(caller.user).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Changes the caller's nick name.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = Rename, responses(
    (status = 200, body = UserBody),
))]
#[put("/user")]
async fn rename(
    caller: SignedIn,
    accounts: web::Data<dyn AccountService>,
    Json(body): Json<Rename>,
) -> Result<HttpResponse, Problem> {
    let user = accounts.rename(caller.user, &body.nick_name).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Changes the caller's password and ends all other sessions.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = NewPassword, responses(
    (status = 204),
    (status = 403, description = "bad_password"),
))]
#[put("/user/password")]
async fn change_password(
    caller: SignedIn,
    ClientAddress(address): ClientAddress,
    accounts: web::Data<dyn AccountService>,
    Json(body): Json<NewPassword>,
) -> Result<HttpResponse, Problem> {
    let change = PasswordChange {
        user: caller.user,
        session: caller.session,
        address,
        old: body.old,
        new: body.new,
    };
    accounts.change_password(change).await?;
    Ok(no_content())
}

/// Changes the caller's payment PIN.
#[utoipa::path(tag = "users", security(("bearer" = [])), request_body = NewPin, responses(
    (status = 204),
    (status = 403, description = "bad_password"),
))]
#[put("/money/key")]
async fn change_pin(
    caller: SignedIn,
    ClientAddress(address): ClientAddress,
    accounts: web::Data<dyn AccountService>,
    Json(body): Json<NewPin>,
) -> Result<HttpResponse, Problem> {
    let change = ChangePin {
        user: caller.user,
        address,
        password: body.password,
        pin: body.key,
    };
    accounts.change_pin(change).await?;
    Ok(no_content())
}

/// Sets the caller's avatar; the same as `POST /user/avatar`, under its old spelling.
#[utoipa::path(tag = "users", security(("bearer" = [])),
    request_body(content = Avatar, content_type = "multipart/form-data"),
    responses((status = 200, body = UserBody)))]
#[post("/avater")]
async fn avater(
    caller: SignedIn,
    accounts: web::Data<dyn AccountService>,
    pictures: web::Data<MediaStore>,
    Form(form): Form<Avatar>,
) -> Result<HttpResponse, Problem> {
    set_avatar(caller, &accounts, &pictures, form).await
}

/// Sets the caller's avatar.
#[utoipa::path(tag = "users", security(("bearer" = [])),
    request_body(content = Avatar, content_type = "multipart/form-data"),
    responses((status = 200, body = UserBody)))]
#[post("/user/avatar")]
async fn avatar(
    caller: SignedIn,
    accounts: web::Data<dyn AccountService>,
    pictures: web::Data<MediaStore>,
    Form(form): Form<Avatar>,
) -> Result<HttpResponse, Problem> {
    set_avatar(caller, &accounts, &pictures, form).await
}

async fn set_avatar(
    caller: SignedIn,
    accounts: &web::Data<dyn AccountService>,
    pictures: &web::Data<MediaStore>,
    form: Avatar,
) -> Result<HttpResponse, Problem> {
    let image = pictures
        .add_avatar(caller.user, form.file.data.to_vec())
        .await?;
    let user = accounts.set_avatar(caller.user, image.id).await?;
    Ok(ok_private(&UserBody::from(user)))
}
