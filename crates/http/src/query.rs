//! Query strings, decoded into a type; a 422 names the parameter at fault.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use stampede_kernel::{Cursor, PageSize};

use crate::decode::{self, UntypedValue};
use crate::problem::Problem;

/// A decoded query string. Parameters that `T` does not have are ignored.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(decode(request.query_string()).map(Self))
    }
}

/// Page of a list.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    pub cursor: Option<String>,
}

impl Paging {
    /// Validates the page size and returns it with the cursor.
    pub fn read(self) -> Result<(PageSize, Option<Cursor>), Problem> {
        let size = self
            .page_size
            .map_or(Ok(PageSize::default()), PageSize::new)?;
        Ok((size, self.cursor.map(Cursor)))
    }
}

/// The id in a filter, which is positive.
///
/// # Errors
///
/// 422 `out_of_range` for 0 and below.
pub fn positive(field: &'static str, id: Option<i64>) -> Result<Option<i64>, Problem> {
    if id.is_some_and(|id| id < 1) {
        let detail = "must be a positive integer";
        return Err(Problem::field(field, "out_of_range", detail));
    }
    Ok(id)
}

/// Decodes a query string. An optional parameter without a value is absent.
pub fn decode<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let parameters = pairs.map(|(name, value)| {
        let value = UntypedValue::Parameter(value.into_owned());
        (name.into_owned(), value)
    });
    // What is not known here may be repeated: the type itself refuses what it knows.
    let tree = UntypedValue::Object(parameters.collect(), None);
    decode::decode(tree).map_err(|fault| Problem::fields(vec![fault]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_in_a_filter_is_positive() {
        for id in [0, -1, i64::MIN] {
            let refused = positive("user_id", Some(id)).unwrap_err();
            assert_eq!(refused.code().status(), 422);
        }
        assert_eq!(positive("user_id", Some(1)).unwrap(), Some(1));
        assert_eq!(positive("user_id", None).unwrap(), None);
    }

    #[test]
    fn a_parameter_given_twice_or_out_of_range_is_refused() {
        for query in [
            "page_size=1&page_size=100",
            "page_size=-1",
            "page_size=many",
            "page_size=1000000",
            "page_size=0",
            "cursor=%00",
        ] {
            let refused = decode::<Paging>(query).and_then(Paging::read);
            assert_eq!(refused.unwrap_err().code().status(), 422, "{query}");
        }
        let empty = decode::<Paging>("page_size=&cursor=").and_then(Paging::read);
        assert_eq!(empty.unwrap(), (PageSize::default(), None));
        assert!(
            decode::<Paging>("page_size=100&utm=x&utm=y&z=%00")
                .and_then(Paging::read)
                .is_ok()
        );
    }
}
