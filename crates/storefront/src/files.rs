//! The files of `static/`: embedded in the binary, or read from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use actix_web::web::Bytes;
use rust_embed::Embed;

/// Folders of `static/` that no browser asks for: the API's reference is at `/docs`, and the rest
/// is for developers.
const NOT_SERVED: [&str; 4] = ["docs", "types", "tools", "node_modules"];
/// The folder of the demo shop's goods, which come from `/media`; who made them is served.
const DEMO: &str = "demo/";
const CREDITS: &str = "LICENSES.md";

#[derive(Embed)]
#[folder = "../../static"]
#[exclude = "demo/*.jpg"]
#[exclude = "demo/*.webp"]
#[exclude = "demo/*.json"]
#[exclude = "demo/README.md"]
#[exclude = "docs/*"]
#[exclude = "types/*"]
#[exclude = "tools/*"]
#[exclude = "*.test.js"]
struct Embedded;

/// File contents by name; names have slashes on every system.
pub(crate) type Files = BTreeMap<String, Bytes>;

/// Where the files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// In the binary.
    Binary,
    /// In a folder, whose changes show at once.
    Folder(PathBuf),
}

impl Source {
    /// The folder that was asked for; else, in debug builds, the one that they were built from;
    /// else the binary.
    pub(crate) fn choose(folder: Option<&Path>) -> Self {
        let built_from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../static"));
        match folder {
            Some(folder) => Self::Folder(folder.to_owned()),
            None if cfg!(debug_assertions) && built_from.is_dir() => {
                Self::Folder(built_from.to_owned())
            }
            None => Self::Binary,
        }
    }

    /// Reads every file.
    pub(crate) fn read(&self) -> std::io::Result<Files> {
        match self {
            Self::Binary => Ok(embedded()),
            Self::Folder(folder) => {
                let names = list(folder)?;
                let read = |name: String| {
                    let bytes = std::fs::read(folder.join(&name))?;
                    Ok((name, bytes.into()))
                };
                names.into_iter().map(|found| read(found.name)).collect()
            }
        }
    }

    /// A number that changes when a file does: by names, sizes and times.
    pub(crate) fn stamp(&self) -> std::io::Result<u64> {
        let mut hasher = DefaultHasher::new();
        if let Self::Folder(folder) = self {
            for found in list(folder)? {
                found.hash(&mut hasher);
            }
        }
        Ok(hasher.finish())
    }
}

fn embedded() -> Files {
    let file = |name: Cow<'static, str>| {
        let bytes = without_copy(Embedded::get(&name)?.data);
        Some((name.into_owned(), bytes))
    };
    Embedded::iter().filter_map(file).collect()
}

/// The bytes of an embedded file: those of the binary, where they are in it.
pub(crate) fn without_copy(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

/// A file in a folder, before it is read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Found {
    name: String,
    size: u64,
    modified: Option<std::time::SystemTime>,
}

/// The files below `folder` that are served or rendered, sorted by name.
fn list(folder: &Path) -> std::io::Result<Vec<Found>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<Found>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(own) = entry.file_name().into_string() else {
            continue;
        };
        // Links are followed, so that a file may live elsewhere.
        let about = std::fs::metadata(entry.path());
        let Some(about) = about.ok().filter(|_| !is_left_out(&own)) else {
            continue;
        };
        if about.is_dir() {
            collect(&entry.path(), &format!("{prefix}{own}/"), found)?;
        } else if prefix != DEMO || own == CREDITS {
            found.push(Found {
                name: format!("{prefix}{own}"),
                size: about.len(),
                modified: about.modified().ok(),
            });
        }
    }
    Ok(())
}

/// Whether a file's name ends with this extension.
pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, own)| own == extension)
}

fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".test.js") || NOT_SERVED.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn what_is_for_developers_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "shop/main.js",
            "shop/main.test.js",
            "tools/node_modules/a.js",
            "demo/a.jpg",
            ".hidden",
        ] {
            write(folder.path(), name, "x");
        }

        let files = Source::Folder(folder.path().to_owned()).read().unwrap();

        assert_eq!(files.keys().collect::<Vec<_>>(), ["shop/main.js"]);
    }

    #[test]
    fn a_change_changes_the_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let source = Source::Folder(folder.path().to_owned());
        write(folder.path(), "a.js", "x");
        let before = source.stamp().unwrap();

        write(folder.path(), "tools/b.js", "x");
        assert_eq!(source.stamp().unwrap(), before);
        write(folder.path(), "a.js", "xy");

        assert_ne!(source.stamp().unwrap(), before);
    }

    #[test]
    fn the_binary_has_the_templates_and_none_of_the_tests() {
        let files = Source::Binary.read().unwrap();

        assert!(files.contains_key("document.html"));
        assert!(files.keys().all(|name| !name.ends_with(".test.js")));
    }
}
