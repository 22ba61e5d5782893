//! What an admin may do to a user.

use serde::Deserialize;
use stampede_http::problem::Problem;
use stampede_http::query::Paging;
use stampede_user::{Role, UserFilter};
use utoipa::ToSchema;

use super::RoleName;

/// Filter of the list of users.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Part of the user name, nick name or e-mail address.
    q: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl UsersQuery {
    /// The users that are asked for.
    ///
    /// # Errors
    ///
    /// 422 for a page size that is out of range.
    pub fn into_filter(self) -> Result<UserFilter, Problem> {
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

/// Request to ban a user; an empty body will do.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BanBody {
    /// Reason of the ban, for the audit log; at most 255 characters.
    #[schema(max_length = 255)]
    pub reason: Option<String>,
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnbanBody {}

/// Request to change the role of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleBody {
    /// The new role.
    role: RoleName,
}

impl RoleBody {
    /// The new role.
    pub fn role(&self) -> Role {
        self.role.into()
    }
}
