//! A peer that holds on to a connection is let go of, and keeps nobody else out.
//!
//! Deadlines are a second here; a test waits much longer than that and fails only when
//! a connection does not end at all.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use crate::server::TestShop;

const SHORT: [(&str, &str); 4] = [
    ("STAMPEDE__SERVER__REQUEST_TIMEOUT_SECS", "1"),
    ("STAMPEDE__SERVER__BODY_TIMEOUT_SECS", "1"),
    ("STAMPEDE__SERVER__SEND_TIMEOUT_SECS", "1"),
    ("STAMPEDE__SERVER__KEEP_ALIVE_SECS", "2"),
];
/// Far more than any deadline.
const LONG: Duration = Duration::from_secs(40);
const DRIP: Duration = Duration::from_millis(100);

const PING: &str = "GET /api/v1/ping HTTP/1.1\r\nhost: shop\r\n\r\n";

impl TestShop {
    fn at(&self) -> SocketAddr {
        self.running.addresses[0]
    }
}

async fn connect(shop: &TestShop) -> TcpStream {
    TcpStream::connect(shop.at()).await.unwrap()
}

/// Connects from another address of this machine.
async fn connect_from(shop: &TestShop, address: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket
        .bind(format!("{address}:0").parse().unwrap())
        .unwrap();
    socket.connect(shop.at()).await.unwrap()
}

/// What one answer says: its head, and as much body as it announces.
async fn answer(stream: &mut TcpStream) -> (String, String) {
    let reading = async {
        let mut seen = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&seen).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let wanted = head.lines().find_map(|line| {
                    let value = line.strip_prefix("content-length: ")?;
                    value.parse::<usize>().ok()
                });
                if body.len() >= wanted.unwrap_or_default() {
                    return (head.to_owned(), body.to_owned());
                }
            }
            let read = stream.read_buf(&mut seen).await.unwrap();
            assert!(read > 0, "the answer ends early: {text}");
        }
    };
    timeout(LONG, reading).await.expect("an answer comes")
}

/// Everything until the server closes.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    let reading = async {
        // A reset ends it as well.
        while stream.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {}
    };
    timeout(LONG, reading)
        .await
        .expect("the connection is closed");
    String::from_utf8_lossy(&seen).into_owned()
}

/// Sends `drop` over and over until the server has closed, and says what it answered.
async fn dripping(stream: TcpStream, drop: &'static str) -> String {
    let (mut from, mut to) = stream.into_split();
    let mut seen = Vec::new();
    let reading = async { while from.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {} };
    let writing = async {
        while to.write_all(drop.as_bytes()).await.is_ok() {
            sleep(DRIP).await;
        }
    };
    let both = async {
        tokio::join!(reading, writing);
    };
    timeout(LONG, both).await.expect("the connection is closed");
    String::from_utf8_lossy(&seen).into_owned()
}

fn assert_problem(answer: &str, status: u16, code: &str) {
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    let has = |line: &str| head.lines().any(|seen| seen.eq_ignore_ascii_case(line));
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    for line in [
        "content-type: application/problem+json",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        "x-frame-options: DENY",
        "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        "connection: close",
    ] {
        assert!(has(line), "{line} is missing in {head}");
    }
    let body: Value = serde_json::from_str(body).expect("one problem and no more");
    assert_eq!(
        (&body["code"], &body["status"]),
        (&json!(code), &json!(status))
    );
    let id = body["request_id"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    assert!(has(&format!("x-request-id: {id}")), "{head}");
}

#[actix_web::test]
async fn a_head_that_stalls_hears_408_and_is_closed_on_every_request_of_a_connection() {
    let shop = TestShop::with(&SHORT).await;

    for before in [0, 1, 2] {
        let mut stream = connect(&shop).await;
        for _ in 0..before {
            stream.write_all(PING.as_bytes()).await.unwrap();
            assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
        }
        stream.write_all(b"G").await.unwrap();

        assert_problem(&until_closed(&mut stream).await, 408, "request_timeout");
    }
}

#[actix_web::test]
async fn a_head_that_drips_is_closed_all_the_same() {
    let shop = TestShop::with(&SHORT).await;
    let mut stream = connect(&shop).await;
    stream.write_all(PING.as_bytes()).await.unwrap();
    answer(&mut stream).await;
    stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();

    assert_problem(&dripping(stream, "a: b\r\n").await, 408, "request_timeout");
}

#[actix_web::test]
async fn a_connection_without_a_word_is_closed_without_one() {
    let shop = TestShop::with(&SHORT).await;
    let mut silent = connect(&shop).await;
    let mut idle = connect(&shop).await;
    idle.write_all(PING.as_bytes()).await.unwrap();
    answer(&mut idle).await;

    assert_eq!(until_closed(&mut silent).await, "");
    assert_eq!(until_closed(&mut idle).await, "");
}

#[actix_web::test]
async fn a_body_that_drips_hears_408_and_is_not_read_on_for_ever() {
    let shop = TestShop::with(&SHORT).await;
    let head =
        "POST /api/v1/user/login HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n";
    for (length, drop) in [
        ("content-length: 1000\r\n\r\n{", " "),
        ("transfer-encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n"),
    ] {
        let mut stream = connect(&shop).await;
        stream
            .write_all(format!("{head}{length}").as_bytes())
            .await
            .unwrap();

        assert_problem(&dripping(stream, drop).await, 408, "request_timeout");
    }
}

#[actix_web::test]
async fn what_follows_an_answered_request_is_not_read_for_ever() {
    let shop = TestShop::with(&SHORT).await;
    let mut stream = connect(&shop).await;
    let head = "POST /api/v1/nowhere HTTP/1.1\r\nhost: shop\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();

    let seen = dripping(stream, "4\r\nmore\r\n").await;

    assert!(seen.starts_with("HTTP/1.1 404"), "{seen}");
    assert_eq!(seen.matches("HTTP/1.1").count(), 1, "{seen}");
}

#[actix_web::test]
async fn a_body_that_keeps_the_rate_may_take_longer() {
    let shop = TestShop::with(&[
        ("STAMPEDE__SERVER__BODY_TIMEOUT_SECS", "5"),
        ("STAMPEDE__SERVER__MIN_BYTES_PER_SEC", "100"),
    ])
    .await;
    let mut stream = connect(&shop).await;
    let body = json!({"user_name": "nobody", "password": "correct horse 9"}).to_string();
    let blanks = " ".repeat(1_000);
    let head = format!(
        "POST /api/v1/user/login HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        7 * blanks.len() + body.len()
    );

    stream.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..7 {
        sleep(Duration::from_secs(1)).await;
        stream.write_all(blanks.as_bytes()).await.unwrap();
    }
    stream.write_all(body.as_bytes()).await.unwrap();

    assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 401"));
}

#[actix_web::test]
async fn who_does_not_read_is_let_go_of() {
    let shop = TestShop::with(&SHORT).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(shop.at()).await.unwrap();
    // More than the system's buffers hold.
    let page = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nhost: shop\r\n\r\n";
    stream.write_all(page.repeat(12).as_bytes()).await.unwrap();

    let refused = async {
        while stream.write_all(b"G").await.is_ok() {
            sleep(DRIP).await;
        }
    };
    timeout(LONG, refused)
        .await
        .expect("the connection is closed");
}

#[cfg(target_os = "linux")]
#[actix_web::test]
async fn one_address_keeps_nobody_else_out() {
    let shop = TestShop::with(&[
        ("STAMPEDE__SERVER__WORKERS", "1"),
        ("STAMPEDE__SERVER__MAX_CONNECTIONS", "8"),
    ])
    .await;
    // Each is busy before the next one comes: its answer has begun and is too long
    // for the buffers between. One that is idle would make room.
    let long = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nhost: shop\r\n\r\n";
    let mut held = Vec::new();
    let refusal = loop {
        assert!(held.len() < 8, "one address has every place");
        let mut stream = connect(&shop).await;
        stream.write_all(long.as_bytes()).await.unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        if &status == b"HTTP/1.1 503" {
            break format!("HTTP/1.1 503{}", until_closed(&mut stream).await);
        }
        held.push(stream);
    };
    let mut other = connect_from(&shop, "127.0.0.2").await;
    other.write_all(PING.as_bytes()).await.unwrap();

    assert_problem(&refusal, 503, "overloaded");
    assert!(refusal.contains("\r\nretry-after: 1\r\n"), "{refusal}");
    assert!(answer(&mut other).await.0.starts_with("HTTP/1.1 200"));
}

#[cfg(target_os = "linux")]
#[actix_web::test]
async fn a_connection_that_is_idle_makes_room_for_a_new_one_of_its_address() {
    let shop = TestShop::with(&[
        ("STAMPEDE__SERVER__WORKERS", "1"),
        ("STAMPEDE__SERVER__MAX_CONNECTIONS", "8"),
    ])
    .await;
    let mut held = Vec::new();
    for _ in 0..40 {
        let mut stream = connect(&shop).await;
        stream.write_all(PING.as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }

    assert_eq!(until_closed(&mut held[0]).await, "");
    let last = held.last_mut().unwrap();
    last.write_all(PING.as_bytes()).await.unwrap();
    assert!(answer(last).await.0.starts_with("HTTP/1.1 200"));
}

#[actix_web::test]
async fn a_trusted_proxy_has_as_many_connections_as_there_are_places() {
    let shop = TestShop::with(&[
        ("STAMPEDE__SERVER__WORKERS", "1"),
        ("STAMPEDE__SERVER__MAX_CONNECTIONS", "8"),
        ("STAMPEDE__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let mut held = Vec::new();
    for _ in 0..8 {
        let mut stream = connect(&shop).await;
        stream.write_all(PING.as_bytes()).await.unwrap();
        answer(&mut stream).await;
        held.push(stream);
    }

    for stream in &mut held {
        stream.write_all(PING.as_bytes()).await.unwrap();
        assert!(answer(stream).await.0.starts_with("HTTP/1.1 200"));
    }
}

#[actix_web::test]
async fn what_is_no_request_hears_so_in_a_problem() {
    let shop = TestShop::open().await;
    let large = format!(
        "GET / HTTP/1.1\r\nhost: shop\r\nx: {}\r\n\r\n",
        "y".repeat(200_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nhost: shop\r\n{}\r\n",
        "x: y\r\n".repeat(2_000)
    );
    for (bytes, status, code) in [
        ("nonsense\r\n\r\n", 400, "malformed_request"),
        (
            "GET / HTTP/1.1\r\nbad header\r\n\r\n",
            400,
            "malformed_request",
        ),
        (
            "GET / HTTP/1.1\r\nx: \u{1}\r\n\r\n",
            400,
            "malformed_request",
        ),
        ("GET / HTTP/9.9\r\n\r\n", 400, "malformed_request"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "malformed_request"),
        (
            "POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
            400,
            "malformed_request",
        ),
        (
            "POST / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
            400,
            "malformed_request",
        ),
        (
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n",
            400,
            "malformed_request",
        ),
        (&large, 431, "head_too_large"),
        (&many, 431, "head_too_large"),
    ] {
        let mut stream = connect(&shop).await;
        // The shop may have closed before it has seen all of a large head.
        let _ = stream.write_all(bytes.as_bytes()).await;

        let seen = until_closed(&mut stream).await;
        assert_problem(&seen, status, code);
    }
}

#[actix_web::test]
async fn an_answer_comes_whole_before_what_follows_it_is_refused() {
    let shop = TestShop::open().await;
    let mut stream = connect(&shop).await;

    let both = format!("{PING}nonsense\r\n\r\n");
    stream.write_all(both.as_bytes()).await.unwrap();

    let seen = until_closed(&mut stream).await;
    let (first, second) = seen.split_once("\"success\"").expect("an answer");
    assert!(first.starts_with("HTTP/1.1 200"), "{seen}");
    assert_problem(second, 400, "malformed_request");
}

#[actix_web::test]
async fn a_long_answer_comes_whole() {
    let shop = TestShop::open().await;
    let script = shop.request(Method::GET, "/docs/swagger-ui-bundle.js");

    let answer = script.send().await.unwrap();

    let announced: usize = answer.headers()["content-length"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let body = answer.bytes().await.unwrap();
    assert!(announced > 1_000_000);
    assert_eq!(body.len(), announced);
}

#[actix_web::test]
async fn a_shop_that_closes_is_held_up_by_no_idle_connection_and_no_slow_head() {
    let shop = TestShop::open().await;
    let mut stalled = connect(&shop).await;
    stalled.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let mut idle = connect(&shop).await;
    idle.write_all(PING.as_bytes()).await.unwrap();
    answer(&mut idle).await;

    timeout(Duration::from_secs(9), shop.running.stop())
        .await
        .expect("nothing holds it up");

    assert_eq!(until_closed(&mut idle).await, "");
    until_closed(&mut stalled).await;
}
