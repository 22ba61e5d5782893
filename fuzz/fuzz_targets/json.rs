//! JSON bodies: taken or refused, and a refusal is short whatever was sent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stampede_gateway::outside;

fuzz_target!(|bytes: &[u8]| {
    outside::json_body(bytes);
    outside::json_product(bytes);
    assert!(outside::json_refusal(bytes).len() < 16_384);
});
