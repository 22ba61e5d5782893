//! `stampede healthcheck`

use stampede_rehearsal::Gateway;
use stampede_settings::Settings;

use super::rehearse::address;
use super::{CommandError, failed, say};

/// Asks `/readyz` of the shop that these settings describe.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let shop = Gateway::at(address(&settings.server));
    if shop.is_shop().await.map_err(failed)? {
        say("ready");
        return Ok(());
    }
    Err(CommandError::Failed(format!(
        "{} does not answer",
        shop.url
    )))
}
