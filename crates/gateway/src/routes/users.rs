//! Routes of accounts: registration, profile, password, payment PIN and avatar.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_web::{HttpResponse, get, post, put, web};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_api::ImageBody;
use stampede_http::client::ClientAddress;
use stampede_http::form::Form;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{created, no_content, ok_private};
use stampede_media::MediaStore;
use stampede_user::{AccountService, ChangePin, NewAccount, PasswordChange, Role, Status, User};
use utoipa::ToSchema;
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

/// A user account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(super) struct UserBody {
    /// Id of the user.
    id: i64,
    /// User name, as it was registered.
    user_name: String,
    /// Display name.
    nick_name: String,
    /// E-mail address; null when there is none.
    email: Option<String>,
    /// True when the user has proven that the address is theirs.
    email_verified: bool,
    /// The user's picture; null when there is none.
    avatar: Option<ImageBody>,
    /// Role of the user.
    role: RoleName,
    /// Status of the account.
    status: StatusName,
    /// Time of registration: RFC 3339, UTC.
    created_at: String,
}

/// Role of a user: `customer`, or `admin` with access to the admin routes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Role)]
pub(super) enum RoleName {
    Customer,
    Admin,
}

/// Status of an account: `active`, or `banned` and unable to log in.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Status)]
enum StatusName {
    Active,
    Banned,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Customer => Self::Customer,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Customer => Self::Customer,
            RoleName::Admin => Self::Admin,
        }
    }
}

impl From<Status> for StatusName {
    fn from(status: Status) -> Self {
        match status {
            Status::Active => Self::Active,
            Status::Banned => Self::Banned,
        }
    }
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        Self {
            id: user.id.0,
            user_name: user.user_name,
            nick_name: user.nick_name,
            email: user.email,
            email_verified: user.email_verified,
            avatar: user.avatar.map(ImageBody::from),
            role: user.role.into(),
            status: user.status.into(),
            created_at: user.created_at.to_rfc3339(),
        }
    }
}

/// Request to register an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Register {
    /// User name, 3–32 characters: letters, marks and digits of any script, and `_.-`; unique
    /// after NFKC normalisation and case folding.
    #[schema(min_length = 3, max_length = 32)]
    user_name: String,
    /// Password, 8–256 characters.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    password: SecretString,
    /// Payment PIN, 6–32 characters.
    #[schema(value_type = String, format = Password, min_length = 6, max_length = 32)]
    key: SecretString,
    /// Display name, at most 64 characters; the user name when absent.
    #[schema(max_length = 64)]
    nick_name: Option<String>,
    /// E-mail address to bind; a confirmation token is mailed to it.
    email: Option<String>,
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

/// Request to change the nick name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Rename {
    /// Display name, at most 64 characters.
    #[schema(max_length = 64)]
    nick_name: String,
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

/// Request to change the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// Present password.
    #[schema(value_type = String, format = Password)]
    old: SecretString,
    /// New password, 8–256 characters.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    new: SecretString,
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

/// Request to change the payment PIN.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPin {
    /// Password of the caller.
    #[schema(value_type = String, format = Password)]
    password: SecretString,
    /// New payment PIN, 6–32 characters.
    #[schema(value_type = String, format = Password, min_length = 6, max_length = 32)]
    key: SecretString,
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

/// Form to set the caller's avatar.
#[derive(Debug, MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
struct Avatar {
    /// Picture: JPEG, PNG, WebP or GIF; at most 2 MiB.
    #[multipart(limit = "2MiB")]
    #[schema(value_type = String, format = Binary)]
    file: Bytes,
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
