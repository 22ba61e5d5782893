//! Ids in paths. Anything but a positive integer, or a UUID where ids are UUIDs, is 404.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use stampede_kernel::codes::NOT_FOUND;
use uuid::Uuid;

use crate::problem::Problem;

/// The `N`th path parameter, counted from 0, as an integer id.
#[derive(Debug, Clone, Copy)]
pub struct Id<T, const N: usize = 0>(pub T);

impl<T: From<i64>, const N: usize> FromRequest for Id<T, N> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = part(request, N).and_then(positive);
        ready(id.map(|id| Self(id.into())).ok_or_else(nothing))
    }
}

/// The `N`th path parameter, counted from 0, as a UUID.
#[derive(Debug, Clone, Copy)]
pub struct UuidId<T, const N: usize = 0>(pub T);

impl<T: From<Uuid>, const N: usize> FromRequest for UuidId<T, N> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = part(request, N).and_then(hyphenated);
        ready(id.map(|id| Self(id.into())).ok_or_else(nothing))
    }
}

fn part(request: &HttpRequest, place: usize) -> Option<&str> {
    let mut parts = request.match_info().iter();
    parts.nth(place).map(|(_, text)| text)
}

fn nothing() -> Problem {
    Problem::new(NOT_FOUND)
}

/// A UUID such as `0199a1b2-…`, in either case; its other spellings are refused.
pub fn hyphenated(text: &str) -> Option<Uuid> {
    let id = Uuid::parse_str(text).ok()?;
    (text.len() == uuid::fmt::Hyphenated::LENGTH).then_some(id)
}

/// A positive integer in plain decimal, so that a resource has one path only.
pub fn positive(text: &str) -> Option<i64> {
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

    #[test]
    fn a_uuid_is_written_with_hyphens() {
        let text = "0199a1b2-0000-7000-8000-00000000000A";
        let id = hyphenated(text).map(|id| id.to_string());
        assert_eq!(id, Some(text.to_lowercase()));
        for text in [
            "0199a1b20000700080000000000000aa",
            "7",
            "",
            "{0199a1b2-0000-7000-8000-00000000000a}",
        ] {
            assert_eq!(hyphenated(text), None, "{text}");
        }
    }
}
