//! Crashes on purpose, in the builds of tests; elsewhere there are no failpoints.

use fail::FailScenario;

/// Reads `FAILPOINTS` (`order.commit=panic`, see the `fail` crate) and makes a
/// point that panics end the process at once, with nothing tidied up.
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
