//! The files that pages are made of: named by pages, served for ever, replaced by an edit.

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::pages::{PageAnswer, open, send};
use crate::server::TestShop;

/// The files that a page names.
fn files(page: &PageAnswer) -> Vec<String> {
    let parts = page.html.split("\"/assets/").skip(1);
    let names = parts.map(|part| part.split('"').next().unwrap());
    names.map(|name| format!("/assets/{name}")).collect()
}

#[actix_web::test]
async fn every_file_that_a_page_names_is_there_for_ever() {
    let shop = TestShop::open().await;

    for path in ["/", "/login", "/admin/sales/1/live"] {
        let page = open(&shop, path).await;
        let files = files(&page);
        assert!(files.len() > 20, "{path}");
        for file in files {
            let answer = open(&shop, &file).await;
            assert_eq!(answer.status, 200, "{path} {file}");
            let kept = answer.header("cache-control");
            assert_eq!(kept, "public, max-age=31536000, immutable", "{file}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
            let kind = answer.header("content-type");
            let (_, extension) = file.rsplit_once('.').unwrap();
            let expected = match extension {
                "js" => "text/javascript; charset=utf-8",
                "css" => "text/css; charset=utf-8",
                "svg" => "image/svg+xml",
                "png" => "image/png",
                "woff2" => "font/woff2",
                other => panic!("{other}"),
            };
            assert_eq!(kind, expected, "{file}");
        }
    }
}

/// The routes of the browser are a file, those of the server are Rust: a page of one is a page of
/// the other.
#[actix_web::test]
async fn every_page_that_the_browser_knows_is_one_for_the_server() {
    let shop = TestShop::open().await;
    let text = "0199a1b2-0000-7000-8000-000000000000";

    for half in ["shop", "admin"] {
        let file = format!(
            "{}/../../static/{half}/routes.js",
            env!("CARGO_MANIFEST_DIR")
        );
        let routes = std::fs::read_to_string(file).unwrap();
        let paths = routes.split("path: '").skip(1);
        let paths: Vec<&str> = paths.map(|part| part.split('\'').next().unwrap()).collect();
        assert!(paths.len() > 15, "{half}");
        for path in paths {
            let path = path.replace(":id", "7").replace(":order", text);
            let page = open(&shop, &path).await;
            // Product 7 does not exist; an address that is none would be "There is no such page" as well.
            let absent = ["/p/7", "/c/7", "/sale/7"].contains(&path.as_str());
            assert_eq!(page.status, if absent { 404 } else { 200 }, "{path}");
        }
    }
}

#[actix_web::test]
async fn the_policy_knows_the_import_map_and_no_other_script_is_inline() {
    let shop = TestShop::open().await;
    let page = open(&shop, "/").await;

    let map = page.one(r#"<script type="importmap">"#, "</script>");
    let hash = STANDARD.encode(Sha256::digest(map));
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&format!("script-src 'self' 'sha256-{hash}';")));
    let imports: Value = serde_json::from_str(map).unwrap();
    for name in [
        "preact",
        "preact/hooks",
        "htm",
        "@preact/signals",
        "@preact/signals-core",
    ] {
        let file = imports["imports"][name].as_str().unwrap();
        assert_eq!(open(&shop, file).await.status, 200, "{name}");
    }
    for opened in page.all("<script", ">") {
        let inline = !opened.contains("src=");
        let data = opened.contains("json") || opened.contains("importmap");
        assert!(!inline || data, "{opened}");
    }
    assert!(!page.html.contains("<style") && !page.html.contains(" style="));
    assert!(!page.html.contains(" onclick=") && !page.html.contains("javascript:"));
}

#[actix_web::test]
async fn a_page_fetches_its_own_scripts_and_texts_ahead() {
    let shop = TestShop::open().await;
    let preloaded = async |path: &str| {
        let page = open(&shop, path).await;
        let links = page
            .html
            .split(r#"<link rel="modulepreload" href=""#)
            .skip(1);
        let names = links.map(|link| link.split('"').next().unwrap());
        let names = names.map(|name| name.splitn(4, '/').nth(3).unwrap().to_owned());
        names.collect::<Vec<String>>()
    };

    let home = preloaded("/?lang=zh").await;
    for name in [
        "shop/main.js",
        "shop/home.js",
        "vendor/preact.js",
        "texts/zh/common.js",
    ] {
        assert!(home.iter().any(|file| file == name), "{name}");
    }
    assert!(
        !home
            .iter()
            .any(|file| file.starts_with("admin/") || file.contains("/en/"))
    );
    let product = preloaded("/p/1").await;
    assert!(!product.contains(&"shop/home.js".to_owned()));
    let console = preloaded("/admin/sales/7/live").await;
    assert!(console.contains(&"admin/main.js".to_owned()));
    assert!(console.contains(&"texts/en/admin-live.js".to_owned()));
}

#[actix_web::test]
async fn a_file_comes_in_the_smallest_coding_that_the_browser_takes() {
    let shop = TestShop::open().await;
    let page = open(&shop, "/").await;
    let files = files(&page);
    let file = files
        .iter()
        .find(|file| file.ends_with("style/shop.css"))
        .unwrap();
    let font = files
        .iter()
        .find(|file| file.ends_with("archivo.woff2"))
        .unwrap();
    let coded = async |file: &str, accepted: &str| {
        let request = shop.request(Method::GET, file);
        let answer = request.header("accept-encoding", accepted.to_owned());
        let answer = answer.send().await.unwrap();
        let codings = answer.headers().get_all("content-encoding").iter();
        let codings: Vec<String> = codings
            .map(|one| one.to_str().unwrap().to_owned())
            .collect();
        let vary = answer.headers()["vary"].to_str().unwrap().to_owned();
        assert!(vary.to_lowercase().contains("accept-encoding"), "{vary}");
        (codings.join(","), answer.bytes().await.unwrap().len())
    };
    // Prepared in the background, right after the start.
    let mut brotli = coded(file, "br").await;
    for _ in 0..600 {
        if brotli.0 == "br" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        brotli = coded(file, "br").await;
    }

    let plain = coded(file, "identity").await;
    let gzip = coded(file, "gzip, deflate").await;
    assert_eq!(
        (brotli.0.as_str(), gzip.0.as_str(), plain.0.as_str()),
        ("br", "gzip", "")
    );
    assert!(brotli.1 < plain.1 / 2 && gzip.1 < plain.1 / 2);
    for (accepted, sent) in [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0, br;q=0.1", "br"),
        ("gzip;q=0, br;q=0", ""),
        ("*;q=0", ""),
        ("zstd", ""),
    ] {
        assert_eq!(coded(file, accepted).await.0, sent, "{accepted}");
    }
    assert_eq!(coded(font, "gzip, br").await.0, "");
}

#[actix_web::test]
async fn a_file_is_known_by_its_tag_and_by_no_other_name() {
    let shop = TestShop::open().await;
    let page = open(&shop, "/").await;
    let files = files(&page);
    let file = files
        .iter()
        .find(|file| file.ends_with("shop/main.js"))
        .unwrap();
    let first = open(&shop, file).await;

    let again = shop.request(Method::GET, file);
    let again = send(again.header("if-none-match", first.header("etag"))).await;
    assert_eq!((again.status, again.html.as_str()), (304, ""));
    assert!(again.header("cache-control").contains("immutable"));
    let head = send(shop.request(Method::HEAD, file)).await;
    assert_eq!((head.status, head.html.as_str()), (200, ""));

    let other = format!("/assets/{}/shop/main.js", "0".repeat(16));
    let other = open(&shop, &other).await;
    assert_eq!(
        (other.status, other.header("cache-control")),
        (200, "no-cache")
    );
    assert_eq!(other.html, first.html);
    let base = file.trim_end_matches("/shop/main.js");
    for name in [
        "document.html",
        "pages/home.html",
        "importmap.json",
        "tools/package.json",
        "types/api.d.ts",
        "lib/money.test.js",
        "demo/catalogue.json",
        "../Cargo.toml",
        "..%2fCargo.toml",
        "nothing.js",
        "",
    ] {
        let absent = open(&shop, &format!("{base}/{name}")).await;
        assert_eq!(absent.status, 404, "{name}");
        assert_eq!(
            absent.header("content-type"),
            "application/problem+json",
            "{name}"
        );
    }
}

#[actix_web::test]
async fn icons_and_manifest_are_where_browsers_look_for_them() {
    let shop = TestShop::with(&[("STAMPEDE__SHOP__NAME", "Tea & Co")]).await;

    let icon = open(&shop, "/favicon.ico").await;
    assert_eq!(
        (icon.status, icon.header("content-type")),
        (200, "image/svg+xml")
    );
    let manifest = open(&shop, "/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: Value = serde_json::from_str(&manifest.html).unwrap();
    assert_eq!(manifest["name"], "Tea & Co");
    for icon in manifest["icons"].as_array().unwrap() {
        let url = icon["src"].as_str().unwrap();
        assert_eq!(open(&shop, url).await.status, 200, "{url}");
    }
    let home = open(&shop, "/").await;
    let facts = concat!(
        r#"{"country":"US","currency":"USD","demo":false,"development":false,"language":"en","#,
        r#""name":"Tea & Co","pay_within_secs":900}"#,
    );
    assert!(home.html.contains(facts));
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[actix_web::test]
async fn a_folder_of_ones_own_takes_the_place_of_the_files_and_an_edit_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = |words: &str| {
        format!(
            "<title>{words}</title><link href=\"{{{{ asset('a.css') }}}}\">{{% block main %}}{{% endblock %}}"
        )
    };
    write(folder.path(), "document.html", &page("Mine"));
    write(
        folder.path(),
        "pages/plain.html",
        "{% extends 'document.html' %}",
    );
    write(folder.path(), "a.css", "a {}");
    let own = folder.path().display().to_string();
    let shop = TestShop::with(&[("STAMPEDE__SERVER__STATIC_DIR", own.as_str())]).await;
    let until = async |words: &str| {
        for _ in 0..100 {
            let page = open(&shop, "/login").await;
            if page.html.contains(words) {
                return files(&page).remove(0);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{words} never came");
    };

    let before = until("<title>Mine</title>").await;
    assert_eq!(open(&shop, &before).await.html, "a {}");
    write(folder.path(), "document.html", &page("Still mine"));
    write(folder.path(), "a.css", "a { color: red }");
    let after = until("<title>Still mine</title>").await;

    assert_ne!(after, before);
    assert_eq!(open(&shop, &after).await.html, "a { color: red }");
    let old = open(&shop, &before).await;
    assert_eq!(
        (old.html.as_str(), old.header("cache-control")),
        ("a { color: red }", "no-cache")
    );
    write(folder.path(), "document.html", "{% broken");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        open(&shop, "/login").await.status,
        200,
        "a fault does not close the shop"
    );
}
