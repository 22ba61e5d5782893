//! The hourly sweep: deletes expired rows and unreferenced pictures.

use std::sync::Arc;
use std::time::Duration;

use stampede_catalog::CatalogPictures;
use stampede_kernel::Clock;
use stampede_media::{ImageReferences, MediaStore};
use stampede_order::OrderedImages;
use stampede_persistence::Database;
use stampede_user::Avatars;

/// Time between two sweeps.
const EVERY: Duration = Duration::from_hours(1);

/// Sweeps every hour, for ever. A failure is logged, and the next sweep tries again.
pub(crate) async fn hourly(db: Database, media: MediaStore, clock: Arc<dyn Clock>) {
    loop {
        tokio::time::sleep(EVERY).await;
        once(&db, &media, clock.as_ref()).await;
    }
}

async fn once(db: &Database, media: &MediaStore, clock: &dyn Clock) {
    let platform = stampede_persistence::sweep::platform(db, clock.now()).await;
    tell("platform", platform);
    tell("users", stampede_user::sweep(db, clock.now()).await);
    tell("webhooks", stampede_notify::sweep(db, clock.now()).await);
    tell("media", media.sweep(&picture_references()).await);
}

/// The domains whose rows refer to pictures.
fn picture_references() -> [Arc<dyn ImageReferences>; 3] {
    [
        Arc::new(CatalogPictures),
        Arc::new(Avatars),
        Arc::new(OrderedImages),
    ]
}

fn tell<E: std::fmt::Display>(what: &str, outcome: Result<u64, E>) {
    match outcome {
        Ok(0) => {}
        Ok(gone) => tracing::info!(what, gone, "swept"),
        Err(error) => tracing::warn!(what, %error, "the sweep failed"),
    }
}
