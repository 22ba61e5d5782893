//! A media store in a folder of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::DynamicImage;
use stampede_kernel::{Clock, ManualClock, SystemClock};
use stampede_media::{Image, MediaLimits, MediaStore, Variant};
use stampede_test_support::TestDb;
use tempfile::TempDir;

pub(crate) struct TestShop {
    pub(crate) media: MediaStore,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) db: TestDb,
    folder: TempDir,
}

impl TestShop {
    pub(crate) async fn open() -> Self {
        Self::with(MediaLimits::default()).await
    }

    pub(crate) async fn with(limits: MediaLimits) -> Self {
        let db = TestDb::open().await;
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let media = MediaStore::open(db.db.clone(), folder.path(), limits, clock.clone())
            .await
            .unwrap();
        Self {
            media,
            clock,
            db,
            folder,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Every file below the folder but the marker.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let shelves = std::fs::read_dir(self.folder()).unwrap();
        shelves
            .map(|shelf| shelf.unwrap().path())
            .filter(|path| path.is_dir())
            .flat_map(|shelf| std::fs::read_dir(shelf).unwrap())
            .map(|file| file.unwrap().path())
            .collect()
    }

    pub(crate) fn bytes(&self, image: &Image, variant: Variant) -> Vec<u8> {
        let file = self.media.read_path(&image.path(variant)).unwrap();
        std::fs::read(file.path).unwrap()
    }

    pub(crate) fn pixels(&self, image: &Image, variant: Variant) -> DynamicImage {
        image::load_from_memory(&self.bytes(image, variant)).unwrap()
    }
}
