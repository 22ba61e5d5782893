//! The client of a request: its address and its idempotency key.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpRequest, web};
use ipnet::IpNet;

use crate::problem::{Code, Problem};

/// Address of the client: the peer, or what a trusted proxy's `X-Forwarded-For` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The proxies whose `X-Forwarded-For` is trusted, from the settings.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(pub Vec<IpNet>);

impl TrustedProxies {
    /// Whether `address` belongs to a trusted proxy.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The first untrusted address, walking `X-Forwarded-For` from right to left. Further left
    /// may be forged.
    pub fn client(&self, peer: IpAddr, forwarded: &[&str]) -> IpAddr {
        let mut client = peer;
        for hop in forwarded.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = address_of(hop.trim()) else {
                break;
            };
            client = address;
        }
        client
    }
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` or `[2001:db8::1]:4711`.
fn address_of(hop: &str) -> Option<IpAddr> {
    hop.parse::<IpAddr>()
        .or_else(|_| {
            hop.parse::<std::net::SocketAddr>()
                .map(|socket| socket.ip())
        })
        .map(|address| address.to_canonical())
        .ok()
}

impl ClientAddress {
    /// The client of `request`.
    pub fn of(request: &HttpRequest) -> Self {
        let peer = request
            .peer_addr()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| {
                peer.ip().to_canonical()
            });
        let forwarded: Vec<&str> = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|line| line.to_str().ok())
            .collect();
        let proxies = request.app_data::<web::Data<TrustedProxies>>();
        Self(proxies.map_or(peer, |proxies| proxies.client(peer, &forwarded)))
    }

    /// The client of a request before routing.
    pub fn of_service(request: &ServiceRequest) -> Self {
        Self::of(request.request())
    }
}

impl FromRequest for ClientAddress {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The `Idempotency-Key` header, when there is one: 1–255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl IdempotencyKey {
    /// The key, where one is required.
    ///
    /// # Errors
    ///
    /// 400 `idempotency_key_required` without one.
    pub fn required(self) -> Result<String, Problem> {
        self.0
            .ok_or_else(|| Problem::new(Code::IDEMPOTENCY_KEY_REQUIRED))
    }
}

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut values = request.headers().get_all("idempotency-key");
        ready(match (values.next(), values.next()) {
            (None, _) => Ok(Self(None)),
            (Some(key), None) => visible_ascii(key.as_bytes()).map(|key| Self(Some(key))),
            (Some(_), Some(_)) => Err(malformed_key()),
        })
    }
}

/// Validates an idempotency key.
///
/// # Errors
///
/// 400 `idempotency_key_malformed` unless it has 1–255 visible ASCII characters.
pub fn visible_ascii(key: &[u8]) -> Result<String, Problem> {
    let visible = key.iter().all(u8::is_ascii_graphic) && (1..=255).contains(&key.len());
    let key = String::from_utf8(key.to_vec()).ok().filter(|_| visible);
    key.ok_or_else(malformed_key)
}

fn malformed_key() -> Problem {
    Problem::because(
        Code::IDEMPOTENCY_KEY_MALFORMED,
        "the Idempotency-Key must be one value of 1–255 visible ASCII characters",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn proxies(networks: &[&str]) -> TrustedProxies {
        TrustedProxies(networks.iter().map(|text| text.parse().unwrap()).collect())
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        let none = proxies(&[]);
        let one = proxies(&["10.0.0.0/8"]);

        assert_eq!(
            none.client(ip("192.0.2.9"), &["203.0.113.1"]),
            ip("192.0.2.9")
        );
        assert_eq!(
            one.client(ip("192.0.2.9"), &["203.0.113.1"]),
            ip("192.0.2.9")
        );
        assert_eq!(
            one.client(ip("10.0.0.1"), &["203.0.113.1, 198.51.100.7"]),
            ip("198.51.100.7")
        );
        assert_eq!(
            one.client(ip("10.0.0.1"), &["203.0.113.1", "198.51.100.7, 10.0.0.2"]),
            ip("198.51.100.7")
        );
        assert_eq!(one.client(ip("10.0.0.1"), &["nonsense"]), ip("10.0.0.1"));
        assert_eq!(one.client(ip("10.0.0.1"), &[]), ip("10.0.0.1"));
    }

    #[test]
    fn a_key_is_short_and_visible() {
        assert!(visible_ascii(b"k").is_ok());
        assert!(visible_ascii(&[b'k'; 255]).is_ok());
        for key in [&b""[..], b"a b", b"\xc3\xa9", b"a\x7f", &[b'k'; 256]] {
            assert!(visible_ascii(key).is_err(), "{key:?}");
        }
    }
}
