//! Types of the webhook service, and validation.

use std::borrow::Cow;

use secrecy::SecretString;
use stampede_kernel::{DeliveryId, FieldError, Timestamp, WebhookId};
use stampede_persistence::entity::webhook_delivery::{self, DeliveryStatus};
use url::{Host, Url};

use super::EgressPolicy;

/// Maximum length of a URL, in bytes.
const MAX_URL: usize = 2_048;
/// Matches every event, also those of later releases.
const EVERY: &str = "*";
/// The events of an order.
const EVENTS: [&str; 6] = [
    "order.placed",
    "order.paid",
    "order.cancelled",
    "order.shipped",
    "order.completed",
    "order.refunded",
];

/// A webhook to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// The URL of deliveries: http or https, without credentials.
    pub url: String,
    /// `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`,
    /// `order.completed`, `order.refunded`, or `*` for all.
    pub events: Vec<String>,
}

/// A webhook endpoint that receives order events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The URL of deliveries.
    pub url: String,
    /// The events it is subscribed to.
    pub events: Vec<String>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Since when no delivery has succeeded; `None` while they succeed.
    pub failing_since: Option<Timestamp>,
    /// When it was disabled because its receiver had failed for days.
    pub disabled_at: Option<Timestamp>,
}

impl Webhook {
    pub(super) fn listens_to(&self, event: &str) -> bool {
        self.events.iter().any(|own| own == event || own == EVERY)
    }
}

/// A newly registered webhook with its secret, which is never shown again.
#[derive(Debug)]
pub struct Registered {
    /// The webhook.
    pub webhook: Webhook,
    /// The key of its signatures.
    pub secret: SecretString,
}

/// A delivery of one event to one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, which the receiver gets as `Stampede-Delivery`.
    pub id: DeliveryId,
    /// The webhook.
    pub webhook: WebhookId,
    /// `order.paid` …
    pub event: String,
    /// The status of the delivery.
    pub status: DeliveryStatus,
    /// Number of attempts.
    pub attempts: i32,
    /// The HTTP status of the last attempt; `None` without an answer.
    pub answer_status: Option<i32>,
    /// The error of the last attempt.
    pub last_error: Option<String>,
    /// When the event happened.
    pub created_at: Timestamp,
    /// When it was delivered.
    pub delivered_at: Option<Timestamp>,
}

impl From<webhook_delivery::Model> for Delivery {
    fn from(row: webhook_delivery::Model) -> Self {
        Self {
            id: row.id,
            webhook: row.webhook_id,
            event: row.event,
            status: row.status,
            attempts: row.attempts,
            answer_status: row.answer_status,
            last_error: row.last_error,
            created_at: row.created_at,
            delivered_at: row.delivered_at,
        }
    }
}

/// Validates a new webhook. An IP address in the URL is checked here, a host name
/// whenever it is resolved.
pub(super) fn check(new: &NewWebhook, egress: EgressPolicy) -> Result<(), FieldError> {
    check_url(&new.url, egress)?;
    check_events(&new.events)
}

fn check_url(text: &str, egress: EgressPolicy) -> Result<(), FieldError> {
    let refuse = |code, detail: &'static str| Err(FieldError::new("url", code, detail));
    if text.len() > MAX_URL {
        return refuse("too_long", "must have at most 2048 bytes");
    }
    // The parser forgives these silently; what is shown must be what is used.
    if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return refuse(
            "characters",
            "must not contain spaces or control characters",
        );
    }
    let Ok(url) = Url::parse(text) else {
        return refuse(
            "not_a_url",
            "must be a URL such as https://example.com/hook",
        );
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("scheme", "must begin with https:// or http://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("credentials", "must not contain a user name or a password");
    }
    // The client that delivers reads it more strictly: "http://{!" is a URL, and no address.
    if url.as_str().parse::<hyper::Uri>().is_err() {
        return refuse("not_a_url", "has characters that no address has");
    }
    match url.host() {
        None => refuse("not_a_url", "must name a host"),
        Some(host) if !may_be_reached(&host, egress) => {
            refuse("private_target", "must not lead into a private network")
        }
        Some(_) => Ok(()),
    }
}

/// Checks the host without resolving it; `localhost` needs no resolver (RFC 6761).
fn may_be_reached(host: &Host<&str>, egress: EgressPolicy) -> bool {
    match host {
        Host::Ipv4(address) => egress.allows((*address).into()),
        Host::Ipv6(address) => egress.allows((*address).into()),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            egress == EgressPolicy::Any || !(name == "localhost" || name.ends_with(".localhost"))
        }
    }
}

fn check_events(events: &[String]) -> Result<(), FieldError> {
    let refuse = |code, detail: Cow<'static, str>| Err(FieldError::new("events", code, detail));
    if events.is_empty() {
        return refuse("too_few", "must name at least one event".into());
    }
    for (place, event) in events.iter().enumerate() {
        if event != EVERY && !EVENTS.contains(&event.as_str()) {
            return refuse(
                "unknown_event",
                format!("must be among {}, *", EVENTS.join(", ")).into(),
            );
        }
        if events[..place].contains(event) {
            return refuse("duplicate", "must not name an event twice".into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(url: &str, egress: EgressPolicy) -> Result<(), &'static str> {
        check_url(url, egress).map_err(|fault| fault.code)
    }

    #[test]
    fn a_url_that_is_none_of_the_webs_is_refused() {
        let long = format!("https://example.com/{}", "x".repeat(MAX_URL));
        for (url, code) in [
            ("", "not_a_url"),
            ("example.com/hook", "not_a_url"),
            ("/hook", "not_a_url"),
            ("http://", "not_a_url"),
            ("http:{!", "not_a_url"),
            ("https://exa mple.com", "characters"),
            ("https://example.com/\r\nX: y", "characters"),
            ("ftp://example.com", "scheme"),
            ("file:///etc/passwd", "scheme"),
            ("gopher://example.com", "scheme"),
            ("javascript:alert(1)", "scheme"),
            ("https://user@example.com", "credentials"),
            ("https://user:password@example.com", "credentials"),
            ("https://:password@example.com", "credentials"),
            (long.as_str(), "too_long"),
        ] {
            assert_eq!(judged(url, EgressPolicy::Any), Err(code), "{url}");
        }
    }

    #[test]
    fn a_private_target_is_refused_however_it_is_spelled() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://017700000001/",
            "http://127.1/",
            "http://1２7.0.0.1/",
            "http://127。0。0。1/",
            "http://%31%32%37.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[0:0:0:0:0:0:0:1]/",
            "http://[fd00::1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://0/",
            "http://10.1.2.3:8080/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://shop.localhost/",
        ] {
            assert_eq!(
                judged(url, EgressPolicy::Public),
                Err("private_target"),
                "{url}"
            );
            assert_eq!(judged(url, EgressPolicy::Any), Ok(()), "{url}");
        }
    }

    /// Pieces of URLs, glued together in any order, and anything else.
    fn like_a_url() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => proptest::sample::select(vec![
                "http", "https", "ftp", "://", ":", "//", "/", "@", "[", "]", "::", "%31", "%",
                "127.0.0.1", "2130706433", "0x7f.1", "0177.1", "localhost", ".localhost", "::1",
                "::ffff:7f00:1", "fd00::1", "example.com", "例え.jp", "。", "１", ".", "?", "#",
                "\\", ":80", ":99999", "\t", "\u{0}", "\u{ad}", "\u{202e}", "xn--", "-",
            ])
            .prop_map(str::to_owned),
            1 => any::<String>(),
        ];
        let pieces = proptest::collection::vec(piece, 0..12);
        prop_oneof![
            pieces.prop_map(|pieces| pieces.concat()),
            any::<std::net::IpAddr>().prop_map(|address| match address {
                std::net::IpAddr::V4(v4) => format!("http://{v4}/"),
                std::net::IpAddr::V6(v6) => format!("http://[{v6}]/"),
            }),
            any::<u32>().prop_map(|number| format!("http://{number:#x}/")),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// What is registered is a URL of the web, and its address, as the client that
        /// delivers will read it, is one that may be reached.
        #[test]
        fn a_url_that_is_taken_leads_where_it_may(text in like_a_url()) {
            let judged = judged(&text, EgressPolicy::Public);
            let Ok(()) = judged else { return Ok(()) };

            let url = Url::parse(&text).unwrap();
            prop_assert!(matches!(url.scheme(), "http" | "https"));
            prop_assert!(url.username().is_empty() && url.password().is_none());
            let uri: hyper::Uri = url.as_str().parse().unwrap();
            let host = uri.host().unwrap().trim_matches(['[', ']']);
            if let Ok(address) = host.parse::<std::net::IpAddr>() {
                prop_assert!(EgressPolicy::Public.allows(address), "{text} leads to {address}");
            }
            prop_assert!(!host.trim_end_matches('.').ends_with("localhost"), "{}", host);
        }
    }

    #[test]
    fn a_url_of_the_web_is_taken() {
        for url in [
            "https://example.com",
            "http://example.com:8080/hook?shop=1#x",
            "https://1.1.1.1/",
            "https://[2606:4700:4700::1111]/",
            "https://例え.jp/hook",
        ] {
            assert_eq!(judged(url, EgressPolicy::Public), Ok(()), "{url}");
        }
    }

    #[test]
    fn events_that_do_not_exist_or_repeat_are_refused() {
        let judge = |events: &[&str]| {
            let events: Vec<_> = events.iter().map(ToString::to_string).collect();
            check_events(&events).map_err(|fault| fault.code)
        };

        assert_eq!(judge(&[]), Err("too_few"));
        assert_eq!(judge(&["order.lost"]), Err("unknown_event"));
        assert_eq!(judge(&["order.*"]), Err("unknown_event"));
        assert_eq!(judge(&["*", "*"]), Err("duplicate"));
        assert_eq!(judge(&EVENTS), Ok(()));
        assert_eq!(judge(&["*"]), Ok(()));
    }
}
