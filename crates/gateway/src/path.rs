//! Ids in paths: what is not a positive integer names nothing, so it is a 404.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::{Code, Problem};

/// The `N`th id of the path, counted from 0.
#[derive(Debug, Clone, Copy)]
pub struct Id<T, const N: usize = 0>(pub T);

impl<T: From<i64>, const N: usize> FromRequest for Id<T, N> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.match_info().iter().nth(N).map(|(_, text)| text);
        let id = text.and_then(positive).map(|id| Self(T::from(id)));
        ready(id.ok_or_else(|| Problem::new(Code::NotFound)))
    }
}

/// Digits only, so that one thing has one path.
pub(crate) fn positive(text: &str) -> Option<i64> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_positive_integer_written_in_one_way() {
        assert_eq!(positive("7"), Some(7));
        for text in [
            "0",
            "-1",
            "+1",
            "07",
            "abc",
            "",
            "1.0",
            "99999999999999999999",
        ] {
            assert_eq!(positive(text), None, "{text}");
        }
    }
}
