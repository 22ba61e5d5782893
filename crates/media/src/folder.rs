//! The media folder: `ab/<hash>.<variant>.<extension>`, written whole or not at all.
//! Everything here blocks.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use stampede_kernel::Timestamp;
use uuid::Uuid;

use crate::VariantPath;

/// The file with the folder's identity, which is compared with the database's `marker`
/// row.
const MARKER: &str = ".stampede-media";
/// Suffix of an unfinished file.
const PART: &str = ".part";

/// The old files of one picture, which may be orphans.
#[derive(Clone)]
pub(crate) struct Abandoned {
    pub(crate) hash: String,
    files: Vec<PathBuf>,
}

/// A media folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Wraps a path without creating the folder.
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Opens the folder, and creates it where it is missing.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self::at(path))
    }

    /// Returns the path of the file `relative`.
    pub(crate) fn place(&self, relative: &str) -> PathBuf {
        self.0.join(relative)
    }

    /// Reads the folder's identity; `None` where it has none.
    pub(crate) fn marker(&self) -> io::Result<Option<String>> {
        match fs::read_to_string(self.0.join(MARKER)) {
            Ok(name) => Ok(Some(name.trim().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads the folder's identity, or gives it a random one. Of two concurrent
    /// processes the first wins.
    pub(crate) fn marker_or_new(&self) -> io::Result<String> {
        if let Some(name) = self.marker()? {
            return Ok(name);
        }
        let part = write_part(&self.0, Uuid::now_v7().to_string().as_bytes())?;
        let linked = fs::hard_link(&part, self.0.join(MARKER));
        fs::remove_file(&part)?;
        match linked {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => sync_folder(&self.0)?,
        }
        self.marker()?
            .ok_or_else(|| io::Error::from(ErrorKind::NotFound))
    }

    /// Writes a file atomically and durably.
    pub(crate) fn write(&self, relative: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(relative);
        let parent = place.parent().unwrap_or(&self.0);
        if !parent.is_dir() {
            fs::create_dir_all(parent)?;
            sync_folder(&self.0)?;
        }
        let part = write_part(parent, bytes)?;
        fs::rename(&part, &place)
            .and_then(|()| sync_folder(parent))
            .inspect_err(|_| drop(fs::remove_file(&part)))
    }

    /// Returns the subfolders: the first two digits of the hashes.
    pub(crate) fn prefixes(&self) -> io::Result<Vec<String>> {
        let mut prefixes = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            if let (true, Ok(name)) = (entry.file_type()?.is_dir(), entry.file_name().into_string())
            {
                prefixes.push(name);
            }
        }
        Ok(prefixes)
    }

    /// Returns the pictures below `prefix` of which every file was last written before
    /// `before`. Unfinished files that old are deleted at once.
    pub(crate) fn untouched(&self, prefix: &str, before: Timestamp) -> io::Result<Vec<Abandoned>> {
        let before = UNIX_EPOCH + Duration::from_millis(u64::try_from(before.0).unwrap_or(0));
        let mut pictures: BTreeMap<String, (bool, Vec<PathBuf>)> = BTreeMap::new();
        for entry in fs::read_dir(self.0.join(prefix))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let old = entry.metadata()?.modified()? < before;
            if let Some(path) = VariantPath::parse(&format!("{prefix}/{name}")) {
                let (all_old, files) = pictures.entry(path.hash).or_insert((true, Vec::new()));
                *all_old &= old;
                files.push(entry.path());
            } else if old && name.ends_with(PART) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(pictures
            .into_iter()
            .filter(|(_, (all_old, _))| *all_old)
            .map(|(hash, (_, files))| Abandoned { hash, files })
            .collect())
    }
}

impl Abandoned {
    /// Deletes the files.
    pub(crate) fn delete(&self) -> io::Result<()> {
        self.files.iter().try_for_each(fs::remove_file)
    }
}

/// Writes a temporary file.
fn write_part(parent: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let part = parent.join(format!(".{}{PART}", Uuid::now_v7().simple()));
    let written = File::create_new(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .inspect_err(|_| drop(fs::remove_file(&part)))
        .map(|()| part)
}

/// Syncs the folder, so that a rename survives a loss of power.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
