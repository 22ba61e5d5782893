//! `sitemap.xml` and `robots.txt`.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use stampede_catalog::{CategoryService, DbProducts};
use stampede_http::content::Content;
use stampede_http::origin;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::ProductId;
use stampede_kernel::codes::NOT_FOUND;
use stampede_persistence::database_refusal;
use stampede_seckill::SaleService;
use stampede_storefront::{Entry, PER_SITEMAP, sitemap as write_sitemap, sitemap_index};

const XML: HeaderValue = HeaderValue::from_static("application/xml; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const FIVE_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// What search engines may find.
pub(crate) struct PublicPages {
    pub(crate) products: Arc<DbProducts>,
    pub(crate) categories: Arc<dyn CategoryService>,
    pub(crate) sales: Arc<dyn SaleService>,
}

/// Which of several sitemaps.
#[derive(Debug, Deserialize)]
pub(crate) struct SitemapQuery {
    page: Option<i64>,
}

/// The sitemap; of a large shop its index, whose sitemaps are numbered.
pub(crate) async fn sitemap(
    request: HttpRequest,
    query: Params<SitemapQuery>,
    pages: web::Data<PublicPages>,
) -> Result<HttpResponse, Problem> {
    let origin = origin::of(&request);
    let sitemaps = pages.sitemaps().await?;
    let xml = match query.0.page {
        None if sitemaps > 1 => sitemap_index(&origin, sitemaps),
        page => {
            let page = usize::try_from(page.unwrap_or(1)).unwrap_or_default();
            if page == 0 || page > sitemaps {
                return Err(Problem::new(NOT_FOUND));
            }
            write_sitemap(&origin, &pages.entries(page).await?)
        }
    };
    let xml = Content::new(xml, XML).with(header::CACHE_CONTROL, FIVE_MINUTES);
    Ok(xml.answer(request.headers()))
}

/// What search engines leave alone.
pub(crate) async fn robots(request: HttpRequest) -> HttpResponse {
    let text = stampede_storefront::robots(&origin::of(&request));
    let text = Content::new(text, TEXT).with(header::CACHE_CONTROL, FIVE_MINUTES);
    text.answer(request.headers())
}

impl PublicPages {
    /// The number of sitemaps: each has a range of product ids, so that none costs more than
    /// another however many products there are.
    async fn sitemaps(&self) -> Result<usize, Problem> {
        let newest = self.products.newest().await;
        let newest = newest.map_err(|error| database_refusal(&error))?;
        let newest = newest.map_or(0, |id| id.0);
        let newest = usize::try_from(newest).unwrap_or_default();
        Ok(newest.div_ceil(PER_SITEMAP).max(1))
    }

    async fn entries(&self, page: usize) -> Result<Vec<Entry>, Problem> {
        let mut entries = Vec::new();
        if page == 1 {
            entries.extend(["/", "/c", "/sales"].map(|path| entry(path.to_owned(), None)));
            let categories = self.categories.categories().await?;
            entries.extend(
                categories
                    .iter()
                    .map(|one| entry(format!("/c/{}", one.id), None)),
            );
            let sales = self.sales.sales().await?;
            entries.extend(
                sales
                    .iter()
                    .map(|one| entry(format!("/sale/{}", one.id), None)),
            );
        }
        let end = i64::try_from(page.saturating_mul(PER_SITEMAP)).unwrap_or(i64::MAX);
        let size = i64::try_from(PER_SITEMAP).unwrap_or(i64::MAX);
        let (after, through) = (ProductId(end - size), ProductId(end));
        let products = self.products.on_sale_between(after, through).await;
        let products = products.map_err(|error| database_refusal(&error))?;
        entries.extend(
            products
                .into_iter()
                .map(|(id, changed)| entry(format!("/p/{id}"), Some(changed.to_rfc3339()))),
        );
        Ok(entries)
    }
}

fn entry(path: String, changed: Option<String>) -> Entry {
    Entry { path, changed }
}
