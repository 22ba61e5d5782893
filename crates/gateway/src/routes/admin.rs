//! What admins do to accounts, and what was done.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use stampede_http::answer::{List, personal};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::entity::audit_log;
use stampede_persistence::{Database, audit_log as log};
use stampede_user::{AccountService, AdminAction, UserFilter};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::users::{RoleName, UserBody};
use crate::auth::Admin;
use crate::idiom::Idiom;
use crate::stats::{ByDay, Stats};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(users)
        .service(ban)
        .service(unban)
        .service(role)
        .service(audit)
        .service(stats);
}

/// Which users.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct UsersQuery {
    /// Part of the user name, nick name or e-mail address.
    q: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
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

/// Users, newest first.
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
    Ok(personal(&List::page(page, UserBody::from)))
}

/// Why.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BanBody {
    #[schema(max_length = 255)]
    reason: Option<String>,
}

/// Ends every session of a user; log-in is refused.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path)), request_body = BanBody, responses(
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
    Ok(personal(&UserBody::from(user)))
}

/// Nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnbanBody {}

/// Lets a user log in again.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path)), request_body = UnbanBody, responses(
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
    Ok(personal(&UserBody::from(user)))
}

/// Which role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleBody {
    role: RoleName,
}

/// Makes a user an admin, or a customer again; acts on live tokens within 5 s.
#[utoipa::path(tag = "admin", security(("bearer" = [])), params(("id" = i64, Path)), request_body = RoleBody, responses(
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
    Ok(personal(&UserBody::from(user)))
}

/// One act of an admin.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditLogEntry)]
struct ActBody {
    id: i64,
    /// Null for the command line.
    actor_id: Option<i64>,
    action: String,
    target: String,
    /// In which way.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// RFC 3339, UTC.
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

/// What admins did, newest first.
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
    Ok(personal(&List::page(page, ActBody::from)))
}

/// Figures of the last thirty days, UTC, oldest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Stats)]
struct StatsBody {
    /// Registrations.
    users: Vec<DayBody>,
    /// Orders placed, whatever became of them.
    orders: Vec<DayBody>,
    /// What was paid less what was refunded.
    revenue: Vec<RevenueBody>,
    /// ISO 4217.
    currency: String,
}

/// One day's figure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayCount)]
struct DayBody {
    /// `2026-11-22`
    day: String,
    count: i64,
}

/// One day's revenue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayRevenue)]
struct RevenueBody {
    /// `2026-11-22`
    day: String,
    /// In minor units.
    amount: i64,
}

/// How the shop does.
#[utoipa::path(tag = "admin", security(("bearer" = [])), responses((status = 200, body = StatsBody)))]
#[get("/admin/stats")]
async fn stats(
    _: Admin,
    shop: web::Data<Idiom>,
    stats: web::Data<Stats>,
) -> Result<HttpResponse, Problem> {
    Ok(personal(&StatsBody {
        users: counts(stats.users_by_day().await?),
        orders: counts(stats.orders_by_day().await?),
        revenue: amounts(stats.revenue_by_day().await?),
        currency: shop.currency.clone(),
    }))
}

fn counts(days: ByDay) -> Vec<DayBody> {
    let body = |(day, count)| DayBody {
        day: date(day),
        count,
    };
    days.into_iter().map(body).collect()
}

fn amounts(days: ByDay) -> Vec<RevenueBody> {
    let body = |(day, amount)| RevenueBody {
        day: date(day),
        amount,
    };
    days.into_iter().map(body).collect()
}

fn date(day: Timestamp) -> String {
    day.to_rfc3339().chars().take(10).collect()
}
