//! The media store.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::{Clock, ImageId, Limiter, TooMany, UserId};
use stampede_persistence::entity::image;
use stampede_persistence::{Database, marker};

use crate::encode::Encoded;
use crate::folder::{Abandoned, Folder};
use crate::queue::DecodeQueue;
use crate::references::{ImageReferences, Sweep};
use crate::{Image, MediaError, MediaLimits, VariantPath, store};

/// The name of the marker row with the media folder's identity.
pub(crate) const MARKER: &str = "media";
/// How long files without a row are kept, for their row may not be committed yet.
const ORPHANS_KEPT: Duration = Duration::from_hours(24);
/// Maximum number of avatars of one user in 15 minutes.
const AVATARS: u32 = 20;
/// Hashes per query.
const SLICE: usize = 500;

/// The media store: files in one folder, rows in the database. A row never exists
/// without its files. Cheap to clone.
#[derive(Clone)]
pub struct MediaStore {
    db: Database,
    folder: Folder,
    clock: Arc<dyn Clock>,
    queue: Arc<DecodeQueue>,
    limiter: Arc<Limiter>,
}

/// A file to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// The path, whether or not the file exists.
    pub path: PathBuf,
    /// The media type.
    pub content_type: &'static str,
}

impl MediaStore {
    /// Opens the folder, and creates it and its identity where it is new. A folder with
    /// another identity than the database knows is opened all the same: see
    /// [`MediaStore::check_marker`].
    pub async fn open(
        db: Database,
        folder: &Path,
        limits: MediaLimits,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, MediaError> {
        let folder = folder.to_owned();
        let (folder, name) = on_disk(move || {
            let folder = Folder::open(&folder)?;
            let name = folder.marker_or_new()?;
            Ok((folder, name))
        })
        .await?;
        marker::agree(&db, MARKER, &name).await?;
        Ok(Self {
            db,
            folder,
            clock,
            queue: Arc::new(DecodeQueue::new(limits)?),
            limiter: Arc::default(),
        })
    }

    /// Returns whether the folder is the one that the database knows: false for a
    /// folder that is not mounted, or not shared with the other gateways. Read-only.
    pub async fn check_marker(&self) -> Result<bool, MediaError> {
        let folder = self.folder.clone();
        let Some(name) = on_disk(move || folder.marker()).await? else {
            return Ok(false);
        };
        Ok(marker::read(&self.db, MARKER).await? == Some(name))
    }

    /// Stores a product picture, or returns the stored one with the same content. A
    /// picture without references is removed after a day.
    pub async fn add(&self, bytes: Vec<u8>) -> Result<Image, MediaError> {
        let encoded = self.queue.encode(bytes, None).await?;
        self.keep(encoded, true).await
    }

    /// Stores an avatar of `user` in the same way as [`MediaStore::add`].
    ///
    /// # Errors
    ///
    /// [`MediaError::TooOften`] after 20 in 15 minutes, because each occupies the disk
    /// for a day.
    pub async fn add_avatar(&self, user: UserId, bytes: Vec<u8>) -> Result<Image, MediaError> {
        let turns = [self.limiter.counter("avatar", user, AVATARS)];
        self.limiter
            .take(&turns, self.clock.now())
            .map_err(|TooMany(wait)| MediaError::TooOften(wait))?;
        let encoded = self.queue.encode(bytes, Some(user)).await?;
        self.keep(encoded, false).await
    }

    async fn keep(&self, picture: Encoded, goods: bool) -> Result<Image, MediaError> {
        let picture = Arc::new(picture);
        self.write_missing(&picture).await?;
        let image = store::record(&self.db, &picture, goods, self.clock.now()).await?;
        // A sweep that began before the row existed may have taken old files away.
        self.write_missing(&picture).await?;
        Ok(image)
    }

    /// Returns one picture.
    pub async fn image(&self, id: ImageId) -> Result<Option<Image>, DbErr> {
        Ok(store::by_ids(&self.db, &[id]).await?.pop())
    }

    /// Returns those of the pictures that exist.
    pub async fn images(&self, ids: &[ImageId]) -> Result<HashMap<ImageId, Image>, DbErr> {
        let images = store::by_ids(&self.db, ids).await?;
        Ok(images.into_iter().map(|image| (image.id, image)).collect())
    }

    /// Returns the file of `/media/{relative}`; `None` unless it is the exact path of a
    /// variant.
    pub fn read_path(&self, relative: &str) -> Option<StoredFile> {
        let parsed = VariantPath::parse(relative)?;
        Some(StoredFile {
            path: self.folder.place(relative),
            content_type: parsed.format.content_type(),
        })
    }

    /// Deletes the rows of pictures that no row of `domains` has referred to for a day,
    /// then files older than a day without a row, and returns the number of pictures
    /// whose files were deleted.
    pub async fn sweep(&self, domains: &[Arc<dyn ImageReferences>]) -> Result<u64, MediaError> {
        let rows = Sweep {
            db: &self.db,
            domains,
            now: self.clock.now(),
        };
        rows.run().await?;
        let before = self.clock.now().minus(ORPHANS_KEPT);
        let folder = self.folder.clone();
        let mut gone = 0;
        for prefix in on_disk(move || folder.prefixes()).await? {
            let folder = self.folder.clone();
            let untouched = on_disk(move || folder.untouched(&prefix, before)).await?;
            for pictures in untouched.chunks(SLICE) {
                gone += self.delete_orphans(pictures).await?;
            }
        }
        Ok(gone)
    }

    async fn delete_orphans(&self, pictures: &[Abandoned]) -> Result<u64, MediaError> {
        let hashes: Vec<_> = pictures.iter().map(|one| one.hash.as_str()).collect();
        let known = store::known(&self.db, &hashes).await?;
        let mut gone = 0;
        for picture in pictures.iter().filter(|one| !known.contains(&one.hash)) {
            gone += u64::from(self.delete_orphan(picture).await?);
        }
        Ok(gone)
    }

    /// Locks the picture's unique key while its files are deleted, by a row that is
    /// rolled back: an upload of the same picture waits, then finds its files missing.
    async fn delete_orphan(&self, picture: &Abandoned) -> Result<bool, MediaError> {
        let tx = self.db.begin_write().await?;
        let placeholder = image::Model {
            id: ImageId(0),
            hash: picture.hash.clone(),
            format: String::new(),
            width: 0,
            height: 0,
            created_at: self.clock.now(),
            unshown_since: None,
            goods: false,
        };
        let orphan = store::insert(&self.db, &tx, &placeholder).await?;
        if orphan {
            let picture = picture.clone();
            on_disk(move || picture.delete()).await?;
        }
        tx.rollback().await?;
        Ok(orphan)
    }

    async fn write_missing(&self, picture: &Arc<Encoded>) -> Result<(), MediaError> {
        let (folder, picture) = (self.folder.clone(), Arc::clone(picture));
        on_disk(move || {
            for (variant, bytes) in &picture.files {
                let path = picture.path(*variant);
                if !folder.place(&path).is_file() {
                    folder.write(&path, bytes)?;
                }
            }
            Ok(())
        })
        .await
    }
}

/// Runs blocking `work` on a blocking thread.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, MediaError> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(io::Error::other)??)
}
