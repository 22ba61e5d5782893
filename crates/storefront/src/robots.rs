//! `robots.txt`: what search engines leave alone, and where they find the rest.

/// Pages of one customer, of admins, or without end.
const PRIVATE: [&str; 13] = [
    "/account",
    "/addresses",
    "/admin",
    "/api/",
    "/cart",
    "/checkout",
    "/dev/",
    "/favorites",
    "/login",
    "/order",
    "/register",
    "/search",
    "/wallet",
];

/// The text. `origin` is scheme and host; a sitemap needs them.
pub fn robots(origin: &str) -> String {
    let private = PRIVATE.map(|path| format!("Disallow: {path}\n")).concat();
    let sitemap = match origin {
        "" => String::new(),
        origin => format!("\nSitemap: {origin}/sitemap.xml\n"),
    };
    format!("User-agent: *\n{private}{sitemap}")
}
