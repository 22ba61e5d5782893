//! Loads what the API says about a page, and renders it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use stampede_api::product::ListQuery;
use stampede_api::{Audience, ShopLocale};
use stampede_catalog::{CarouselService, CategoryService, ProductService, Viewer};
use stampede_http::body::etag;
use stampede_http::content::Content;
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CategoryId, ProductId};
use stampede_seckill::{Sale, SaleService, SaleStatus};
use stampede_storefront::{Answer, PageAddress, Site, Storefront};

use super::Visit;
use crate::cache::{Key, ProductCache, ResponseCache, Subject};
use crate::routes::carousels::slides_for_customers;
use crate::routes::seckill::offered;

/// Most tiles of categories at the start.
const TILES: usize = 6;

/// The pages of the shop, and what they are made of.
pub(crate) struct Pages {
    pub(crate) storefront: Storefront,
    pub(crate) responses: ResponseCache,
    pub(crate) product_cache: ProductCache,
    pub(crate) locale: Arc<ShopLocale>,
    pub(crate) products: Arc<dyn ProductService>,
    pub(crate) categories: Arc<dyn CategoryService>,
    pub(crate) carousel: Arc<dyn CarouselService>,
    pub(crate) sales: Arc<dyn SaleService>,
}

/// The sales that a page shows.
#[derive(Debug, Default)]
pub(crate) struct PageSales {
    /// The sale that the page is about; one of long ago is in no list.
    pub(crate) own: Option<Sale>,
    /// What every page with goods tells of.
    pub(crate) listed: Vec<Sale>,
}

/// The categories, as far as pages ask for them.
#[derive(Deserialize)]
struct Categories {
    items: Vec<CategoryNode>,
}

#[derive(Deserialize)]
struct CategoryNode {
    id: i64,
    parent_id: Option<i64>,
}

impl Categories {
    /// The categories at the start: roots first, where there are fewer than tiles those below them too,
    /// each in its place.
    fn tiles(&self) -> impl Iterator<Item = &CategoryNode> {
        let mut chosen: Vec<(usize, &CategoryNode)> = self.items.iter().enumerate().collect();
        chosen.sort_by_key(|(place, one)| (one.parent_id.is_some(), *place));
        chosen.truncate(TILES);
        chosen.sort_by_key(|(place, _)| *place);
        chosen.into_iter().map(|(_, one)| one)
    }
}

/// A product, as far as its page asks for it.
#[derive(Deserialize)]
struct CategoryOf {
    category_id: i64,
}

impl Pages {
    /// The present state of the storefront's files.
    pub(crate) fn site(&self) -> Result<Arc<Site>, Problem> {
        let site = self.storefront.site();
        site.map_err(|error| Problem::internal(&error))
    }

    /// The sales that a page shows, as they are now.
    pub(crate) async fn sales_of(&self, address: &PageAddress) -> Result<PageSales, Problem> {
        let mut sales = PageSales::default();
        if address.has_data() {
            sales.listed = self.sales.sales().await?;
        }
        if let PageAddress::Sale(id) = address {
            sales.own = Some(self.sales.sale(*id).await?);
        }
        Ok(sales)
    }

    /// The page, from the cache or made anew.
    pub(crate) async fn page(&self, visit: &Visit) -> Result<Arc<Content>, Problem> {
        let site = self.site()?;
        let sales = self.sales_of(&visit.address).await?;
        let key: Key = visit.key(site.version(), &sales);
        let made = async {
            let mut answers = Answers::new(self, visit);
            if visit.address.has_data() {
                answers.load(&visit.address, &sales).await?;
            }
            self.render(&site, visit, &answers.found)
        };
        self.responses.page(key, made).await
    }

    /// The page without data, which the browser fills.
    pub(crate) fn shell(&self, visit: &Visit) -> Result<Content, Problem> {
        let site = self.site()?;
        self.render(&site, visit, &[])
    }

    fn render(&self, site: &Site, visit: &Visit, answers: &[Answer]) -> Result<Content, Problem> {
        let rendered = self.storefront.render(site, &visit.page(answers));
        rendered.map_err(|error| Problem::internal(&error))
    }
}

/// Reads the API as customers with one language do, through the same cache, and keeps the answers
/// under the addresses that the browser would ask.
struct Answers<'p> {
    pages: &'p Pages,
    audience: Audience,
    found: Vec<Answer>,
}

impl<'p> Answers<'p> {
    fn new(pages: &'p Pages, visit: &Visit) -> Self {
        Self {
            pages,
            audience: Audience::customers(Arc::clone(&pages.locale), visit.language),
            found: Vec::new(),
        }
    }

    /// All that the script of the page would ask for.
    async fn load(&mut self, address: &PageAddress, sales: &PageSales) -> Result<(), Problem> {
        let categories = self.categories().await?;
        match address {
            PageAddress::Home => self.home(&categories).await?,
            PageAddress::List(category, list) => {
                check_category(&categories, *category)?;
                self.list(&list.api).await?;
            }
            PageAddress::Search(list) => self.list(&list.api).await?,
            PageAddress::Product(id) => self.product(*id).await?,
            PageAddress::Sale(_) => self.sale(sales).await?,
            PageAddress::Sales
            | PageAddress::Plain(_)
            | PageAddress::Console(_)
            | PageAddress::NotFound => {}
        }
        self.sales(&sales.listed).await
    }

    async fn home(&mut self, categories: &Categories) -> Result<(), Problem> {
        self.carousels().await?;
        self.list("sort=hot&page_size=8").await?;
        for category in categories.tiles() {
            // The favourite of a root; a shelf below one may have the same, and needs another.
            let size = if category.parent_id.is_none() { 1 } else { 3 };
            let query = format!("category_id={}&sort=hot&page_size={size}", category.id);
            self.list(&query).await?;
        }
        Ok(())
    }

    async fn categories(&mut self) -> Result<Categories, Problem> {
        let load = async |_| self.pages.categories.categories().await;
        let cache = &self.pages.responses;
        let answer = cache.rendered(&self.audience, Subject::Categories, load);
        let answer = Box::pin(answer).await?;
        self.add("/categories", &answer);
        parse(&answer)
    }

    async fn carousels(&mut self) -> Result<(), Problem> {
        let pages = self.pages;
        let load = async |_| slides_for_customers(&*pages.carousel, &*pages.products).await;
        let answer = pages
            .responses
            .rendered(&self.audience, Subject::Carousels, load);
        let answer = Box::pin(answer).await?;
        self.add("/carousels", &answer);
        Ok(())
    }

    async fn list(&mut self, query: &str) -> Result<(), Problem> {
        let (list, _) = ListQuery::parse(query)?;
        let products = &self.pages.products;
        let load = async |language| products.list(list.clone().into_query(language)).await;
        let subject = Subject::Products(list.clone());
        let answer = self.pages.responses.rendered(&self.audience, subject, load);
        let answer = Box::pin(answer).await?;
        self.add(&format!("/products?{query}"), &answer);
        Ok(())
    }

    /// A product, and others of its category.
    async fn product(&mut self, id: ProductId) -> Result<(), Problem> {
        let load = async |_| self.pages.products.product(id, Viewer::Customer).await;
        let cache = &self.pages.responses;
        let answer = cache.rendered(&self.audience, Subject::Product(id), load);
        let answer = Box::pin(answer).await?;
        self.add(&format!("/product/{id}"), &answer);
        let CategoryOf { category_id } = parse(&answer)?;
        let query = format!("category_id={category_id}&sort=hot&page_size=5");
        self.list(&query).await
    }

    async fn sale(&mut self, sales: &PageSales) -> Result<(), Problem> {
        let sale = sales.own.as_ref();
        let sale = sale.ok_or_else(|| Problem::new(NOT_FOUND))?;
        let shown = offered(sale.clone(), &self.pages.product_cache).await?;
        let answer = self.audience.render(&shown)?;
        self.add_sales(&format!("/seckill/{}", sale.id), &answer, &[shown.sale]);
        Ok(())
    }

    async fn sales(&mut self, sales: &[Sale]) -> Result<(), Problem> {
        let mut shown = Vec::new();
        for sale in sales {
            shown.push(offered(sale.clone(), &self.pages.product_cache).await?);
        }
        let answer = self.audience.render(&shown)?;
        self.add_sales("/seckill", &answer, sales);
        Ok(())
    }

    fn add(&mut self, path: &str, content: &Content) {
        self.found.push(Answer {
            address: format!("/api/v1{path}"),
            body: content.body().clone(),
            tag: content.etag().clone(),
        });
    }

    /// Adds an answer about sales. While one of them is not over, every second makes another page:
    /// a page from the browser's cache would tell the time of long ago.
    fn add_sales(&mut self, path: &str, content: &Content, sales: &[Sale]) {
        self.add(path, content);
        let over = |sale: &Sale| matches!(sale.status, SaleStatus::Ended | SaleStatus::Cancelled);
        if let Some(answer) = self.found.last_mut()
            && !sales.iter().all(over)
        {
            answer.tag = etag(&[content.body()]);
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(content: &Content) -> Result<T, Problem> {
    serde_json::from_slice(content.body()).map_err(|error| Problem::internal(&error))
}

fn check_category(known: &Categories, category: Option<CategoryId>) -> Result<(), Problem> {
    let ids: BTreeSet<i64> = known.items.iter().map(|one| one.id).collect();
    match category {
        Some(id) if !ids.contains(&id.0) => Err(Problem::new(NOT_FOUND)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_roots_first_and_stand_where_their_categories_do() {
        let category = |id, parent_id| CategoryNode { id, parent_id };
        let shelves = |items| Categories { items };
        let ids = |all: Categories| all.tiles().map(|one| one.id).collect::<Vec<_>>();
        let few = vec![category(1, None), category(2, Some(1)), category(3, None)];
        let mut many = vec![category(9, Some(1))];
        many.extend((1..=7).map(|id| category(id, None)));

        assert_eq!(ids(shelves(few)), [1, 2, 3]);
        assert_eq!(ids(shelves(many)), [1, 2, 3, 4, 5, 6]);
    }
}
