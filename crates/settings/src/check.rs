//! Validation of settings: known keys, types, ranges, and rules of the profile.

use std::ops::RangeInclusive;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::{Profile, Settings, Transport};

/// Keys whose values are never shown.
const SECRETS: [&str; 5] = [
    "auth.jwt_secret",
    "auth.pepper",
    "database.url",
    "redis.url",
    "mail.url",
];

/// Fewest characters of a secret: a good passphrase has 32, 256 bits in hexadecimal 64.
const SECRET_CHARS: usize = 32;

/// Ranges of integers, where the type does not give them.
const RANGES: &[(&str, RangeInclusive<i64>)] = &[
    ("server.port", 0..=65_535),
    ("server.workers", 0..=512),
    ("server.rate_per_user", 0..=1_000_000),
    ("server.rate_per_address", 0..=1_000_000),
    ("server.request_timeout_secs", 1..=600),
    ("server.body_timeout_secs", 1..=600),
    ("server.send_timeout_secs", 1..=600),
    ("server.min_bytes_per_sec", 1..=1_000_000_000),
    ("server.keep_alive_secs", 1..=3_600),
    ("server.max_connections", 1..=1_000_000),
    ("server.connections_per_address", 0..=1_000_000),
    ("server.drain_notice_secs", 0..=60),
    ("server.shutdown_secs", 1..=30),
    ("database.pool", 1..=1_000),
    ("auth.access_ttl_secs", 10..=86_400),
    ("auth.refresh_ttl_secs", 60..=31_536_000),
    ("auth.refresh_grace_secs", 0..=60),
    ("auth.bcrypt_cost", 4..=31),
    ("auth.password_min_chars", 8..=256),
    ("auth.failures_per_pair", 1..=1_000_000),
    ("auth.failures_per_account", 1..=1_000_000),
    ("auth.failures_per_address", 1..=1_000_000),
    ("auth.pin_failures", 1..=1_000_000),
    ("wallet.opening_credit", 0..=1_000_000_000_000),
    ("order.pay_within_secs", 1..=2_592_000),
    ("order.open_per_user", 0..=1_000_000),
    ("seckill.ack_within_ms", 1..=60_000),
    ("media.max_pixels", 16..=16_384),
    ("media.decoders", 1..=64),
    ("media.waiting", 0..=10_000),
    ("search.gather_ms", 1..=500),
    ("search.hot_every_secs", 1..=86_400),
    ("metrics.port", 0..=65_535),
];

/// Every fault of the settings, one line each.
#[derive(Debug, Default, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings are wrong:\n  {}", .0.join("\n  "))]
pub struct SettingsErrors(pub Vec<String>);

impl SettingsErrors {
    pub(super) fn add(&mut self, origin: &str, fault: impl std::fmt::Display) {
        self.0.push(format!("{origin}: {fault}"));
    }

    pub(super) fn none(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// Reports and removes every key of `layer` that is unknown or of another type than its
/// default, so that the rest can be checked.
pub(super) fn keys(origin: &str, layer: &mut Value, defaults: &Value, faults: &mut SettingsErrors) {
    walk("", layer, defaults, &mut |key, fault| {
        faults.add(origin, format!("`{key}` {fault}"));
    });
}

fn walk(path: &str, layer: &mut Value, known: &Value, report: &mut impl FnMut(&str, String)) {
    let Value::Object(layer) = layer else {
        return;
    };
    layer.retain(|name, value| {
        let key = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        match known.get(name) {
            None => report(&key, "is not a setting".to_owned()),
            Some(known) if kind(known) != kind(value) => {
                report(&key, format!("must be {}", kind(known)));
            }
            Some(known) => {
                walk(&key, value, known, report);
                return true;
            }
        }
        false
    });
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a section",
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        Value::Number(number) if number.is_i64() => "a whole number",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
        Value::Null => "nothing",
    }
}

/// Parses a variable's text as the type of `key`.
pub(super) fn parse(key: &str, text: &str, defaults: &Value) -> Result<Value, String> {
    let known = defaults.pointer(&format!("/{}", key.replace('.', "/")));
    match known {
        Some(Value::String(_)) => Ok(Value::from(text)),
        Some(Value::Array(_)) => Ok(text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect()),
        Some(Value::Number(_)) => text
            .trim()
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| format!("`{key}` must be a whole number")),
        Some(Value::Bool(_)) => match text.trim() {
            "true" | "1" => Ok(Value::from(true)),
            "false" | "0" => Ok(Value::from(false)),
            _ => Err(format!("`{key}` must be true or false")),
        },
        Some(Value::Object(_) | Value::Null) | None => Err(format!("`{key}` is not a setting")),
    }
}

/// Converts to typed settings. A number out of range or an unknown text is reported and
/// replaced by its default, so that all faults are found in one run.
pub(super) fn typed(
    mut merged: Value,
    defaults: &Value,
    profile: Profile,
    faults: &mut SettingsErrors,
) -> Settings {
    for (key, range) in RANGES {
        let value = merged.pointer(&pointer(key)).and_then(Value::as_i64);
        if value.is_none_or(|value| !range.contains(&value)) {
            faults.add(key, format!("must be {}–{}", range.start(), range.end()));
            reset(&mut merged, defaults, key);
        }
    }
    // Serde stops at the first fault; each round leaves one less.
    loop {
        match serde_path_to_error::deserialize::<_, Settings>(&merged) {
            Ok(settings) => {
                return Settings {
                    profile,
                    shown: shown(&merged),
                    ..settings
                };
            }
            Err(error) => {
                let path = error.path().to_string();
                let key = path.split('[').next().unwrap_or_default();
                faults.add(key, error.inner());
                if !reset(&mut merged, defaults, key) {
                    merged.clone_from(defaults);
                }
            }
        }
    }
}

fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

/// Resets a key to its default; false if it has that already.
fn reset(merged: &mut Value, defaults: &Value, key: &str) -> bool {
    let pointer = pointer(key);
    match (merged.pointer_mut(&pointer), defaults.pointer(&pointer)) {
        (Some(place), Some(default)) if place != default => {
            place.clone_from(default);
            true
        }
        _ => false,
    }
}

/// Checks rules that concern several keys, and those of production.
pub(super) fn whole(settings: &Settings, faults: &mut SettingsErrors) {
    let currency = &settings.shop.currency;
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        faults.add("shop.currency", "must be three capital letters (ISO 4217)");
    }
    for origin in &settings.server.cors {
        if !is_origin(origin) {
            faults.add(
                "server.cors",
                format!("`{origin}` is not an origin such as https://shop.example"),
            );
        }
    }
    let url = &settings.server.public_url;
    if !url.is_empty() && !is_origin(url) {
        faults.add("server.public_url", "must be such as https://shop.example");
    }
    let url = settings.database.url.expose_secret();
    if !url.is_empty() && !is_database(url) {
        faults.add(
            "database.url",
            "must begin with sqlite:, mysql: or postgres:",
        );
    }
    let url = settings.redis.url.expose_secret();
    if !url.is_empty()
        && !["redis://", "rediss://"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
    {
        faults.add("redis.url", "must begin with redis:// or rediss://");
    }
    let smtp = settings.mail.transport == Transport::Smtp;
    if smtp && settings.mail.url.expose_secret().is_empty() {
        faults.add("mail.url", "is needed for mail.transport = \"smtp\"");
    }
    if !settings.mail.from.contains('@') {
        faults.add("mail.from", "must be an e-mail address");
    }
    for (key, secret) in [
        ("auth.jwt_secret", &settings.auth.jwt_secret),
        ("auth.pepper", &settings.auth.pepper),
    ] {
        check_secret(key, secret, settings.profile, faults);
    }
    if settings.profile == Profile::Production && settings.demo {
        faults.add("demo", "the demo shop is not for production");
    }
    if !is_log_level(&settings.log.level) {
        let levels =
            "must be off, error, warn, info, debug or trace, or a list such as info,sqlx=warn";
        faults.add("log.level", levels);
    }
    let language = settings.shop.language;
    if !language.is_iso_639_1() {
        faults.add(
            "shop.language",
            format!("`{language}` is not a language of ISO 639-1; countries have other codes"),
        );
    }
}

/// Whether a text is a log level, or levels by module. The filter itself would take any word
/// for a module.
fn is_log_level(text: &str) -> bool {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let each = |part: &str| {
        let level = part.rsplit('=').next().unwrap_or_default().trim();
        LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level))
    };
    text.split(',').all(each) && tracing_subscriber::EnvFilter::try_new(text).is_ok()
}

fn check_secret(key: &str, secret: &SecretString, profile: Profile, faults: &mut SettingsErrors) {
    let text = secret.expose_secret();
    let distinct: std::collections::HashSet<char> = text.chars().collect();
    if text.is_empty() {
        if profile == Profile::Production {
            faults.add(key, "is a secret that production must be given");
        }
    } else if text.chars().count() < SECRET_CHARS {
        faults.add(key, format!("must have at least {SECRET_CHARS} characters"));
    } else if distinct.len() < 8 {
        faults.add(key, "is not random");
    }
}

fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ', '?', '#', '@']))
}

fn is_database(url: &str) -> bool {
    ["sqlite:", "mysql:", "postgres:", "postgresql:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

/// The settings with every secret masked.
fn shown(merged: &Value) -> Value {
    let mut shown = merged.clone();
    for key in SECRETS {
        if let Some(Value::String(text)) = shown.pointer_mut(&format!("/{}", key.replace('.', "/")))
            && !text.is_empty()
        {
            *text = masked(text);
        }
    }
    shown
}

/// A URL without its password, or a mask for any other secret.
pub fn masked(secret: &str) -> String {
    let Some((scheme, rest)) = secret.split_once("://") else {
        return "***".to_owned();
    };
    let rest = rest.split('?').next().unwrap_or(rest);
    match rest.rsplit_once('@') {
        Some((user, place)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}:***@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}
