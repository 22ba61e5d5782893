//! The layers of the settings, merged in the order that the head of `config/default.toml`
//! gives.

use std::collections::BTreeMap;
use std::path::PathBuf;

use config::{Config, File, FileFormat};
use serde_json::Value;

use crate::check::{self, SettingsErrors};
use crate::{Profile, Settings};

const DEFAULT: &str = include_str!("../../../config/default.toml");

/// Conventional environment variables and the keys that they set.
const PLAIN: [(&str, &str); 4] = [
    ("DATABASE_URL", "database.url"),
    ("REDIS_URL", "redis.url"),
    ("HOST", "server.host"),
    ("PORT", "server.port"),
];
const PREFIX: &str = "STAMPEDE__";
const IN_FILE: &str = "_FILE";

/// Command line flags.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--profile`
    pub profile: Option<String>,
    /// `--host`
    pub host: Option<String>,
    /// `--port`
    pub port: Option<u16>,
    /// `--database-url`
    pub database_url: Option<String>,
    /// `--static-dir`
    pub static_dir: Option<String>,
}

/// Sources of the settings.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Folder with `config/` and `.env`.
    pub folder: PathBuf,
    /// Environment variables.
    pub environment: BTreeMap<String, String>,
    /// Command line flags.
    pub flags: Flags,
}

impl Sources {
    /// The working folder and environment of this process.
    pub fn of_process(flags: Flags) -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self {
            folder: PathBuf::from("."),
            environment: std::env::vars_os().filter_map(text).collect(),
            flags,
        }
    }

    /// Environment variables, on top of those of `.env`.
    fn variables(&self, faults: &mut SettingsErrors) -> BTreeMap<String, String> {
        let path = self.folder.join(".env");
        let mut variables = BTreeMap::new();
        if path.exists() {
            match dotenvy::from_path_iter(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
                Ok(pairs) => variables.extend(pairs),
                Err(error) => faults.add(".env", error),
            }
        }
        variables.extend(self.environment.clone());
        variables
    }
}

fn compiled(profile: Profile) -> &'static str {
    match profile {
        Profile::Development => include_str!("../../../config/development.toml"),
        Profile::Production => include_str!("../../../config/production.toml"),
        Profile::Test => include_str!("../../../config/test.toml"),
    }
}

/// All keys with their defaults, which also define their types.
pub(super) fn defaults() -> Value {
    tree(Config::builder().add_source(File::from_str(DEFAULT, FileFormat::Toml)))
        .expect("config/default.toml is compiled in and tested")
}

/// Merges all layers into typed settings, or returns every fault.
pub(super) fn read(sources: &Sources) -> Result<Settings, SettingsErrors> {
    let mut faults = SettingsErrors::default();
    let variables = sources.variables(&mut faults);
    let profile = profile(sources, &variables, &mut faults);
    let defaults = defaults();

    let mut merged = defaults.clone();
    for (name, text) in files(sources, profile, &mut faults) {
        let source = File::from_str(&text, FileFormat::Toml);
        match tree(Config::builder().add_source(source)) {
            Ok(mut layer) => {
                check::keys(&name, &mut layer, &defaults, &mut faults);
                merge(&mut merged, layer);
            }
            Err(error) => faults.add(&name, error),
        }
    }
    for (origin, key, text) in variables_as_keys(&variables, &mut faults)
        .into_iter()
        .chain(flags(&sources.flags))
    {
        match check::parse(&key, &text, &defaults) {
            Ok(value) => set(&mut merged, &key, value),
            Err(fault) => faults.add(&origin, fault),
        }
    }
    let settings = check::typed(merged, &defaults, profile, &mut faults);
    check::whole(&settings, &mut faults);
    faults.none()?;
    Ok(settings)
}

fn profile(
    sources: &Sources,
    variables: &BTreeMap<String, String>,
    faults: &mut SettingsErrors,
) -> Profile {
    let named = sources
        .flags
        .profile
        .as_ref()
        .or_else(|| variables.get("STAMPEDE_PROFILE"))
        .filter(|name| !name.is_empty());
    let Some(name) = named else {
        return Profile::Development;
    };
    Profile::parse(name).unwrap_or_else(|| {
        faults.add(
            "profile",
            format!("`{name}` is not development, production or test"),
        );
        Profile::Production
    })
}

/// The profile file as compiled in, the one beside the program, and the local file.
fn files(
    sources: &Sources,
    profile: Profile,
    faults: &mut SettingsErrors,
) -> Vec<(String, String)> {
    let profile_file = format!("config/{}.toml", profile.as_str());
    let mut files = vec![(profile_file.clone(), compiled(profile).to_owned())];
    for name in [profile_file, "config/local.toml".to_owned()] {
        let path = sources.folder.join(&name);
        if path.exists() {
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push((name, text)),
                Err(error) => faults.add(&name, error),
            }
        }
    }
    files
}

/// `(variable, key, text)`, conventional names first, so that `STAMPEDE__…` takes precedence.
fn variables_as_keys(
    variables: &BTreeMap<String, String>,
    faults: &mut SettingsErrors,
) -> Vec<(String, String, String)> {
    let plain = PLAIN.iter().flat_map(|(name, key)| {
        [(*name).to_owned(), format!("{name}{IN_FILE}")]
            .map(|variable| (variable, (*key).to_owned()))
    });
    let ours = variables
        .keys()
        .filter_map(|name| Some((name, name.strip_prefix(PREFIX)?)))
        .map(|(name, key)| {
            let key = key.strip_suffix(IN_FILE).unwrap_or(key);
            (name.clone(), key.replace("__", ".").to_lowercase())
        });
    let mut found = Vec::new();
    for (variable, key) in plain.chain(ours) {
        let Some(value) = variables.get(&variable) else {
            continue;
        };
        if value.is_empty() && !variable.starts_with(PREFIX) {
            continue;
        }
        match text(&variable, value) {
            Ok(text) => found.push((variable, key, text)),
            Err(error) => faults.add(&variable, format!("{value} cannot be read: {error}")),
        }
    }
    found
}

/// The value, or the contents of the file that it names.
fn text(variable: &str, value: &str) -> std::io::Result<String> {
    if variable.ends_with(IN_FILE) {
        std::fs::read_to_string(value).map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
    } else {
        Ok(value.to_owned())
    }
}

fn flags(flags: &Flags) -> Vec<(String, String, String)> {
    [
        ("--host", "server.host", flags.host.clone()),
        (
            "--port",
            "server.port",
            flags.port.map(|port| port.to_string()),
        ),
        ("--database-url", "database.url", flags.database_url.clone()),
        (
            "--static-dir",
            "server.static_dir",
            flags.static_dir.clone(),
        ),
    ]
    .into_iter()
    .filter_map(|(flag, key, value)| Some((flag.to_owned(), key.to_owned(), value?)))
    .collect()
}

fn tree(
    builder: config::ConfigBuilder<config::builder::DefaultState>,
) -> Result<Value, config::ConfigError> {
    builder.build()?.try_deserialize()
}

fn merge(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

fn set(tree: &mut Value, key: &str, value: Value) {
    let pointer = format!("/{}", key.replace('.', "/"));
    if let Some(place) = tree.pointer_mut(&pointer) {
        *place = value;
    }
}
