//! Idempotency keys: taken as they are, or not at all.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stampede_gateway::outside;

fuzz_target!(|bytes: &[u8]| {
    if let Some(key) = outside::idempotency_key(bytes) {
        assert_eq!(key.as_bytes(), bytes);
    }
});
