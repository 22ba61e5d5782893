//! `stampede healthcheck`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{CommandError, say};
use crate::settings::Settings;

const PATIENCE: Duration = Duration::from_secs(5);

/// Asks `/readyz` of the shop that these settings describe.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let host = match settings.server.host {
        IpAddr::V4(any) if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(any) if any.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        host => host,
    };
    let address = SocketAddr::new(host, settings.server.port);
    let answer = tokio::time::timeout(PATIENCE, ask(address)).await;
    let status = match answer {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => return Err(CommandError::Failed(format!("{address}: {error}"))),
        Err(_) => return Err(CommandError::Failed(format!("{address} does not answer"))),
    };
    if status.contains(" 200 ") {
        say("ready");
        Ok(())
    } else {
        Err(CommandError::Failed(format!("not ready: {status}")))
    }
}

/// The status line of `/readyz`.
async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}
