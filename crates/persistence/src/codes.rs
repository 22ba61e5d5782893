//! Codes of commands that are sent again.

stampede_kernel::error_codes! {
    IDEMPOTENCY_IN_FLIGHT = Conflict "idempotency_in_flight" "The first request with this key is still running";
    IDEMPOTENCY_KEY_REUSED = Invalid "idempotency_key_reused" "The idempotency key was used for another request";
}
