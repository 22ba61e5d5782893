//! JSON bodies: at most 64 KiB; a 422 names the field at fault, unknown members included.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::decode::{self, DecodeError};
use crate::problem::{Code, Problem};
use crate::recheck::recheck;

/// The largest JSON body, in bytes (api.md §1.12).
const LIMIT_BYTES: usize = 64 * 1024;
/// Deepest nesting of lists and objects.
const DEEPEST: usize = 127;

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
            recheck(&request)?;
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
            recheck(&request)?;
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
            Code::UNSUPPORTED_MEDIA_TYPE,
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
    if json && utf8 && is_plain(request) {
        Ok(())
    } else {
        Err(refused())
    }
}

/// Whether the body has no content encoding.
fn is_plain(request: &HttpRequest) -> bool {
    let encodings = request.headers().get_all(header::CONTENT_ENCODING);
    encodings
        .flat_map(|codings| codings.as_bytes().split(|byte| *byte == b','))
        .all(|coding| coding.trim_ascii().eq_ignore_ascii_case(b"identity"))
}

/// Reads the body. It is refused by its announced length before it is read, and by its real
/// length once that exceeds the limit.
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
            body.extend_from_slice(&chunk.map_err(|error| payload_problem(&error))?);
            if body.len() > LIMIT_BYTES {
                return Err(too_large());
            }
        }
        Ok(body)
    }
}

fn too_large() -> Problem {
    Problem::because(Code::PAYLOAD_TOO_LARGE, "the body is too large")
}

/// The problem of a body that did not arrive: too large, too slow, or cut off.
pub fn payload_problem(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => too_large(),
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            Problem::new(Code::REQUEST_TIMEOUT)
        }
        _ => Problem::because(Code::MALFORMED_REQUEST, "the body ended early"),
    }
}

/// Decodes `body`, or names the field at fault. Each pass over the bytes is linear, and nesting
/// is bounded by `DEEPEST`.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // Some editors and clients begin a file with a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = std::str::from_utf8(body)
        .map_err(|_| Problem::because(Code::MALFORMED_JSON, "the body is not UTF-8"))?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| malformed(&error))?;
    if depth(body) > DEEPEST {
        let detail = "the JSON is nested too deeply";
        return Err(Problem::because(Code::MALFORMED_JSON, detail));
    }
    // The grammar is right, so what fails now is a number or an escape that has no value.
    let mut reader = serde_json::Deserializer::from_str(text);
    let tree = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let fault = decode::field_error(error.path(), &DecodeError::InvalidValue);
        Problem::fields(vec![fault])
    })?;
    decode::decode(tree).map_err(|fault| Problem::fields(vec![fault]))
}

fn malformed(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let detail = format!("the body is not JSON: line {line}, column {column}");
    Problem::because(Code::MALFORMED_JSON, detail)
}

/// Deepest nesting of a well-formed JSON text.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_text(&mut bytes),
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Skips the rest of a string.
fn skip_text(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
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
        let status = problem.code().status();
        let first = problem.errors().first();
        first.map_or_else(
            || (status, String::new(), String::new()),
            |first| (status, first.code.to_owned(), first.field.to_string()),
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
            field("out_of_range", "lines[0].num")
        );
        assert_eq!(
            refused(r#"{"name":"a","lines":[{"sku":1}]}"#),
            field("missing_field", "lines[0].num")
        );
    }

    #[test]
    fn a_fault_of_the_whole_body_has_no_name() {
        assert_eq!(refused("[]"), field("wrong_type", "."));
        assert_eq!(refused(r#"["a",[]]"#), field("wrong_type", "."));
        assert_eq!(refused("7"), field("wrong_type", "."));
        assert_eq!(refused(r#"{"lines":[3]}"#), field("wrong_type", "lines[0]"));
    }

    #[test]
    fn u_0000_is_refused_wherever_it_stands_and_an_escaped_backslash_is_none() {
        for body in [r#"{"name":"a\u0000"}"#, r#"{"name":"\\\u0000"}"#] {
            assert_eq!(refused(body), field("characters", "name"), "{body}");
        }
        let escaped = r#"{"name":"\\u0000"}"#;
        assert_eq!(decode::<Order>(escaped.as_bytes()).unwrap().name, r"\u0000");
    }

    #[test]
    fn nothing_that_was_sent_comes_back() {
        for body in [
            r#"{"name":81726354}"#,
            r#"{"name":{"a":"81726354"}}"#,
            r#"{"name":"a","lines":[{"sku":"81726354","num":1}]}"#,
            r#"{"name":"a","lines":[{"sku":1,"num":81726354817263548}]}"#,
            r#"{"name":"a","lines":"81726354"}"#,
            r#"{"name":"a","81726354 x":1}"#,
            r#"{"name":"a","<81726354>":1}"#,
            r#""81726354""#,
            r#"{"name":"81726354"#,
            r#"{"name":1e81726354}"#,
            r#"{"name":"\ud800 81726354"}"#,
        ] {
            let problem = decode::<Order>(body.as_bytes()).unwrap_err();
            let shown = format!("{problem:?}");
            assert!(!shown.contains("81726354"), "{body}: {shown}");
            assert!(
                !shown.contains("struct") && !shown.contains("Order"),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_number_or_an_escape_without_a_value_is_a_fault_of_its_field() {
        assert_eq!(
            refused(r#"{"name":"a","lines":[{"sku":1e999,"num":1}]}"#),
            field("invalid_value", "lines[0].sku")
        );
        assert_eq!(
            refused(r#"{"name":"\ud800"}"#),
            field("invalid_value", "name")
        );
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for body in [
            "",
            "{",
            "nul",
            "{} {}",
            "{\"name\":\"a\"} x",
            "\u{feff}",
            "{\"name\":\"\n\"}",
        ] {
            let problem = decode::<Order>(body.as_bytes()).unwrap_err();
            assert_eq!(problem.code(), Code::MALFORMED_JSON, "{body}");
        }
        assert_eq!(
            decode::<Order>(b"{\"name\":\"\xff\"}").unwrap_err().code(),
            Code::MALFORMED_JSON
        );
    }

    #[test]
    fn json_that_is_nested_too_deeply_is_malformed_and_never_descended_into() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let code = |json: &str| {
            decode::<serde_json::Value>(json.as_bytes())
                .map(|_| "taken")
                .map_err(|problem| problem.code().name())
        };

        assert_eq!(code(&nested(DEEPEST)), Ok("taken"));
        assert_eq!(code(&nested(DEEPEST + 1)), Err("malformed_json"));
        assert_eq!(code(&nested(30_000)), Err("malformed_json"));
        assert_eq!(code(&"[".repeat(60_000)), Err("malformed_json"));
        assert_eq!(code(&format!("\"{}\"", "[".repeat(60_000))), Ok("taken"));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert!(decode::<Order>("\u{feff}{\"name\":\"a\"}".as_bytes()).is_ok());
    }

    /// Sixteen times the bytes may take sixteen times the work, not 256 times. The
    /// shortest of several runs is compared, and with a wide margin.
    #[test]
    fn the_work_grows_with_the_body_and_not_with_its_square() {
        let shortest = |body: &str| {
            let run = || {
                let started = std::time::Instant::now();
                let _ = decode::<Order>(body.as_bytes());
                started.elapsed()
            };
            (0..7).map(|_| run()).min().unwrap()
        };
        let texts: [fn(usize) -> String; 4] = [
            |size| "\\".repeat(size),
            |size| format!("{{\"name\":\"{}\"}}", "\\\\".repeat(size / 2)),
            |size| format!("{{\"name\":\"{}\"}}", "\\u0000".repeat(size / 6)),
            |size| format!("{{{}\"z\":1}}", "\"a\":1,".repeat(size / 6)),
        ];
        for text in texts {
            let (short, long) = (text(LIMIT_BYTES / 16), text(LIMIT_BYTES));
            let bound = shortest(&short).max(std::time::Duration::from_millis(1)) * 80;
            assert!(shortest(&long) < bound, "{}", &short[..20]);
        }
    }
}
