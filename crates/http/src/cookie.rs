//! Cookies of the shop's own pages, and whether a request comes from one of them.

use actix_web::HttpRequest;
use actix_web::http::header;

/// The value of a cookie.
pub fn cookie(request: &HttpRequest, name: &str) -> Option<String> {
    let headers = request.headers().get_all(header::COOKIE);
    headers
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then(|| value.to_owned()))
}

/// Whether a page of this very origin made the request, as the browser says it: by
/// `Sec-Fetch-Site`, or by `Origin` where that is too old. Scripts can set neither.
pub fn is_same_origin(request: &HttpRequest) -> bool {
    let value = |name: &str| request.headers().get(name)?.to_str().ok();
    match (value("sec-fetch-site"), value("origin"), value("host")) {
        (Some(site), _, _) => site == "same-origin",
        (None, Some(origin), Some(host)) => {
            let of_origin = origin.split_once("://").map(|(_, host)| host);
            of_origin.is_some_and(|of_origin| of_origin.eq_ignore_ascii_case(host))
        }
        (None, _, _) => false,
    }
}

/// Whether the browser speaks TLS, here or to a proxy in front. A client that lies about
/// that only makes its own cookies stricter.
pub fn is_secure(request: &HttpRequest) -> bool {
    request.connection_info().scheme() == "https"
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn request(headers: &[(&'static str, &'static str)]) -> HttpRequest {
        let request = TestRequest::post();
        let with = |request: TestRequest, header: &(&'static str, &'static str)| {
            request.append_header(*header)
        };
        headers.iter().fold(request, with).to_http_request()
    }

    #[test]
    fn only_the_browser_says_where_a_request_comes_from() {
        let of = |headers: &[(&'static str, &'static str)]| is_same_origin(&request(headers));
        let host = ("host", "shop.example:8080");

        assert!(of(&[("sec-fetch-site", "same-origin")]));
        assert!(of(&[host, ("origin", "https://shop.example:8080")]));
        for site in ["same-site", "cross-site", "none", ""] {
            let own = ("origin", "https://shop.example:8080");
            assert!(!of(&[("sec-fetch-site", site), host, own]), "{site}");
        }
        for origin in ["https://evil.example", "https://shop.example", "null", ""] {
            assert!(!of(&[host, ("origin", origin)]), "{origin}");
        }
        assert!(!of(&[host]));
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let request = request(&[("cookie", "xa=1; a=2=3"), ("cookie", "b=4")]);

        assert_eq!(cookie(&request, "a").as_deref(), Some("2=3"));
        assert_eq!(cookie(&request, "b").as_deref(), Some("4"));
        assert_eq!(cookie(&request, "c"), None);
    }
}
