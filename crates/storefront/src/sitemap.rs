//! Sitemaps: every public page with its languages.

use std::fmt::Write;

use crate::head::in_language;
use crate::page::{LANGUAGES, language_tag};

/// Most pages of one sitemap; sitemaps.org allows 50,000 and 50 MB, and each page is written four times.
pub const PER_SITEMAP: usize = 10_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A page of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path, without a query.
    pub path: String,
    /// When it changed, in RFC 3339.
    pub changed: Option<String>,
}

/// A sitemap of these pages. `origin` is scheme and host.
pub fn sitemap(origin: &str, entries: &[Entry]) -> String {
    let mut xml = format!(
        "{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    );
    for entry in entries {
        // Writing to a string does not fail.
        let _ = url(&mut xml, origin, entry);
    }
    xml.push_str("</urlset>\n");
    xml
}

fn url(xml: &mut String, origin: &str, entry: &Entry) -> std::fmt::Result {
    let path = &entry.path;
    write!(xml, "<url><loc>{origin}{path}</loc>")?;
    if let Some(changed) = &entry.changed {
        write!(xml, "<lastmod>{changed}</lastmod>")?;
    }
    for language in LANGUAGES {
        let tag = language_tag(language);
        let path = in_language(path, language.as_str());
        write!(
            xml,
            "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{origin}{path}\"/>"
        )?;
    }
    writeln!(
        xml,
        "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{origin}{path}\"/></url>"
    )
}

/// The index of so many sitemaps, `/sitemap.xml?page=1` and so on.
pub fn sitemap_index(origin: &str, sitemaps: usize) -> String {
    let mut xml =
        format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in 1..=sitemaps {
        let line = format!("<sitemap><loc>{origin}/sitemap.xml?page={page}</loc></sitemap>\n");
        xml.push_str(&line);
    }
    xml.push_str("</sitemapindex>\n");
    xml
}
