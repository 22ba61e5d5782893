//! A shop with an admin, a picture or two, and the catalogue's services.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use stampede_catalog::*;
use stampede_kernel::{
    CategoryId, ImageId, Language, ManualClock, Money, PageSize, ProductId, SkuId, Timestamp,
    UserId,
};
use stampede_persistence::entity::{audit_log, feed, image, stock_journal};
use stampede_test_support::TestDb;

/// Who acts.
pub(crate) const ADMIN: UserId = UserId(1);

pub(crate) struct Shop {
    pub(crate) db: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) products: DbProducts,
    pub(crate) categories: DbCategories,
    pub(crate) carousel: DbCarousel,
    pub(crate) favorites: DbFavorites,
    pub(crate) stock: DbStock,
    pub(crate) tea: CategoryId,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let db = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(Timestamp(1_000)));
        let settings = CatalogSettings {
            language: Language::EN,
        };
        let search = Search::open(db.db.clone(), SearchSettings::default())
            .await
            .unwrap();
        let categories = DbCategories::new(db.db.clone(), clock.clone(), search.clone(), settings);
        let tea = categories.create(ADMIN, named("Tea")).await.unwrap().id;
        Self {
            products: DbProducts::new(db.db.clone(), clock.clone(), search.clone(), settings),
            carousel: DbCarousel::new(db.db.clone(), clock.clone(), settings),
            favorites: DbFavorites::new(db.db.clone(), clock.clone()),
            stock: DbStock::new(db.db.clone(), clock.clone(), search, settings),
            categories,
            tea,
            clock,
            db,
        }
    }

    /// A product on sale at this price, with this many units of its one SKU.
    pub(crate) async fn product(&self, price: i64, num: i64) -> Product {
        let new = self.tea(price, num);
        self.products.create(ADMIN, new).await.unwrap().product
    }

    pub(crate) fn tea(&self, price: i64, num: i64) -> NewProduct {
        NewProduct {
            name: "Sencha".into(),
            title: "Steamed green tea".into(),
            info: "From Shizuoka".into(),
            translations: Texts::new(),
            category_id: self.tea,
            on_sale: true,
            skus: vec![new_sku(price, num)],
            images: vec![],
        }
    }

    pub(crate) async fn now(&self, id: ProductId) -> Product {
        let detail = self.products.product(id, Viewer::Admin).await.unwrap();
        detail.product
    }

    /// A stored picture.
    pub(crate) async fn image(&self, n: u8) -> ImageId {
        let row = image::ActiveModel {
            hash: Set(format!("{n:064x}")),
            format: Set("jpg".into()),
            width: Set(100),
            height: Set(80),
            created_at: Set(Timestamp(1)),
            ..Default::default()
        };
        let inserted = image::Entity::insert(row).exec(self.db.db.reader()).await;
        inserted.unwrap().last_insert_id
    }

    pub(crate) async fn journal(&self, sku: SkuId) -> Vec<i64> {
        let rows = stock_journal::Entity::find()
            .filter(stock_journal::Column::SkuId.eq(sku))
            .all(self.db.db.reader())
            .await
            .unwrap();
        rows.into_iter().map(|row| row.delta).collect()
    }

    pub(crate) async fn acts(&self, action: &str) -> u64 {
        audit_log::Entity::find()
            .filter(audit_log::Column::Action.eq(action))
            .count(self.db.db.reader())
            .await
            .unwrap()
    }

    pub(crate) async fn news(&self, topic: &str, key: i64) -> u64 {
        feed::Entity::find()
            .filter(feed::Column::Topic.eq(topic))
            .filter(feed::Column::Key.eq(key.to_string()))
            .count(self.db.db.reader())
            .await
            .unwrap()
    }
}

pub(crate) fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

pub(crate) fn new_sku(price: i64, num: i64) -> NewSku {
    NewSku {
        tax_rate: None,
        options: BTreeMap::new(),
        price: money(price),
        discount_price: None,
        num,
    }
}

pub(crate) fn named(name: &str) -> NewCategory {
    NewCategory {
        name: name.into(),
        translations: None,
        parent_id: None,
        image: None,
    }
}

pub(crate) fn everything(sort: Sort) -> ProductQuery {
    ProductQuery {
        category: None,
        q: None,
        min_price: None,
        max_price: None,
        in_stock: false,
        sort,
        size: PageSize::new(10).unwrap(),
        from: PageStart::Page(1),
        language: Language::EN,
    }
}
