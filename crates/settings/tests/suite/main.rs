//! Layers, faults and secrets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::ExposeSecret;
use stampede_settings::{Flags, Profile, Settings, SettingsErrors, Sources};

fn load(
    folder: &Path,
    environment: &[(&str, &str)],
    flags: Flags,
) -> Result<Settings, SettingsErrors> {
    let mut all: BTreeMap<String, String> = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    all.entry("STAMPEDE__DATA_DIR".to_owned())
        .or_insert_with(|| folder.join("data").display().to_string());
    Settings::load(&Sources {
        folder: folder.to_owned(),
        environment: all,
        flags,
    })
}

fn from_environment(environment: &[(&str, &str)]) -> Result<Settings, SettingsErrors> {
    let folder = tempfile::tempdir().unwrap();
    load(folder.path(), environment, Flags::default())
}

const SECRETS: [(&str, &str); 3] = [
    ("STAMPEDE_PROFILE", "production"),
    (
        "STAMPEDE__AUTH__JWT_SECRET",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    ),
    ("STAMPEDE__AUTH__PEPPER", "f0e1d2c3b4a5968778695a4b3c2d1e0f"),
];

#[test]
fn every_fault_is_reported_at_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("config")).unwrap();
    let local = "demmo = true\n[server]\nport = \"80\"\n[colour]\nred = 1\n";
    std::fs::write(folder.path().join("config/local.toml"), local).unwrap();

    let faults = load(
        folder.path(),
        &[
            ("STAMPEDE_PROFILE", "staging"),
            ("STAMPEDE__SERVER__PROT", "1"),
            ("STAMPEDE__AUTH__BCRYPT_COST", "many"),
            ("DATABASE_URL_FILE", "/nowhere"),
            ("HOST", "localhost"),
            ("STAMPEDE__SERVER__TRUSTED_PROXIES", "everybody"),
            ("STAMPEDE__METRICS__PORT", "70000"),
            ("STAMPEDE__LOG__LEVEL", "loud"),
            ("STAMPEDE__LOG__FORMAT", "xml"),
            ("STAMPEDE__SHOP__CURRENCY", "dollars"),
            ("STAMPEDE__SHOP__LANGUAGE", "english"),
            ("STAMPEDE__MAIL__FROM", "nobody"),
            ("STAMPEDE__AUTH__PEPPER", "short"),
        ],
        Flags::default(),
    )
    .unwrap_err();

    let told = faults.to_string();
    for what in [
        "staging",
        "`demmo` is not a setting",
        "`server.port` must be a whole number",
        "`colour` is not a setting",
        "`server.prot` is not a setting",
        "`auth.bcrypt_cost` must be a whole number",
        "DATABASE_URL_FILE",
        "server.host",
        "`everybody` is not a network",
        "metrics.port: must be",
        "log.level",
        "log.format",
        "shop.currency",
        "shop.language",
        "mail.from",
        "auth.pepper: must have at least",
        "auth.jwt_secret: is a secret that production must be given",
    ] {
        assert!(told.contains(what), "{what} is not in {told}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was written");
}

#[test]
fn numbers_out_of_range_and_nonsense_are_faults() {
    for (variable, value) in [
        ("PORT", "65536"),
        ("STAMPEDE__AUTH__BCRYPT_COST", "3"),
        ("STAMPEDE__AUTH__PASSWORD_MIN_CHARS", "7"),
        ("STAMPEDE__SERVER__SHUTDOWN_SECS", "31"),
        ("HOST", "localhost:80"),
        ("DATABASE_URL", "oracle://x"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("STAMPEDE__SERVER__CORS", "*"),
        ("STAMPEDE__SERVER__TRUSTED_PROXIES", "everybody"),
        ("STAMPEDE__SHOP__CURRENCY", "dollars"),
        ("STAMPEDE__SHOP__LANGUAGE", "english!"),
        ("STAMPEDE__MAIL__TRANSPORT", "pigeon"),
        ("STAMPEDE__METRICS__PORT", "65536"),
        ("STAMPEDE__METRICS__PORT", "-1"),
        ("STAMPEDE__LOG__LEVEL", "verbose"),
        ("STAMPEDE__LOG__LEVEL", "info,sqlx=quiet"),
        ("STAMPEDE__LOG__LEVEL", ""),
        ("STAMPEDE__MAIL__TRANSPORT", "smtp"),
        ("STAMPEDE__AUTH__JWT_SECRET", "short"),
        (
            "STAMPEDE__AUTH__PEPPER",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ),
    ] {
        assert!(
            from_environment(&[(variable, value)]).is_err(),
            "{variable}={value}"
        );
    }
}

#[test]
fn a_language_that_the_shop_cannot_serve_is_a_fault() {
    for code in ["xx", "jp", "gr", "qq"] {
        let faults = from_environment(&[("STAMPEDE__SHOP__LANGUAGE", code)]).unwrap_err();
        let [fault] = &faults.0[..] else {
            panic!("{faults}");
        };
        assert!(fault.starts_with("shop.language: "), "{fault}");
    }
    for code in ["el", "th", "ru", "he", "my", "de-AT"] {
        from_environment(&[("STAMPEDE__SHOP__LANGUAGE", code)]).unwrap();
    }
}

#[test]
fn production_wants_secrets_and_no_demo() {
    let without = from_environment(&[SECRETS[0]]).unwrap_err().to_string();
    assert!(without.contains("auth.jwt_secret") && without.contains("auth.pepper"));

    let demo = [
        SECRETS[0],
        SECRETS[1],
        SECRETS[2],
        ("STAMPEDE__DEMO", "true"),
    ];
    assert!(from_environment(&demo).is_err());

    let settings = from_environment(&SECRETS).unwrap();
    assert_eq!(settings.profile, Profile::Production);
    assert!(!settings.demo);
}

#[test]
fn later_layers_win() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("config")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let port = |environment: &[(&str, &str)], flags: Flags| {
        load(folder.path(), environment, flags).unwrap().server.port
    };

    assert_eq!(port(&[], Flags::default()), 8080);
    write("config/development.toml", "[server]\nport = 1001\n");
    assert_eq!(port(&[], Flags::default()), 1001);
    write("config/local.toml", "[server]\nport = 1002\n");
    assert_eq!(port(&[], Flags::default()), 1002);
    write(".env", "PORT=1003\n");
    assert_eq!(port(&[], Flags::default()), 1003);
    assert_eq!(port(&[("PORT", "1004")], Flags::default()), 1004);
    let both = [("PORT", "1004"), ("STAMPEDE__SERVER__PORT", "1005")];
    assert_eq!(port(&both, Flags::default()), 1005);
    let flag = Flags {
        port: Some(1006),
        ..Flags::default()
    };
    assert_eq!(port(&both, flag), 1006);
}

#[test]
fn development_makes_its_secrets_once_and_keeps_them_to_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let first = load(folder.path(), &[], Flags::default()).unwrap();
    let second = load(folder.path(), &[], Flags::default()).unwrap();

    let (jwt, pepper) = (&first.auth.jwt_secret, &first.auth.pepper);
    assert_eq!(jwt.expose_secret(), second.auth.jwt_secret.expose_secret());
    assert_ne!(jwt.expose_secret(), pepper.expose_secret());
    assert!(!format!("{first:?}").contains(jwt.expose_secret()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| {
            let path = folder.path().join(path);
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777
        };
        assert_eq!(mode("data/secrets/jwt_secret"), 0o600);
        assert_eq!(mode("data/secrets"), 0o700);
        assert_eq!(mode("data"), 0o700);
    }
}

#[test]
fn whoever_only_reads_the_settings_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let sources = Sources {
        folder: folder.path().to_owned(),
        environment: BTreeMap::from([(
            "STAMPEDE__DATA_DIR".to_owned(),
            data.display().to_string(),
        )]),
        flags: Flags::default(),
    };

    let settings = Settings::read(&sources).unwrap();
    assert!(!data.exists());
    assert!(settings.auth.jwt_secret.expose_secret().is_empty());
    let url = format!("sqlite://{}", data.join("stampede.db").display());
    assert_eq!(settings.database.url.expose_secret(), url);

    let made = Settings::load(&sources).unwrap();
    let read = Settings::read(&sources).unwrap();
    assert_eq!(
        read.auth.jwt_secret.expose_secret(),
        made.auth.jwt_secret.expose_secret()
    );
}

#[test]
fn levels_of_the_log_are_one_word_or_a_list() {
    for level in [
        "info",
        "WARN",
        "off",
        "info,sqlx=warn",
        "debug,stampede_seckill=trace",
    ] {
        let settings = from_environment(&[("STAMPEDE__LOG__LEVEL", level)]);
        assert_eq!(settings.unwrap().log.level, level);
    }
}

#[test]
fn what_is_shown_of_the_settings_has_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    std::fs::write(&file, "mysql://shop:hunter2@db.example/shop\n").unwrap();
    let settings = load(
        folder.path(),
        &[
            SECRETS[0],
            SECRETS[1],
            SECRETS[2],
            ("DATABASE_URL_FILE", file.to_str().unwrap()),
            ("REDIS_URL", "redis://:hunter2@cache.example"),
        ],
        Flags::default(),
    )
    .unwrap();

    let shown = settings.shown.to_string();
    assert!(shown.contains("mysql://shop:***@db.example/shop"));
    for secret in ["hunter2", SECRETS[1].1, SECRETS[2].1] {
        assert!(!shown.contains(secret));
        assert!(!format!("{settings:?}").contains(secret));
    }
    let url = settings.database.url.expose_secret();
    assert_eq!(url, "mysql://shop:hunter2@db.example/shop");
}

#[test]
fn the_test_profile_is_cheap_and_otherwise_strict() {
    let settings = from_environment(&[("STAMPEDE_PROFILE", "test")]).unwrap();

    assert_eq!(settings.auth.bcrypt_cost, 4);
    assert_eq!(settings.server.rate_per_user, 0);
    assert_eq!(settings.server.rate_per_address, 0);
    assert!(!settings.demo);
    assert_eq!(settings.opening_credit().minor(), 0);
}

#[test]
fn the_demo_shop_is_what_a_newcomer_gets() {
    let settings = from_environment(&[]).unwrap();

    assert!(settings.demo);
    assert_eq!(settings.opening_credit().minor(), 1_000_000);
    assert!(
        settings
            .database
            .url
            .expose_secret()
            .ends_with("stampede.db")
    );
}

#[test]
fn a_proxy_is_an_address_or_a_network() {
    let with = |networks: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("config")).unwrap();
        let local = format!("[server]\ntrusted_proxies = [{networks}]\n");
        std::fs::write(folder.path().join("config/local.toml"), local).unwrap();
        load(folder.path(), &[], Flags::default())
    };

    let settings = with(r#""::1", "10.1.2.3/8", "192.0.2.7""#).unwrap();
    let networks = settings.server.trusted_proxies;
    let holds = |nth: usize, address: &str| {
        let address: std::net::IpAddr = address.parse().unwrap();
        networks[nth].contains(&address)
    };
    assert!(holds(0, "::1") && !holds(0, "::2"));
    assert!(holds(1, "10.255.0.1") && !holds(1, "11.0.0.1"));
    assert!(holds(2, "192.0.2.7") && !holds(2, "192.0.2.8"));
    for none in ["10.0.0.0/33", "shop.example", "10.0.0.0/x", ""] {
        assert!(with(&format!("{none:?}")).is_err(), "{none}");
    }
}
