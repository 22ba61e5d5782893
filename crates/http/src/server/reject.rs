//! Last responses on connections whose request never reached the application.

use std::time::{Duration, SystemTime};

use actix_web::body::MessageBody;
use actix_web::http::StatusCode;
use actix_web::http::header::HttpDate;
use actix_web::{HttpResponse, ResponseError};
use stampede_kernel::codes::INTERNAL;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::middleware::{add_security_headers, request_id};
use crate::problem::{Code, Problem};

/// Longest time for the client to read the response.
const TIMEOUT: Duration = Duration::from_secs(2);
/// Most bytes of input that are discarded before the close. A socket that is closed over unread
/// input is reset, and the client may lose the response.
const UNREAD: u64 = 1 << 18;

/// Sends 408: the head of a request did not arrive in time.
pub(super) async fn slow_head(stream: TcpStream) {
    let detail = "the head of the request took too long to arrive";
    say(stream, || Problem::because(Code::REQUEST_TIMEOUT, detail)).await;
}

/// Sends 400 or 431 as a problem, where the dispatcher would have sent the bare status.
pub(super) async fn unreadable(stream: TcpStream, status: StatusCode) {
    let code = match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Code::HEAD_TOO_LARGE,
        status if status.is_client_error() => Code::MALFORMED_REQUEST,
        _ => INTERNAL.into(),
    };
    say(stream, || Problem::new(code)).await;
}

/// Sends 503: the address has too many connections.
pub(super) async fn too_many(stream: TcpStream) {
    let detail = "too many connections come from this address";
    say(stream, || Problem::overloaded(detail)).await;
}

/// Sends the problem and closes in order.
async fn say(mut stream: TcpStream, problem: impl FnOnce() -> Problem) {
    let answer = request_id::with_new_id(|| written(problem().error_response()));
    let told = async {
        stream.write_all(&answer).await?;
        stream.shutdown().await?;
        let mut rest = stream.take(UNREAD);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
    };
    let _ = timeout(TIMEOUT, told).await;
}

/// The answer as bytes, with the headers that all answers have.
fn written(mut response: HttpResponse) -> Vec<u8> {
    add_security_headers(response.headers_mut());
    let status = response.status();
    let mut head = format!("HTTP/1.1 {status}\r\n").into_bytes();
    for (name, value) in response.headers() {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    let body = response.into_body().try_into_bytes().unwrap_or_default();
    let date = HttpDate::from(SystemTime::now());
    let rest = format!(
        "content-length: {}\r\nconnection: close\r\ndate: {date}\r\n\r\n",
        body.len()
    );
    head.extend_from_slice(rest.as_bytes());
    head.extend_from_slice(&body);
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_answer_is_a_problem_like_every_other() {
        let problem = request_id::with_new_id(|| {
            written(Problem::overloaded("too many connections").error_response())
        });

        let text = String::from_utf8(problem).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let has = |line: &str| head.lines().any(|seen| seen == line);
        assert!(head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
        assert!(has("content-type: application/problem+json"));
        assert!(has("retry-after: 1"));
        assert!(has("connection: close"));
        assert!(has("referrer-policy: same-origin"));
        assert_eq!(body["code"], "overloaded");
        let id = body["request_id"].as_str().unwrap();
        assert!(has(&format!("x-request-id: {id}")));
    }
}
