//! Admin routes of users, roles and bans, and the audit log.

use actix_web::{HttpResponse, get, post, web};
use stampede_api::audit_log::AuditLogEntryBody;
use stampede_api::user::{BanBody, RoleBody, UnbanBody, UserBody, UsersQuery};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private};
use stampede_kernel::UserId;
use stampede_persistence::{Database, audit_log as log};
use stampede_user::{AccountService, AdminAction};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(users)
        .service(show_user)
        .service(ban)
        .service(unban)
        .service(role)
        .service(audit);
}

/// Lists all users, newest first.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(UsersQuery), responses(
    (status = 200, body = List<UserBody>),
))]
#[get("/admin/users")]
async fn users(
    _: Admin,
    Params(query): Params<UsersQuery>,
    accounts: web::Data<dyn AccountService>,
) -> Result<HttpResponse, Problem> {
    let page = accounts.users(query.into_filter()?).await?;
    Ok(ok_private(&List::page(page, UserBody::from)))
}

/// Returns a user.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), responses(
    (status = 200, body = UserBody),
))]
#[get("/admin/user/{id}")]
async fn show_user(
    _: Admin,
    Id(id): Id<UserId>,
    accounts: web::Data<dyn AccountService>,
) -> Result<HttpResponse, Problem> {
    let user = accounts.user(id).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Bans a user.
///
/// Every session of the user ends, access tokens stop working within 5 s, and log-in is refused
/// until the user is unbanned. The last admin cannot be banned.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), request_body = Option<BanBody>, responses(
    (status = 200, body = UserBody),
    (status = 409, description = "last_admin"),
))]
#[post("/admin/user/{id}/ban")]
async fn ban(
    admin: Admin,
    Id(id): Id<UserId>,
    accounts: web::Data<dyn AccountService>,
    OptionalJson(body): OptionalJson<BanBody>,
) -> Result<HttpResponse, Problem> {
    let act = AdminAction::Ban {
        reason: body.reason,
    };
    let user = accounts.administer(admin.user, id, act).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Unbans a user, who may then log in again.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), request_body = Option<UnbanBody>, responses(
    (status = 200, body = UserBody),
))]
#[post("/admin/user/{id}/unban")]
async fn unban(
    admin: Admin,
    Id(id): Id<UserId>,
    accounts: web::Data<dyn AccountService>,
    OptionalJson(UnbanBody {}): OptionalJson<UnbanBody>,
) -> Result<HttpResponse, Problem> {
    let user = accounts
        .administer(admin.user, id, AdminAction::Unban)
        .await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Changes the role of a user.
///
/// The change also applies to access tokens already issued, within 5 s. The last admin cannot
/// be demoted.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), request_body = RoleBody, responses(
    (status = 200, body = UserBody),
    (status = 409, description = "last_admin"),
))]
#[post("/admin/user/{id}/role")]
async fn role(
    admin: Admin,
    Id(id): Id<UserId>,
    accounts: web::Data<dyn AccountService>,
    Json(body): Json<RoleBody>,
) -> Result<HttpResponse, Problem> {
    let act = AdminAction::SetRole(body.role());
    let user = accounts.administer(admin.user, id, act).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// Lists the audit log, newest entry first.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<AuditLogEntryBody>),
))]
#[get("/admin/audit_log")]
async fn audit(
    _: Admin,
    Params(paging): Params<Paging>,
    db: web::Data<Database>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = log::read(&db, size, cursor.as_ref()).await?;
    Ok(ok_private(&List::page(page, AuditLogEntryBody::from)))
}
