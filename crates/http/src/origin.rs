//! The address under which a client sees this server, for absolute URLs.

use actix_web::http::header;
use actix_web::{HttpRequest, web};

use crate::client::TrustedProxies;

/// Longest `Host` that is repeated; a name in DNS has 253 characters.
const LONGEST_HOST: usize = 261;

/// The public URL of the server, from the settings; empty when each request tells.
#[derive(Debug, Clone, Default)]
pub struct PublicUrl(pub String);

/// Scheme, host and port, such as `https://shop.example`: the public URL of the settings, else
/// what the request says. Empty when it says nothing usable.
///
/// `X-Forwarded-Proto` is believed from trusted proxies only.
pub fn of(request: &HttpRequest) -> String {
    let set = request.app_data::<web::Data<PublicUrl>>();
    if let Some(set) = set.filter(|set| !set.0.is_empty()) {
        return set.0.clone();
    }
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).filter(is_host);
    host.map_or_else(String::new, |host| {
        format!("{}://{}", scheme(request), host.to_ascii_lowercase())
    })
}

fn scheme(request: &HttpRequest) -> &'static str {
    let proxies = request.app_data::<web::Data<TrustedProxies>>();
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let trusted = peer
        .zip(proxies)
        .is_some_and(|(peer, proxies)| proxies.trusts(peer));
    let told = request.headers().get("x-forwarded-proto");
    if trusted && told.is_some_and(|told| told.as_bytes().eq_ignore_ascii_case(b"https")) {
        "https"
    } else {
        "http"
    }
}

/// A name or an address, with or without a port; nothing that means something in HTML or a URL.
fn is_host(host: &&str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    (1..=LONGEST_HOST).contains(&host.len()) && host.bytes().all(sign)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn proxied(by: &str) -> TestRequest {
        let proxies = TrustedProxies(vec!["10.0.0.0/8".parse().unwrap()]);
        TestRequest::default()
            .app_data(web::Data::new(proxies))
            .peer_addr(by.parse().unwrap())
            .insert_header((header::HOST, "Shop.example"))
            .insert_header(("x-forwarded-proto", "https"))
    }

    #[test]
    fn the_setting_beats_the_host() {
        let set = web::Data::new(PublicUrl("https://shop.example".to_owned()));
        let request = proxied("192.0.2.1:1").app_data(set);

        assert_eq!(of(&request.to_http_request()), "https://shop.example");
    }

    #[test]
    fn only_a_trusted_proxy_says_that_the_outside_is_encrypted() {
        let outside = |by| of(&proxied(by).to_http_request());

        assert_eq!(outside("10.0.0.1:1"), "https://shop.example");
        assert_eq!(outside("192.0.2.1:1"), "http://shop.example");
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        for host in [
            "",
            "a/b",
            "a b",
            "\"><script>",
            "a?b",
            "user@host",
            &"a".repeat(262),
        ] {
            assert!(!is_host(&host), "{host}");
        }
        for host in ["localhost:8080", "[::1]:80", "192.0.2.1", "shop_1.example"] {
            assert!(is_host(&host), "{host}");
        }
    }
}
