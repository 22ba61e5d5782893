//! Parameters of lists and of searches; [`ListQuery`] decodes those of the product list.

use serde::Deserialize;
use stampede_catalog::AdminProductQuery;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, positive};
use stampede_kernel::CategoryId;
use utoipa::ToSchema;

use super::ListQuery;

/// Longest text to complete, in characters.
const LONGEST_PREFIX: usize = 100;

/// Query parameters of the product list, for the document only; [`ListQuery`] decodes them.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only described")]
pub struct ListParams {
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Words to search for, in any of the shop's languages; at most 200 characters. There are
    /// no operators.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Lowest price that a buyer pays, in minor units, inclusive.
    min_price: Option<i64>,
    /// Highest price that a buyer pays, in minor units, inclusive.
    max_price: Option<i64>,
    /// True for products that can be bought now only.
    in_stock: Option<bool>,
    /// Order of the list: `new`, `price`, `-price`, `hot` or `relevance`; `relevance` when `q`
    /// is given, else `new`.
    sort: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// Number of the page, from 1; times `page_size` at most 10,000. Excludes `cursor`.
    #[param(minimum = 1)]
    page_num: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
    /// Two-letter code of the language of the answer; takes precedence over `Accept-Language`.
    lang: Option<String>,
}

/// Request to search products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchProducts {
    /// Words to search for, in any of the shop's languages; at most 200 characters.
    #[schema(max_length = 200)]
    info: String,
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Number of the page, from 1; times `page_size` at most 10,000.
    page_num: Option<i64>,
    /// Number of items on a page, 1–100; 15 when absent.
    page_size: Option<i64>,
}

impl SearchProducts {
    /// The list that is asked for.
    ///
    /// # Errors
    ///
    /// 422 with every member at fault.
    pub fn into_list(self) -> Result<ListQuery, Problem> {
        ListQuery::search(&self.info, self.category_id, self.page_num, self.page_size)
    }
}

/// The text to complete.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestQuery {
    /// Beginning of a search text, at most 100 characters.
    #[param(max_length = 100)]
    q: String,
}

impl SuggestQuery {
    /// The trimmed text.
    ///
    /// # Errors
    ///
    /// 422 for more than 100 characters.
    pub fn prefix(self) -> Result<String, Problem> {
        let prefix = self.q.trim();
        if prefix.chars().count() > LONGEST_PREFIX {
            let detail = "`q` may have at most 100 characters";
            return Err(Problem::field("q", "too_long", detail));
        }
        Ok(prefix.to_owned())
    }
}

/// Filter of the admin list of products.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminProductsQuery {
    /// Part of the name or the title in the shop's language, or a product id.
    #[param(max_length = 200)]
    q: Option<String>,
    /// True for products on sale only, false for the others only; absent for both.
    on_sale: Option<bool>,
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl AdminProductsQuery {
    /// The products that are asked for.
    ///
    /// # Errors
    ///
    /// 422 for a page size or a category id that is out of range.
    pub fn into_query(self) -> Result<AdminProductQuery, Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let (size, cursor) = paging.read()?;
        Ok(AdminProductQuery {
            q: self.q,
            on_sale: self.on_sale,
            category: positive("category_id", self.category_id)?.map(CategoryId),
            size,
            cursor,
        })
    }
}
