//! JSON bodies: at most 64 KiB, no member that is not known, and a 422 that names the field.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::auth::confirm;
use crate::problem::{Code, FieldError, Problem};

/// The largest JSON body, in bytes (api.md §1.12).
const LIMIT_BYTES: usize = 64 * 1024;

/// A decoded JSON body. `T` carries `#[serde(deny_unknown_fields)]`.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A decoded JSON body, or `T::default()` when the body is empty.
#[derive(Debug)]
pub struct OptionalJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = is_json(request);
        let body = read(request, payload);
        let request = request.clone();
        Box::pin(async move {
            json?;
            let body = body.await?;
            confirm(&request)?;
            decode(&body).map(Self)
        })
    }
}

impl<T: DeserializeOwned + Default> FromRequest for OptionalJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = is_json(request);
        let body = read(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let body = body.await?;
            confirm(&request)?;
            if body.is_empty() {
                return Ok(Self(T::default()));
            }
            json?;
            decode(&body).map(Self)
        })
    }
}

fn is_json(request: &HttpRequest) -> Result<(), Problem> {
    let refused = || {
        Problem::because(
            Code::UnsupportedMediaType,
            "the body must be application/json in UTF-8",
        )
    };
    let json = request
        .content_type()
        .eq_ignore_ascii_case("application/json");
    let utf8 = match request.encoding() {
        Ok(encoding) => encoding.name() == "UTF-8",
        Err(_) => false,
    };
    let plain = !request.headers().contains_key(header::CONTENT_ENCODING);
    if json && utf8 && plain {
        Ok(())
    } else {
        Err(refused())
    }
}

/// The body's bytes; refused by its announced length before it is read, and by
/// its real length as soon as that is too much.
fn read(
    request: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<BytesMut, Problem>> + use<> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let mut payload = payload.take();
    async move {
        if announced.is_some_and(|length| length > LIMIT_BYTES) {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            body.extend_from_slice(&chunk.map_err(|error| broken(&error))?);
            if body.len() > LIMIT_BYTES {
                return Err(too_large());
            }
        }
        Ok(body)
    }
}

fn too_large() -> Problem {
    Problem::because(Code::PayloadTooLarge, "the body is too large")
}

pub(crate) fn broken(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => too_large(),
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            Problem::new(Code::RequestTimeout)
        }
        _ => Problem::because(Code::MalformedRequest, "the body ended early"),
    }
}

/// Decodes `body`, or says which field is at fault.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if has_nul(body) {
        return Err(Problem::because(
            Code::InvalidField,
            "a text may not contain U+0000",
        ));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| fault(&error))?;
    reader
        .end()
        .map_err(|_| Problem::because(Code::MalformedJson, "there is something after the JSON"))?;
    Ok(value)
}

/// Whether a string of the JSON has the escape of U+0000, which no database keeps alike.
fn has_nul(body: &[u8]) -> bool {
    body.windows(6).enumerate().any(|(at, six)| {
        let backslashes = body[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        six == br"\u0000" && backslashes % 2 == 0
    })
}

fn fault(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let cause = error.inner();
    match cause.classify() {
        Category::Data => Problem::fields(vec![field_fault(
            &error.path().to_string(),
            &cause.to_string(),
        )]),
        Category::Io | Category::Syntax | Category::Eof => Problem::because(
            Code::MalformedJson,
            format!(
                "the body is not JSON: line {}, column {}",
                cause.line(),
                cause.column()
            ),
        ),
    }
}

/// Turns serde's words into a stable code; `path` leads to where it stopped.
pub(crate) fn field_fault(path: &str, words: &str) -> FieldError {
    let words = words.split(" at line ").next().unwrap_or(words);
    let named = words.split('`').nth(1).unwrap_or_default();
    let parent = match path.rsplit_once('.') {
        _ if path == "." || path == named => String::new(),
        Some((parent, last)) if last == named => format!("{parent}."),
        _ => format!("{path}."),
    };
    let (field, code) = if words.starts_with("unknown field") {
        (format!("{parent}{named}"), "unknown_field")
    } else if words.starts_with("missing field") {
        (format!("{parent}{named}"), "missing_field")
    } else if words.starts_with("duplicate field") {
        (format!("{parent}{named}"), "duplicate_field")
    } else if words.starts_with("unknown variant") {
        (path.to_owned(), "unknown_value")
    } else if words.starts_with("invalid type") {
        (path.to_owned(), "wrong_type")
    } else {
        (path.to_owned(), "invalid_value")
    };
    let detail = match code {
        "unknown_field" => format!("`{field}` is not known here"),
        "missing_field" => format!("`{field}` is missing"),
        "duplicate_field" => format!("`{field}` is given twice"),
        _ => words.to_owned(),
    };
    FieldError::new(field, code, detail)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoded")]
    struct Line {
        sku: i64,
        num: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoded")]
    struct Order {
        name: String,
        #[serde(default)]
        lines: Vec<Line>,
    }

    fn refused(body: &str) -> (u16, String, String) {
        let problem = decode::<Order>(body.as_bytes()).unwrap_err();
        let first = problem.errors().first().cloned();
        (
            problem.code().status(),
            first
                .as_ref()
                .map(|first| first.code.clone())
                .unwrap_or_default(),
            first.map(|first| first.field).unwrap_or_default(),
        )
    }

    fn field(code: &str, field: &str) -> (u16, String, String) {
        (422, code.to_owned(), field.to_owned())
    }

    #[test]
    fn a_fault_names_its_field() {
        assert_eq!(
            refused(r#"{"name":"a","price":1}"#),
            field("unknown_field", "price")
        );
        assert_eq!(refused("{}"), field("missing_field", "name"));
        assert_eq!(refused(r#"{"name":1}"#), field("wrong_type", "name"));
        assert_eq!(
            refused(r#"{"name":"a","name":"b"}"#),
            field("duplicate_field", "name")
        );
        assert_eq!(
            refused(r#"{"name":"a","lines":[{"sku":1,"num":1},{"sku":1,"num":1,"price":0}]}"#),
            field("unknown_field", "lines[1].price")
        );
        assert_eq!(
            refused(r#"{"name":"a","lines":[{"sku":1,"num":-1}]}"#),
            field("invalid_value", "lines[0].num")
        );
        assert_eq!(
            refused(r#"{"name":"a","lines":[{"sku":1}]}"#),
            field("missing_field", "lines[0].num")
        );
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for body in ["", "{", "nul", "{\"name\":\"a\"} x", "\u{feff}{}"] {
            let problem = decode::<Order>(body.as_bytes()).unwrap_err();
            assert_eq!(problem.code(), Code::MalformedJson, "{body}");
        }
        assert_eq!(
            decode::<Order>(b"{\"name\":\"\xff\"}").unwrap_err().code(),
            Code::MalformedJson
        );
        let deep = "[".repeat(10_000);
        assert_eq!(
            decode::<serde_json::Value>(deep.as_bytes())
                .unwrap_err()
                .code(),
            Code::MalformedJson
        );
    }
}
