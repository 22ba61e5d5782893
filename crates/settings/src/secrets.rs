//! The data folder, and the secrets that a shop outside production creates for itself.

use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

use crate::check::SettingsErrors;
use crate::{Profile, Settings};

/// Bytes of a secret: 256 bits.
const SECRET_BYTES: usize = 32;

/// Creates the data folder and missing secrets, and sets the default database's URL.
pub(super) fn complete(settings: &mut Settings) -> Result<(), SettingsErrors> {
    let folder = settings.data_dir.clone();
    make_folder(&folder).map_err(|error| fault(&folder, &error))?;
    fill(settings, |keep, name| kept(keep, name).map(Some))
}

/// Reads existing secrets and sets the default database's URL; creates nothing.
pub(super) fn find(settings: &mut Settings) -> Result<(), SettingsErrors> {
    fill(settings, |keep, name| {
        let path = keep.join(name);
        path.exists().then(|| held(&path)).transpose()
    })
}

fn fill(
    settings: &mut Settings,
    secret_in: impl Fn(&Path, &str) -> std::io::Result<Option<SecretString>>,
) -> Result<(), SettingsErrors> {
    let folder = settings.data_dir.clone();
    if settings.profile != Profile::Production {
        let keep = folder.join("secrets");
        for (name, secret) in [
            ("jwt_secret", &mut settings.auth.jwt_secret),
            ("pepper", &mut settings.auth.pepper),
        ] {
            if secret.expose_secret().is_empty()
                && let Some(known) = secret_in(&keep, name).map_err(|error| fault(&keep, &error))?
            {
                *secret = known;
            }
        }
    }
    if settings.database.url.expose_secret().is_empty() {
        let url = format!("sqlite://{}", folder.join("stampede.db").display());
        settings.database.url = url.into();
    }
    Ok(())
}

fn fault(path: &Path, error: &std::io::Error) -> SettingsErrors {
    SettingsErrors(vec![format!("data_dir: {}: {error}", path.display())])
}

/// The secret in `folder/name`, created if absent. Of two processes that start at once, both
/// use the file of the first.
fn kept(folder: &Path, name: &str) -> std::io::Result<SecretString> {
    make_folder(folder)?;
    let path = folder.join(name);
    if !path.exists() {
        let fresh = tempfile_in(folder, name, &random()?)?;
        let placed = std::fs::hard_link(&fresh, &path);
        std::fs::remove_file(&fresh)?;
        match placed {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    held(&path)
}

fn held(path: &Path) -> std::io::Result<SecretString> {
    let text = std::fs::read_to_string(path)?;
    if text.trim().len() < SECRET_BYTES {
        let empty = format!("{} holds no secret", path.display());
        return Err(std::io::Error::other(empty));
    }
    Ok(text.trim().to_owned().into())
}

fn random() -> std::io::Result<String> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(STANDARD_NO_PAD.encode(bytes))
}

/// Writes and flushes a file under a temporary name.
fn tempfile_in(folder: &Path, name: &str, text: &str) -> std::io::Result<std::path::PathBuf> {
    let path = folder.join(format!(".{name}.{}", uuid::Uuid::now_v7()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    Ok(path)
}

/// Creates a folder that only its owner may enter; an existing one keeps its permissions.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
