//! Admin routes of users, roles and bans, and the audit log.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private};
use stampede_kernel::UserId;
use stampede_persistence::entity::audit_log;
use stampede_persistence::{Database, audit_log as log};
use stampede_user::{AccountService, AdminAction, UserFilter};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::users::{RoleName, UserBody};
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

/// Filter of the list of users.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct UsersQuery {
    /// Part of the user name, nick name or e-mail address.
    q: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl UsersQuery {
    fn into_filter(self) -> Result<UserFilter, Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let (size, cursor) = paging.read()?;
        Ok(UserFilter {
            q: self.q,
            size,
            cursor,
        })
    }
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

/// Request to ban a user; an empty body will do.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BanBody {
    /// Reason of the ban, for the audit log; at most 255 characters.
    #[schema(max_length = 255)]
    reason: Option<String>,
}

/// Bans a user.
///
/// Every session of the user ends, access tokens stop working within 5 s, and log-in is refused
/// until the user is unbanned. The last admin cannot be banned.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), request_body = BanBody, responses(
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

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnbanBody {}

/// Unbans a user, who may then log in again.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the user.")), request_body = UnbanBody, responses(
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

/// Request to change the role of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleBody {
    /// The new role.
    role: RoleName,
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
    let act = AdminAction::SetRole(body.role.into());
    let user = accounts.administer(admin.user, id, act).await?;
    Ok(ok_private(&UserBody::from(user)))
}

/// An entry of the audit log: one action of an admin.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditLogEntry)]
struct ActBody {
    /// Id of the entry.
    id: i64,
    /// Id of the admin; null when the action came from the command line.
    actor_id: Option<i64>,
    /// Name of the action, such as `user.ban`.
    action: String,
    /// Kind and id of the object that was changed, such as `user:7`.
    target: String,
    /// Parameters of the action; the members depend on `action`.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// Time of the action: RFC 3339, UTC.
    created_at: String,
}

impl From<audit_log::Model> for ActBody {
    fn from(row: audit_log::Model) -> Self {
        Self {
            id: row.id,
            actor_id: row.actor_id.map(|actor| actor.0),
            action: row.action,
            target: row.target,
            detail: serde_json::from_str(&row.detail).unwrap_or(row.detail.into()),
            created_at: row.created_at.to_rfc3339(),
        }
    }
}

/// Lists the audit log, newest entry first.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<ActBody>),
))]
#[get("/admin/audit_log")]
async fn audit(
    _: Admin,
    Params(paging): Params<Paging>,
    db: web::Data<Database>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = log::read(&db, size, cursor.as_ref()).await?;
    Ok(ok_private(&List::page(page, ActBody::from)))
}
