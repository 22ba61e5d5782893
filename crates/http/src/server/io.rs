//! The socket as the HTTP dispatcher sees it.

use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::connection::Connection;

/// The longest answer that is looked at as a possible refusal of the framework.
const BARE: usize = 160;
/// How every answer begins.
const START: &[u8] = b"HTTP/1.";
/// All that a bare refusal says.
const HEADERS: [&str; 3] = ["content-length: 0", "connection: ", "date: "];

/// Tells its connection what moves; gives the socket back to it in the end.
pub(super) struct Io {
    /// `None` only while this is dropped.
    stream: Option<TcpStream>,
    pub(super) connection: Rc<Connection>,
}

impl Io {
    pub(super) fn new(stream: TcpStream, connection: Rc<Connection>) -> Self {
        Self {
            stream: Some(stream),
            connection,
        }
    }

    fn stream(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let stream = self.stream.as_mut().map(Pin::new);
        stream.ok_or_else(|| io::Error::from(io::ErrorKind::NotConnected))
    }
}

impl AsyncRead for Io {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = self.stream()?.poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.connection.received(Instant::now());
        }
        polled
    }
}

impl AsyncWrite for Io {
    /// Writes all of `bytes` but a bare refusal at their end: its status is kept, and
    /// the connection's task answers with a problem in its place.
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let (answers, refused) = match bare_refusal(bytes) {
            None => (bytes, None),
            Some((at, status)) => (bytes.split_at(at).0, Some(status)),
        };
        let written = if answers.is_empty() {
            0
        } else {
            match self.stream()?.poll_write(context, answers) {
                Poll::Ready(written) => written?,
                Poll::Pending => {
                    self.connection.cannot_send(Instant::now());
                    return Poll::Pending;
                }
            }
        };
        self.connection.sent(Instant::now(), written);
        if let Some(status) = refused.filter(|_| written == answers.len()) {
            self.connection.refused.set(Some(status));
            return Poll::Ready(Ok(bytes.len()));
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_shutdown(context)
    }
}

impl Drop for Io {
    fn drop(&mut self) {
        self.connection.returned.replace(self.stream.take());
    }
}

/// Position and status of a bare refusal by actix-http itself in `bytes`.
///
/// Input that is no request never reaches the application: the dispatcher answers it with a
/// status line, three headers and no body, and then closes. No response of the application
/// looks like that, for each has an `x-request-id`.
fn bare_refusal(bytes: &[u8]) -> Option<(usize, StatusCode)> {
    if !bytes.ends_with(b" GMT\r\n\r\n") {
        return None;
    }
    let window = bytes.len().saturating_sub(BARE);
    let tail = bytes.get(window..)?;
    let begin = tail.windows(START.len()).rposition(|seen| seen == START)?;
    let text = std::str::from_utf8(tail.get(begin..)?).ok()?;
    let mut lines = text.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse::<u16>().ok()?;
    let status = StatusCode::from_u16(status).ok()?;
    let known = |line: &str| line.is_empty() || HEADERS.iter().any(|name| line.starts_with(name));
    let refusal = status.is_client_error() || status.is_server_error();
    (refusal && lines.all(known)).then_some((window + begin, status))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "date: Fri, 27 Nov 2026 12:00:00 GMT\r\n\r\n";

    fn refusal(text: &str) -> Option<(usize, u16)> {
        bare_refusal(text.as_bytes()).map(|(at, status)| (at, status.as_u16()))
    }

    #[test]
    fn a_refusal_of_the_framework_is_told_from_every_answer_of_the_shop() {
        let bare =
            format!("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n{DATE}");
        let large =
            format!("HTTP/1.0 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n{DATE}");

        assert_eq!(refusal(&bare), Some((0, 400)));
        assert_eq!(refusal(&large), Some((0, 431)));
        let before = "HTTP/1.1 200 OK\r\ncontent-length: 300\r\n\r\n".to_owned() + &"x".repeat(300);
        assert_eq!(
            refusal(&(before.clone() + &bare)),
            Some((before.len(), 400))
        );
        for ours in [
            format!("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nx-request-id: 1\r\n{DATE}"),
            format!("HTTP/1.1 204 No Content\r\n{DATE}"),
            format!("{bare}tail"),
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_owned(),
            String::new(),
        ] {
            assert_eq!(refusal(&ours), None, "{ours}");
        }
    }
}
