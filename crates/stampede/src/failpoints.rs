//! Failpoints: crashes on purpose, in test builds only.

use fail::FailScenario;

/// Activates the failpoints of `FAILPOINTS` (`order.commit=panic`, see the `fail` crate); one
/// that panics aborts the process at once, without cleanup.
pub(crate) fn arm() {
    if !fail::has_failpoints() {
        return;
    }
    // For as long as the process lives: the end of a scenario disarms its points.
    std::mem::forget(FailScenario::setup());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        hook(panic);
        if panic.to_string().contains("failpoint") {
            std::process::abort();
        }
    }));
}
