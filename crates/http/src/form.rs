//! Multipart forms: an error names the part at fault, unknown parts included.

use actix_multipart::form::{
    FieldReader, Limits, MultipartCollect, MultipartForm, MultipartFormConfig,
};
use actix_multipart::{Field, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{Error, FromRequest, HttpRequest};
use futures::StreamExt;
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use stampede_kernel::FieldError;

use crate::decode::{DecodeError, parse_bool, parse_integer, safe_name};
use crate::json::{self, payload_problem};
use crate::problem::{Code, Problem};
use crate::recheck::recheck;

/// Largest form, in bytes: ten pictures of 8 MiB and the texts beside them. Each part has a
/// limit of its own.
const LIMIT_BYTES: usize = 84 * 1024 * 1024;

/// The configuration of all forms. A form's type has `#[multipart(deny_unknown_fields,
/// duplicate_field = "deny")]` and a limit for each field.
pub fn config() -> MultipartFormConfig {
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
            fault_of(safe_name(name), "unknown_field", "is not known here")
        }
        MultipartError::MissingField(name) => fault_of(name, "missing_field", "is missing"),
        MultipartError::DuplicateField(name) => fault_of(name, "duplicate_field", "is given twice"),
        MultipartError::Payload(error) => payload_problem(error),
        MultipartError::Field { name, source } => match source.as_error::<Problem>() {
            Some(problem) => problem.clone(),
            None => fault_of(name, "invalid_value", "cannot be read"),
        },
        MultipartError::ContentTypeIncompatible
        | MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse => Problem::because(
            Code::UNSUPPORTED_MEDIA_TYPE,
            "the body must be multipart/form-data",
        ),
        _ => Problem::new(Code::MALFORMED_FORM),
    }
}

/// A part that breaks its rule.
fn fault_of(part: &str, code: &'static str, words: &str) -> Problem {
    Problem::field(part.to_owned(), code, format!("`{part}` {words}"))
}

/// A decoded form. Where the handler requires a caller, the caller must still be signed in when
/// the last byte has arrived.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T: MultipartCollect + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = MultipartForm::<T>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let MultipartForm(form) = form.await?;
            recheck(&request)?;
            Ok(Self(form))
        })
    }
}

/// Largest picture, in bytes (api.md §1.12).
const PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// Largest text, in bytes.
const TEXT_BYTES: usize = 256 * 1024;

/// An uploaded picture of at most 8 MiB; `None` for the empty part without a file name that a
/// browser sends when no file was chosen.
#[derive(Debug)]
pub struct Picture(Option<Vec<u8>>);

/// The pictures that were uploaded, at most `most`.
pub fn pictures(sent: Vec<Picture>, most: usize) -> Result<Vec<Vec<u8>>, Problem> {
    let files: Vec<_> = sent.into_iter().filter_map(|picture| picture.0).collect();
    if files.len() > most {
        let detail = format!("at most {most} files can be sent");
        return Err(Problem::field("file", "too_many", detail));
    }
    Ok(files)
}

/// Largest file that is not a picture, in bytes.
const FILE_BYTES: usize = 8 * 1024 * 1024;

/// The bytes of an uploaded file, at most 8 MiB.
#[derive(Debug)]
pub struct FilePart(pub Vec<u8>);

impl<'t> FieldReader<'t> for FilePart {
    type Future = Reading<'t, Self>;

    fn read_field(_: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(async move { all(field, limits, FILE_BYTES).await.map(Self) })
    }
}

/// A required part: a text, a number or a flag.
#[derive(Debug)]
pub struct TextPart<T>(pub T);

/// An optional part. An empty one, which a browser sends for an input without text, counts as
/// absent.
#[derive(Debug)]
pub struct OptionalPart<T>(pub Option<T>);

/// A type that can be parsed from the text of a part.
pub trait FromPart: Sized + 'static {
    /// Parses the text.
    fn from_part(text: &str) -> Result<Self, DecodeError>;
}

impl FromPart for String {
    fn from_part(text: &str) -> Result<Self, DecodeError> {
        Ok(text.to_owned())
    }
}

impl FromPart for i64 {
    fn from_part(text: &str) -> Result<Self, DecodeError> {
        parse_integer(text)
    }
}

impl FromPart for bool {
    fn from_part(text: &str) -> Result<Self, DecodeError> {
        parse_bool(text).ok_or(DecodeError::WrongType("`true` or `false`"))
    }
}

/// A part with JSON; an empty one counts as absent.
#[derive(Debug)]
pub struct JsonPart<T>(pub Option<T>);

type Reading<'t, T> = LocalBoxFuture<'t, Result<T, MultipartError>>;

impl<'t> FieldReader<'t> for Picture {
    type Future = Reading<'t, Self>;

    fn read_field(_: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(async move {
            let disposition = field.content_disposition();
            let name = disposition.and_then(|disposition| disposition.get_filename());
            let named = name.is_some_and(|name| !name.is_empty());
            let bytes = all(field, limits, PICTURE_BYTES).await?;
            Ok(Self((named || !bytes.is_empty()).then_some(bytes)))
        })
    }
}

impl<'t, T: FromPart> FieldReader<'t> for TextPart<T> {
    type Future = Reading<'t, Self>;

    fn read_field(_: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(async move {
            let (name, text) = text(field, limits).await?;
            read(&name, &text).map(Self)
        })
    }
}

impl<'t, T: FromPart> FieldReader<'t> for OptionalPart<T> {
    type Future = Reading<'t, Self>;

    fn read_field(_: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(async move {
            let (name, text) = text(field, limits).await?;
            let given = Some(text.trim()).filter(|text| !text.is_empty());
            given.map(|text| read(&name, text)).transpose().map(Self)
        })
    }
}

impl<'t, T: DeserializeOwned + 'static> FieldReader<'t> for JsonPart<T> {
    type Future = Reading<'t, Self>;

    fn read_field(_: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(async move {
            let (name, text) = text(field, limits).await?;
            if text.trim().is_empty() {
                return Ok(Self(None));
            }
            json::decode(text.as_bytes())
                .map(|value| Self(Some(value)))
                .map_err(|problem| {
                    let problem = Problem::fields(inside(&name, &problem));
                    at(&name, problem)
                })
        })
    }
}

/// The errors of JSON inside a part, with the part's name before each path.
fn inside(part: &str, problem: &Problem) -> Vec<FieldError> {
    if problem.errors().is_empty() {
        let detail = problem.detail().to_owned();
        return vec![FieldError::new(part.to_owned(), "invalid_value", detail)];
    }
    let named = |fault: &FieldError| {
        let field = match &*fault.field {
            "." => part.to_owned(),
            place if place.starts_with('[') => format!("{part}{place}"),
            place => format!("{part}.{place}"),
        };
        FieldError::new(field, fault.code, fault.detail.clone())
    };
    problem.errors().iter().map(named).collect()
}

fn read<T: FromPart>(name: &str, text: &str) -> Result<T, MultipartError> {
    T::from_part(text).map_err(|fault| {
        let (code, words) = fault.words();
        wrong(name, code, &words)
    })
}

/// Reads a whole part of at most `most` bytes.
async fn all(
    mut field: Field,
    limits: &mut Limits,
    most: usize,
) -> Result<Vec<u8>, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk?;
        limits.try_consume_limits(chunk.len(), true)?;
        if bytes.len() + chunk.len() > most {
            return Err(MultipartError::Payload(PayloadError::Overflow));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads the name and the text of a part.
async fn text(field: Field, limits: &mut Limits) -> Result<(String, String), MultipartError> {
    let name = field.name().unwrap_or_default().to_owned();
    let bytes = all(field, limits, TEXT_BYTES).await?;
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            Err(wrong(&name, "characters", "may not contain U+0000"))
        }
        Ok(text) => Ok((name, text)),
        Err(_) => Err(wrong(&name, "characters", "must be text in UTF-8")),
    }
}

fn wrong(name: &str, code: &'static str, words: &str) -> MultipartError {
    at(name, fault_of(name, code, words))
}

fn at(name: &str, problem: Problem) -> MultipartError {
    MultipartError::Field {
        name: name.to_owned(),
        source: problem.into(),
    }
}
