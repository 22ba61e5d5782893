//! Headers: Accept-Language, Accept-Encoding, If-None-Match, X-Forwarded-For.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stampede_gateway::outside;
use stampede_http::client::TrustedProxies;

fuzz_target!(|bytes: &[u8]| {
    outside::accept_encoding(bytes);
    outside::if_none_match(bytes, b"W/\"tag\"");
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(outside::accept_language(text) <= 16);
        let all = TrustedProxies("0.0.0.0/0".parse().into_iter().collect());
        outside::forwarded_for(text, &all, [192, 0, 2, 1].into());
    }
});
