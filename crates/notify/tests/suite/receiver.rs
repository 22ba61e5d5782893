//! An HTTP server that keeps what it gets and answers as it is told.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What one request is answered with; the last one stays.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Status(u16),
    /// 302 to this place.
    Redirect(String),
    /// A head that never ends.
    Flood,
    /// Nothing, for ever.
    Silence,
}

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) line: String,
    /// By name, in lower case.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

#[derive(Default)]
struct State {
    replies: Mutex<VecDeque<Reply>>,
    heard: Mutex<Vec<Heard>>,
    raw: Mutex<Vec<u8>>,
}

pub(crate) struct Receiver {
    pub(crate) port: u16,
    state: Arc<State>,
    server: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn open(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            replies: Mutex::new(replies.into_iter().collect()),
            ..State::default()
        });
        let serving = state.clone();
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, serving.clone()));
            }
        });
        Self {
            port,
            state,
            server,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook?shop=1", self.port)
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.state.heard.lock().unwrap().clone()
    }

    /// Every byte that came in.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.state.raw.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let Some(request) = read(&mut stream, &state).await else {
        return;
    };
    state.heard.lock().unwrap().push(request);
    let reply = {
        let mut replies = state.replies.lock().unwrap();
        let next = replies.pop_front().unwrap();
        if replies.is_empty() {
            replies.push_back(next.clone());
        }
        next
    };
    let head = match reply {
        Reply::Status(status) => format!("HTTP/1.1 {status} x\r\ncontent-length: 2\r\n\r\nok"),
        Reply::Redirect(to) => {
            format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
        }
        Reply::Flood => {
            let mut line = "HTTP/1.1 200 OK\r\n".to_owned();
            while stream.write_all(line.as_bytes()).await.is_ok() {
                line = format!("x-flood: {}\r\n", "x".repeat(1_000));
            }
            return;
        }
        Reply::Silence => return std::future::pending().await,
    };
    let _ = stream.write_all(head.as_bytes()).await;
}

/// `None` for what is not HTTP.
async fn read(stream: &mut TcpStream, state: &State) -> Option<Heard> {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let count = stream
            .read(&mut part)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        state.raw.lock().unwrap().extend(&part[..count]);
        bytes.extend(&part[..count]);
        let text = String::from_utf8(bytes.clone()).ok()?;
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let mut lines = head.lines();
        let line = lines.next()?.to_owned();
        let headers: HashMap<_, _> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length: usize = headers.get("content-length")?.parse().ok()?;
        if body.len() >= length {
            let body = body.to_owned();
            return Some(Heard {
                line,
                headers,
                body,
            });
        }
    }
}
