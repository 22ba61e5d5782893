//! Every code that a client may meet.

use stampede_http::problem::Code;

stampede_kernel::error_codes! {
    REHEARSAL_RUNNING = Conflict "rehearsal_running" "A rehearsal is running already";
}

/// Every code that a client may meet: HTTP's own, those that all crates share, and
/// then the codes of each crate.
pub fn error_codes() -> impl Iterator<Item = Code> {
    let tables = [
        stampede_kernel::codes::ERROR_CODES,
        stampede_persistence::ERROR_CODES,
        stampede_media::ERROR_CODES,
        stampede_payment::ERROR_CODES,
        stampede_user::ERROR_CODES,
        stampede_catalog::ERROR_CODES,
        stampede_promotion::ERROR_CODES,
        stampede_order::ERROR_CODES,
        stampede_seckill::ERROR_CODES,
        stampede_notify::ERROR_CODES,
        ERROR_CODES,
    ];
    let of_crates = tables.into_iter().flatten().copied().map(Code::from);
    Code::HTTP.iter().copied().chain(of_crates)
}
