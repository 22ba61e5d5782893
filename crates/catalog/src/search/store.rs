//! Queries of the search index.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{CategoryId, Language, ProductId};
use stampede_persistence::entity::{category, product, sku};

use crate::text::{Text, Texts};

/// Rows per query.
pub(super) const SLICE: u64 = 500;

/// A product on sale, ready to be indexed.
#[derive(Debug, Clone)]
pub(super) struct IndexedProduct {
    pub(super) row: product::Model,
    /// All texts, those in the shop's language included.
    pub(super) texts: Texts,
    /// Its category and all ancestors.
    pub(super) categories: Vec<CategoryId>,
    /// The names of these categories in all languages.
    pub(super) category_names: Vec<String>,
    pub(super) in_stock: bool,
    pub(super) options: Options,
}

/// Names and values of the options of a product's SKUs, such as `Colour` and
/// `Aubergine`, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) names: BTreeSet<String>,
    pub(super) values: BTreeSet<String>,
}

/// Stock and options of the SKUs of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) in_stock: bool,
    pub(super) options: Options,
}

/// Reads the next products on sale after the id `after`.
pub(super) async fn slice(
    db: &impl ConnectionTrait,
    after: ProductId,
) -> Result<Vec<product::Model>, DbErr> {
    product::Entity::find()
        .filter(product::Column::OnSale.eq(true))
        .filter(product::Column::Id.gt(after))
        .order_by_asc(product::Column::Id)
        .limit(SLICE)
        .all(db)
        .await
}

/// Reads those of the products that are on sale, by id.
pub(super) async fn on_sale(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<Vec<product::Model>, DbErr> {
    product::Entity::find()
        .filter(product::Column::OnSale.eq(true))
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(product::Column::Id)
        .all(db)
        .await
}

/// Returns those of the products that are in stock.
pub(super) async fn in_stock(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashSet<ProductId>, DbErr> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<ProductId> = sku::Entity::find()
        .select_only()
        .column(sku::Column::ProductId)
        .distinct()
        .filter(sku::Column::ProductId.is_in(ids.iter().copied()))
        .filter(sku::Column::Num.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Reads stock and options of the SKUs of these products; options that cannot be parsed
/// are left out.
pub(super) async fn units(
    db: &impl ConnectionTrait,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Units>, DbErr> {
    let mut units: HashMap<ProductId, Units> = HashMap::new();
    if ids.is_empty() {
        return Ok(units);
    }
    let rows: Vec<(ProductId, String, i64)> = sku::Entity::find()
        .select_only()
        .column(sku::Column::ProductId)
        .column(sku::Column::Options)
        .column(sku::Column::Num)
        .filter(sku::Column::ProductId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    for (product, options, num) in rows {
        let of_product = units.entry(product).or_default();
        of_product.in_stock |= num > 0;
        let options: BTreeMap<String, String> = serde_json::from_str(&options).unwrap_or_default();
        for (name, value) in options {
            of_product.options.names.insert(name);
            of_product.options.values.insert(value);
        }
    }
    Ok(units)
}

/// Reads the view counts of the next products on sale after the id `after`; products
/// without views are left out.
pub(super) async fn views(
    db: &impl ConnectionTrait,
    after: ProductId,
) -> Result<Vec<(ProductId, i64)>, DbErr> {
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .column(product::Column::View)
        .filter(product::Column::OnSale.eq(true))
        .filter(product::Column::View.gt(0))
        .filter(product::Column::Id.gt(after))
        .order_by_asc(product::Column::Id)
        .limit(SLICE * 10)
        .into_tuple()
        .all(db)
        .await
}

/// Reads the ids of the next products on sale in these categories after the id `after`.
pub(super) async fn in_categories(
    db: &impl ConnectionTrait,
    categories: &[CategoryId],
    after: ProductId,
) -> Result<Vec<ProductId>, DbErr> {
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::CategoryId.is_in(categories.iter().copied()))
        .filter(product::Column::OnSale.eq(true))
        .filter(product::Column::Id.gt(after))
        .order_by_asc(product::Column::Id)
        .limit(SLICE)
        .into_tuple()
        .all(db)
        .await
}

/// The category tree with names, for indexing.
#[derive(Debug, Default)]
pub(super) struct CategoryIndex(HashMap<CategoryId, Node>);

#[derive(Debug)]
struct Node {
    parent: Option<CategoryId>,
    names: Vec<String>,
}

impl CategoryIndex {
    /// Reads all categories: they are few.
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let rows = category::Entity::find().all(db).await?;
        let nodes = rows.into_iter().map(|row| {
            let translated = texts(row.translations.as_deref());
            let names = translated.into_values().filter_map(|text| text.name);
            let node = Node {
                parent: row.parent_id,
                names: std::iter::once(row.name).chain(names).collect(),
            };
            (row.id, node)
        });
        Ok(Self(nodes.collect()))
    }

    /// Returns the category and its ancestors.
    fn path(&self, category: CategoryId) -> Vec<CategoryId> {
        let mut path = Vec::new();
        let mut next = Some(category);
        while let Some(id) = next.filter(|id| !path.contains(id)) {
            path.push(id);
            next = self.0.get(&id).and_then(|node| node.parent);
        }
        path
    }

    /// Returns the category and its descendants.
    pub(super) fn below(&self, category: CategoryId) -> Vec<CategoryId> {
        let all = self.0.keys().copied();
        all.filter(|id| self.path(*id).contains(&category))
            .collect()
    }

    /// Builds the indexed form of a product.
    pub(super) fn indexed_product(
        &self,
        row: product::Model,
        units: Units,
        shop: Language,
    ) -> IndexedProduct {
        let mut texts = texts(row.translations.as_deref());
        texts.insert(
            shop,
            Text {
                name: Some(row.name.clone()),
                title: Some(row.title.clone()),
                info: Some(row.info.clone()),
            },
        );
        let categories = self.path(row.category_id);
        let nodes = categories.iter().filter_map(|id| self.0.get(id));
        IndexedProduct {
            category_names: nodes.flat_map(|node| node.names.clone()).collect(),
            row,
            texts,
            categories,
            in_stock: units.in_stock,
            options: units.options,
        }
    }
}

/// Parses stored translations; invalid JSON counts as none.
fn texts(stored: Option<&str>) -> Texts {
    stored
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}
