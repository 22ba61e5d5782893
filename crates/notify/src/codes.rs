//! Codes of webhooks: those that all crates share are enough.

stampede_kernel::error_codes! {}
