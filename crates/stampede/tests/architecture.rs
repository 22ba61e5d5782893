//! The house as docs/ARCHITECTURE.md draws it: which crate may know which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// Each crate with the crates of ours that it may depend on.
const ARROWS: [(&str, &[&str]); 20] = [
    ("kernel", &[]),
    ("persistence", &["kernel"]),
    ("media", &["kernel", "persistence"]),
    ("payment", &["kernel", "persistence"]),
    ("catalog", &["kernel", "persistence", "media"]),
    ("promotion", &["kernel", "persistence", "catalog"]),
    ("user", &["kernel", "persistence", "media", "payment"]),
    (
        "order",
        &[
            "kernel",
            "persistence",
            "media",
            "payment",
            "catalog",
            "promotion",
            "user",
        ],
    ),
    ("notify", &["kernel", "persistence", "user"]),
    ("settings", &["kernel"]),
    ("http", &["kernel"]),
    ("storefront", &["kernel", "http"]),
    (
        "api",
        &[
            "kernel",
            "persistence",
            "media",
            "payment",
            "catalog",
            "promotion",
            "user",
            "order",
            "seckill",
            "notify",
            "http",
        ],
    ),
    (
        "gateway",
        &[
            "kernel",
            "persistence",
            "media",
            "payment",
            "catalog",
            "promotion",
            "user",
            "order",
            "seckill",
            "notify",
            "migration",
            "settings",
            "http",
            "api",
            "storefront",
        ],
    ),
    (
        "rehearsal",
        &[
            "kernel",
            "persistence",
            "catalog",
            "user",
            "order",
            "seckill",
        ],
    ),
    (
        "stampede",
        &[
            "kernel",
            "persistence",
            "media",
            "payment",
            "catalog",
            "promotion",
            "user",
            "order",
            "seckill",
            "notify",
            "migration",
            "settings",
            "gateway",
            "rehearsal",
        ],
    ),
    (
        "seckill",
        &["kernel", "persistence", "catalog", "user", "order"],
    ),
    ("migration", &[]),
    ("test-support", &["kernel", "persistence", "migration"]),
    (
        "bench",
        &[
            "kernel",
            "persistence",
            "payment",
            "catalog",
            "promotion",
            "user",
            "order",
            "seckill",
            "gateway",
            "settings",
            "http",
            "migration",
        ],
    ),
];

/// A dependency from outside with the crates that may name it.
const ROOMS: [(&str, &[&str]); 17] = [
    (
        "actix-web",
        &["http", "api", "storefront", "gateway", "stampede", "bench"],
    ),
    ("actix-http", &["http"]),
    ("actix-service", &["http"]),
    ("actix-multipart", &["http", "api"]),
    ("actix-cors", &["http"]),
    ("utoipa", &["http", "api", "gateway"]),
    ("clap", &["stampede"]),
    ("brotli", &["http"]),
    ("rust-embed", &["storefront", "stampede"]),
    ("config", &["settings"]),
    ("image", &["media"]),
    ("tantivy", &["catalog"]),
    ("lettre", &["notify"]),
    ("hyper", &["rehearsal", "notify"]),
    ("bcrypt", &["user"]),
    ("deadpool-redis", &["seckill"]),
    ("jsonwebtoken", &["user"]),
];

/// What `cargo metadata` says, as far as it is asked here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or nothing.
    kind: Option<String>,
}

fn workspace() -> Metadata {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo describes the workspace");
    serde_json::from_slice(&cargo.stdout).expect("a description of the workspace")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `stampede-user` lives in the folder `user`, and the binary in `stampede`.
fn room(package: &str) -> Option<&str> {
    match package {
        "stampede" => Some(package),
        library => library.strip_prefix("stampede-"),
    }
}

/// What `package` depends on outside its tests.
fn uses(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind.as_deref() != Some("dev"))
        .map(|dependency| dependency.name.as_str())
}

fn members(house: &Metadata) -> BTreeMap<&str, &Package> {
    let packages = house.packages.iter();
    packages
        .filter_map(|package| Some((room(package.name.as_str())?, package)))
        .collect()
}

/// How many versions of `name` the lock file holds.
fn versions(name: &str) -> usize {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    let line = format!("name = \"{name}\"");
    lock.lines().filter(|found| *found == line).count()
}

#[test]
fn no_crate_knows_another_that_it_must_not() {
    let house = workspace();

    for (name, package) in members(&house) {
        let allowed = ARROWS.iter().find(|(from, _)| *from == name);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{name} is not in the plan"));
        let forbidden: Vec<_> = uses(package)
            .filter_map(room)
            .filter(|to| !allowed.contains(to))
            .collect();
        assert_eq!(
            forbidden, [""; 0],
            "arrows of {name} that are not in the plan"
        );
    }
}

#[test]
fn test_support_is_for_tests_only() {
    let house = workspace();

    for (name, package) in members(&house) {
        let in_earnest = uses(package).any(|to| to == "stampede-test-support");
        assert!(!in_earnest, "{name}");
    }
}

#[test]
fn each_library_stays_in_its_room() {
    let house = workspace();

    for (name, package) in members(&house) {
        for (library, rooms) in ROOMS {
            let known = uses(package).any(|to| to == library);
            assert!(!known || rooms.contains(&name), "{name} knows {library}");
        }
        for nowhere in ["redis", "chrono", "openssl"] {
            assert!(
                !uses(package).any(|to| to == nowhere),
                "{name} knows {nowhere}"
            );
        }
    }
}

#[test]
fn every_crate_has_a_name_that_says_what_it_is() {
    let house = workspace();
    let nameless = [
        "common", "utils", "util", "core", "helpers", "shared", "misc",
    ];

    for package in &house.packages {
        let name = room(package.name.as_str()).unwrap_or_else(|| panic!("{}", package.name));
        assert!(!nameless.contains(&name));
        let folder = package
            .manifest_path
            .parent()
            .and_then(|path| path.file_name());
        assert_eq!(
            folder,
            Some(name.as_ref()),
            "the folder is named like the crate"
        );
    }
}

#[test]
fn there_is_one_database_driver_and_one_provider_of_tls() {
    for once in ["sqlx", "sea-orm", "rustls", "ring", "tokio", "actix-web"] {
        assert_eq!(versions(once), 1, "versions of {once}");
    }
    for never in ["openssl", "openssl-sys", "native-tls", "aws-lc-rs"] {
        assert_eq!(versions(never), 0, "versions of {never}");
    }
}

/// scripts/test repeats `tests/` on every database and runs `src/` once.
#[test]
fn tests_that_need_a_database_live_where_every_database_is_tried() {
    let mut sources = Vec::new();
    for (_, package) in members(&workspace()) {
        if package.name != "stampede-test-support" {
            let folder = package.manifest_path.parent().expect("a folder");
            collect(&folder.join("src"), &mut sources);
        }
    }

    for source in sources {
        let text = std::fs::read_to_string(&source).expect("a readable source");
        assert!(!text.contains("TestDb"), "{}", source.display());
    }
}

fn collect(folder: &Path, sources: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
}
