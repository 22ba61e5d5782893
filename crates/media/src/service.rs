//! What may be done with pictures.

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

/// The name of the marker row that names the media folder.
pub(crate) const MARKER: &str = "media";
/// Files that no row refers to are kept this long: their row may be on its way.
const ORPHANS_KEPT: Duration = Duration::from_hours(24);
/// Avatars of one user in 15 minutes.
const AVATARS: u32 = 20;
/// Hashes asked for in one query.
const SLICE: usize = 500;

/// Pictures: files in one folder, rows in the database. A row never exists
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
    /// Where it is, if it exists.
    pub path: PathBuf,
    /// What it is served as.
    pub content_type: &'static str,
}

impl MediaStore {
    /// Opens the folder, makes and names it where it is new. A folder that is not
    /// the database's is opened all the same: see [`MediaStore::check_marker`].
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

    /// Whether the folder is the one that the database knows: false for a folder
    /// that is not mounted, or not shared with the other gateways. Reads only.
    pub async fn check_marker(&self) -> Result<bool, MediaError> {
        let folder = self.folder.clone();
        let Some(name) = on_disk(move || folder.marker()).await? else {
            return Ok(false);
        };
        Ok(marker::read(&self.db, MARKER).await? == Some(name))
    }

    /// Stores a picture of the shop's goods, or finds it when the same was stored before.
    /// What no row refers to a day later is removed.
    pub async fn add(&self, bytes: Vec<u8>) -> Result<Image, MediaError> {
        let encoded = self.queue.encode(bytes, None).await?;
        self.keep(encoded, true).await
    }

    /// Stores the avatar of `user`, as [`MediaStore::add`] does.
    ///
    /// # Errors
    ///
    /// [`MediaError::TooOften`] after 20 in 15 minutes: each is a file for a day.
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

    /// One picture.
    pub async fn image(&self, id: ImageId) -> Result<Option<Image>, DbErr> {
        Ok(store::by_ids(&self.db, &[id]).await?.pop())
    }

    /// Those of the pictures that exist.
    pub async fn images(&self, ids: &[ImageId]) -> Result<HashMap<ImageId, Image>, DbErr> {
        let images = store::by_ids(&self.db, ids).await?;
        Ok(images.into_iter().map(|image| (image.id, image)).collect())
    }

    /// The file that `/media/{relative}` names; `None` unless that is the one
    /// spelling of a variant's path.
    pub fn read_path(&self, relative: &str) -> Option<StoredFile> {
        let parsed = VariantPath::parse(relative)?;
        Some(StoredFile {
            path: self.folder.place(relative),
            content_type: parsed.format.content_type(),
        })
    }

    /// Deletes the rows of pictures that no row of `domains` has referred to for a day,
    /// then the files older than a day that have no row, and says how many pictures'
    /// files went.
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

    /// Holds the picture's unique key while its files go, by a row that is rolled
    /// back: an upload of the same picture waits, then finds its files missing.
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

/// Runs `work` where blocking is allowed.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, MediaError> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(io::Error::other)??)
}
