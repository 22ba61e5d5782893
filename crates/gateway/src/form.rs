//! Multipart forms: no part that is not known, and a refusal that names it.

use actix_multipart::MultipartError;
use actix_multipart::form::MultipartFormConfig;
use actix_web::{Error, HttpRequest};

use crate::json::broken;
use crate::problem::{Code, Problem};

/// Ten pictures of 8 MiB and the texts beside them; each field has a limit of its own.
const LIMIT_BYTES: usize = 84 * 1024 * 1024;

/// How every form is read. A form's type carries `#[multipart(deny_unknown_fields,
/// duplicate_field = "deny")]` and a limit for each field.
pub(crate) fn config() -> MultipartFormConfig {
    MultipartFormConfig::default()
        .total_limit(LIMIT_BYTES)
        .memory_limit(LIMIT_BYTES)
        .error_handler(|error, request| refused(&error, request))
}

fn refused(error: &MultipartError, _: &HttpRequest) -> Error {
    Error::from(problem(error))
}

fn problem(error: &MultipartError) -> Problem {
    match error {
        MultipartError::UnknownField(name) => {
            Problem::field(name, "unknown_field", format!("`{name}` is not known here"))
        }
        MultipartError::MissingField(name) => {
            Problem::field(name, "missing_field", format!("`{name}` is missing"))
        }
        MultipartError::DuplicateField(name) => {
            Problem::field(name, "duplicate_field", format!("`{name}` is given twice"))
        }
        MultipartError::Payload(error) => broken(error),
        MultipartError::Field { name, source } => match source.as_error::<Problem>() {
            Some(problem) => problem.clone(),
            None => Problem::field(name, "invalid_value", format!("`{name}` cannot be read")),
        },
        MultipartError::ContentTypeIncompatible
        | MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse => Problem::because(
            Code::UnsupportedMediaType,
            "the body must be multipart/form-data",
        ),
        _ => Problem::new(Code::MalformedForm),
    }
}
