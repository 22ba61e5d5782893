//! One state of `static/`: its files under content-hashed addresses, its templates, and what
//! follows from both.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::Environment;
use serde_json::Value;
use sha2::{Digest, Sha256};
use stampede_http::content::Content;
use stampede_kernel::Language;

use crate::files::{Files, has_extension};
use crate::imports::{ImportMap, resolve, static_imports};
use crate::page::LANGUAGES;
use crate::routes::{Route, pattern, routes, text_areas, text_file};
use crate::storefront::StorefrontError;
use crate::{doc_comments, script_json, template, texts};

/// Files for the server alone.
const IMPORT_MAP: &str = "importmap.json";
const TEXTS: &str = "pages/texts.json";
/// Areas of texts that the first markup shares with the browser.
const SHARED_TEXTS: [&str; 3] = ["common", "catalogue", "product"];
/// Style sheets in the order in which they are linked; others follow by name.
const STYLES: [&str; 7] = [
    "tokens", "base", "parts", "layers", "shop", "orders", "sale",
];
/// The style sheets of the admin console begin with this.
const CONSOLE_STYLE: &str = "style/console";
/// Modules of others, which are sent as they came.
const LIBRARIES: &str = "vendor/";
/// The style sheet of paper.
const PRINT_STYLE: &str = "style/print.css";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const CHECK_BACK: HeaderValue = HeaderValue::from_static("no-cache");
const BY_CODING: HeaderValue = HeaderValue::from_static("Accept-Encoding");

/// A file of the site.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its bytes, in every coding.
    pub content: Arc<Content>,
    /// A year when the address has the hash of this site, else revalidation.
    ///
    /// During an upgrade a page of one release may ask a server of the other. It gets the file that
    /// there is, so that it goes on working, and no cache keeps that file under the wrong address.
    pub cache_control: HeaderValue,
}

/// The files and templates of one release, or of one edit.
pub struct Site {
    hash: String,
    version: u64,
    assets: HashMap<String, Arc<Content>>,
    /// Static imports of each module, by file name.
    imports: HashMap<String, Vec<String>>,
    /// What the pages of shop and console need.
    scripts: [Scripts; 2],
    styles: Vec<String>,
    import_map: String,
    policy: HeaderValue,
    texts: Value,
    templates: Environment<'static>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site")
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// The scripts of one half.
#[derive(Debug, Default)]
struct Scripts {
    /// Areas of texts of every page.
    texts: Vec<String>,
    /// Pages by the pattern of their address.
    routes: BTreeMap<String, Route>,
}

/// The two halves of the storefront, each with an entry of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Shop,
    Console,
}

impl Half {
    pub(crate) fn entry(self) -> &'static str {
        match self {
            Self::Shop => "shop/main.js",
            Self::Console => "admin/main.js",
        }
    }

    fn routes(self) -> &'static str {
        match self {
            Self::Shop => "shop/routes.js",
            Self::Console => "admin/routes.js",
        }
    }
}

impl Site {
    /// Makes a site out of its files.
    pub(crate) fn new(files: &Files) -> Result<Self, StorefrontError> {
        let (assets, sources): (Files, Files) = files
            .iter()
            .map(|(name, bytes)| (name.clone(), served(name, bytes)))
            .partition(|(name, _)| is_asset(name));
        let hash = hex::encode(&digest(&assets)[..8]);
        let base = format!("/assets/{hash}");
        let import_map = import_map(&sources, &assets, &base)?;
        let modules = assets.iter().filter(|(name, _)| has_extension(name, "js"));
        let libraries = libraries(&sources, &assets)?;
        let imports = modules
            .map(|(name, source)| (name.clone(), imports_of(name, source, &assets, &libraries)));
        let scripts = [Half::Shop, Half::Console].map(|half| Scripts::of(half, &assets));
        let names: BTreeSet<String> = assets.keys().cloned().collect();
        Ok(Self {
            version: version(files),
            imports: imports.collect(),
            scripts,
            styles: styles(&names),
            policy: policy(&import_map),
            import_map,
            texts: shared_texts(&sources, &assets)?,
            templates: template::environment(&sources, base, names)?,
            assets: assets
                .into_iter()
                .map(|(name, bytes)| {
                    let content = content(&name, bytes);
                    (name, Arc::new(content))
                })
                .collect(),
            hash,
        })
    }

    /// Compresses every file as small as it gets; takes about a second of one core in a release
    /// build. Until then files are sent as gzip that is made on the way.
    pub(crate) fn prepare(&self) {
        self.assets.values().for_each(|content| content.prepare());
    }

    /// The file at `path` below `/assets/`: a hash, then the name.
    pub fn asset(&self, path: &str) -> Option<Asset> {
        let (hash, name) = path.split_once('/')?;
        if hash.len() != self.hash.len() || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let cache_control = if hash == self.hash {
            FOR_EVER
        } else {
            CHECK_BACK
        };
        Some(Asset {
            content: Arc::clone(self.assets.get(name)?),
            cache_control,
        })
    }

    /// The address of a file; `None` when there is none of that name.
    pub fn url(&self, name: &str) -> Option<String> {
        let there = self.assets.contains_key(name);
        there.then(|| format!("/assets/{}/{name}", self.hash))
    }

    /// A number that is another when anything in the site is: pages of another version are old.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The content security policy of its pages: all scripts come from here, and the one that
    /// is inline, the import map, is known by its hash.
    pub fn policy(&self) -> &HeaderValue {
        &self.policy
    }

    /// The file itself.
    pub(crate) fn file(&self, name: &str) -> Option<&Bytes> {
        self.assets.get(name).map(|content| content.body())
    }

    pub(crate) fn import_map(&self) -> &str {
        &self.import_map
    }

    pub(crate) fn texts(&self, language: Language) -> &Value {
        &self.texts[language.as_str()]
    }

    pub(crate) fn templates(&self) -> &Environment<'static> {
        &self.templates
    }

    /// The style sheets of a half, in order, with the medium each is for.
    pub(crate) fn styles(&self, half: Half) -> Vec<(String, &'static str)> {
        let styles = self.styles.iter();
        let of_half =
            styles.filter(|name| half == Half::Console || !name.starts_with(CONSOLE_STYLE));
        let linked = of_half.filter_map(|name| {
            let media = if name == PRINT_STYLE { "print" } else { "" };
            Some((self.url(name)?, media))
        });
        linked.collect()
    }

    /// The modules that a page needs before it can show anything: entry, page and texts with all
    /// that they import, so that the browser fetches them at once.
    pub(crate) fn preloads(&self, half: Half, route: &str, language: Language) -> Vec<String> {
        let scripts = match half {
            Half::Shop => &self.scripts[0],
            Half::Console => &self.scripts[1],
        };
        let page = scripts.routes.get(&pattern(route));
        let module = page.and_then(|page| resolve(half.routes(), page.module.as_deref()?));
        let areas = page.map_or(&[][..], |page| &page.texts);
        let texts = scripts.texts.iter().chain(areas);
        let texts = texts.map(|area| text_file(language.as_str(), area));
        let entry = [half.entry().to_owned()].into_iter();
        let mut queue: VecDeque<String> = entry.chain(module).chain(texts).collect();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(name) = queue.pop_front() {
            if let Some(imports) = self.imports.get(&name)
                && seen.insert(name.clone())
            {
                queue.extend(imports.iter().cloned());
                found.extend(self.url(&name));
            }
        }
        found
    }
}

impl Scripts {
    fn of(half: Half, assets: &Files) -> Self {
        let source = |name| assets.get(name).map(text).unwrap_or_default();
        Self {
            texts: text_areas(source(half.entry())),
            routes: routes(source(half.routes())),
        }
    }
}

fn is_asset(name: &str) -> bool {
    name != IMPORT_MAP && name != template::DOCUMENT && !name.starts_with("pages/")
}

/// What is sent of a file: all of it, but for the doc comments of our own modules.
fn served(name: &str, bytes: &Bytes) -> Bytes {
    if has_extension(name, "js") && !name.starts_with(LIBRARIES) {
        doc_comments::strip(text(bytes)).into()
    } else {
        bytes.clone()
    }
}

fn digest(files: &Files) -> [u8; 32] {
    let mut digest = Sha256::new();
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
    }
    digest.finalize().into()
}

fn version(files: &Files) -> u64 {
    let digest = digest(files);
    let first = digest.first_chunk().copied().unwrap_or_default();
    u64::from_le_bytes(first)
}

fn content(name: &str, bytes: Bytes) -> Content {
    let content_type = HeaderValue::from_static(content_type(name));
    Content::new(bytes, content_type).with(header::VARY, BY_CODING)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("gif") => "image/gif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn parse<T: serde::de::DeserializeOwned + Default>(
    sources: &Files,
    name: &'static str,
) -> Result<T, StorefrontError> {
    let Some(text) = sources.get(name) else {
        return Ok(T::default());
    };
    serde_json::from_slice(text).map_err(|cause| StorefrontError::Json { name, cause })
}

/// The libraries that exist, with their files.
fn libraries(sources: &Files, assets: &Files) -> Result<Vec<(String, String)>, StorefrontError> {
    let map: ImportMap = parse(sources, IMPORT_MAP)?;
    let there = |(_, file): &(&str, String)| {
        let there = assets.contains_key(file);
        if !there {
            tracing::warn!(file, "a library of importmap.json does not exist");
        }
        there
    };
    let files = map.files().filter(there);
    Ok(files.map(|(name, file)| (name.to_owned(), file)).collect())
}

/// The import map as the page has it: libraries with their hashed addresses.
fn import_map(sources: &Files, assets: &Files, base: &str) -> Result<String, StorefrontError> {
    let libraries = libraries(sources, assets)?;
    let urls = libraries
        .into_iter()
        .map(|(name, file)| (name, format!("{base}/{file}")));
    let imports: BTreeMap<String, String> = urls.collect();
    Ok(script_json::of(&serde_json::json!({ "imports": imports })))
}

fn policy(import_map: &str) -> HeaderValue {
    let hash = STANDARD.encode(Sha256::digest(import_map));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'sha256-{hash}'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The words of the first markup: those for the server alone, and by area those of the browser.
fn shared_texts(sources: &Files, assets: &Files) -> Result<Value, StorefrontError> {
    let mut all: Value = parse(sources, TEXTS)?;
    for language in LANGUAGES {
        for area in SHARED_TEXTS {
            let name = text_file(language.as_str(), area);
            let module = assets.get(&name);
            let read = module.and_then(|module| texts::parse(text(module)));
            if read.is_none() {
                tracing::warn!(file = name, "the server cannot read the texts of this file");
            }
            all[language.as_str()][area] = read.unwrap_or_default();
        }
    }
    Ok(all)
}

fn styles(names: &BTreeSet<String>) -> Vec<String> {
    let sheets = names.iter().filter(|name| {
        let sheet = name.strip_prefix("style/");
        sheet.is_some_and(|sheet| has_extension(sheet, "css") && !sheet.contains('/'))
    });
    let place = |name: &&String| {
        let first = |known: &&str| name.as_str() == format!("style/{known}.css");
        let known = STYLES.iter().position(first);
        // Paper comes last: it takes away what the others show.
        (name.as_str() == PRINT_STYLE, known.unwrap_or(STYLES.len()))
    };
    let mut sheets: Vec<&String> = sheets.collect();
    sheets.sort_by_key(place);
    sheets.into_iter().cloned().collect()
}

fn text(bytes: &Bytes) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn imports_of(
    name: &str,
    source: &Bytes,
    assets: &Files,
    libraries: &[(String, String)],
) -> Vec<String> {
    let file = |specifier: &str| {
        let mut libraries = libraries.iter();
        let library = libraries.find(|(library, _)| library == specifier);
        library
            .map(|(_, file)| file.clone())
            .or_else(|| resolve(name, specifier))
            .filter(|file| assets.contains_key(file))
    };
    static_imports(text(source))
        .into_iter()
        .filter_map(file)
        .collect()
}
