//! Seed products: rows, SKUs and stock.

use std::collections::BTreeMap;
use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::DbErr;
use stampede_kernel::{CategoryId, Money, ProductId, SkuId, Timestamp};
use stampede_persistence::entity::{price_history as history, product, sku, stock_journal};

use super::random::SeededRandom;
use super::seed_texts;
use crate::product::store::options_column;
use crate::{price_history, text};

/// The span over which products were "added".
const ADDED_WITHIN: Duration = Duration::from_hours(24 * 365);

/// The seed products of one slice.
pub(super) struct SeedProducts<'a> {
    pub(super) categories: &'a [CategoryId],
    /// Number of products in this slice and all later ones; the oldest are made first.
    pub(super) left: u64,
    pub(super) at: Timestamp,
}

/// Rows of several products.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) products: Vec<product::ActiveModel>,
    pub(super) skus: Vec<sku::ActiveModel>,
    pub(super) journal: Vec<stock_journal::ActiveModel>,
    pub(super) prices: Vec<history::ActiveModel>,
}

impl SeedProducts<'_> {
    /// Builds the rows of the products with these ids; SKUs are numbered from `sku` on.
    pub(super) fn rows(&self, ids: std::ops::Range<i64>, mut sku: i64) -> Result<Rows, DbErr> {
        let mut rows = Rows::default();
        for (id, younger) in ids.zip((0..self.left).rev()) {
            let mut chance = SeededRandom::of(id);
            let added = self.added(younger);
            let prices = prices(&mut chance);
            rows.products
                .push(self.product(ProductId(id), &prices, added, &mut chance));
            for (options, price) in options(&mut chance).into_iter().zip(prices) {
                let num = units(&mut chance);
                let stock = (SkuId(sku), num, added);
                rows.skus
                    .push(sku_row(ProductId(id), stock, price, &options)?);
                rows.journal.extend(opening(stock));
                rows.prices
                    .push(price_history::row(SkuId(sku), price.paid(), added));
                sku += 1;
            }
        }
        Ok(rows)
    }

    fn product(
        &self,
        id: ProductId,
        prices: &[Price; 3],
        added: Timestamp,
        chance: &mut SeededRandom,
    ) -> product::ActiveModel {
        let texts = seed_texts::texts(chance);
        // Few are looked at often, most hardly ever.
        let fame = 1 + chance.below(1_000);
        product::ActiveModel {
            id: Set(id),
            category_id: Set(*chance.pick(self.categories)),
            name: Set(texts.name),
            title: Set(texts.title),
            info: Set(texts.info),
            translations: Set(text::to_column(&texts.translations)),
            on_sale: Set(chance.percent(97)),
            pay_price: Set(prices[0].paid()),
            view: Set(20_000 / fame),
            created_at: Set(added),
            updated_at: Set(added),
        }
    }

    fn added(&self, younger: u64) -> Timestamp {
        let step = ADDED_WITHIN / u32::try_from(self.left.max(1)).unwrap_or(u32::MAX);
        let before = step.saturating_mul(u32::try_from(younger).unwrap_or(u32::MAX));
        self.at.minus(before)
    }
}

#[derive(Clone, Copy)]
struct Price {
    list: Money,
    discounted: Option<Money>,
}

impl Price {
    /// What a buyer pays.
    fn paid(self) -> Money {
        self.discounted.unwrap_or(self.list)
    }
}

/// Prices of three sizes: from about 3 to 900 units of money, cheap ones more often.
fn prices(chance: &mut SeededRandom) -> [Price; 3] {
    let magnitude = [300, 1_000, 3_000, 9_000][usize::try_from(chance.below(4)).unwrap_or(0)];
    let base = magnitude + chance.below(magnitude * 9) / 100 * 100;
    let off = chance.percent(20).then(|| 5 + chance.below(40));
    [base, base * 5 / 4, base * 3 / 2].map(|minor| {
        let list = minor / 100 * 100 + 99;
        let money = |minor| Money::new(minor).unwrap_or(Money::MAX);
        Price {
            list: money(list),
            discounted: off.map(|percent| money(list - list * percent / 100)),
        }
    })
}

/// The options of one to three SKUs.
fn options(chance: &mut SeededRandom) -> Vec<BTreeMap<String, String>> {
    if !chance.percent(25) {
        return vec![BTreeMap::new()];
    }
    let (name, values) = *chance.pick(&[
        ("Size", ["S", "M", "L"]),
        ("Colour", ["Black", "White", "Indigo"]),
        ("Pack", ["1", "2", "4"]),
    ]);
    let count = usize::try_from(2 + chance.below(2)).unwrap_or(2);
    values
        .iter()
        .take(count)
        .map(|value| BTreeMap::from([(name.to_owned(), (*value).to_owned())]))
        .collect()
}

/// Returns a random stock; one SKU in twenty is sold out.
fn units(chance: &mut SeededRandom) -> i64 {
    if chance.percent(5) {
        return 0;
    }
    1 + chance.below(500)
}

fn sku_row(
    product: ProductId,
    (id, num, added): (SkuId, i64, Timestamp),
    price: Price,
    options: &BTreeMap<String, String>,
) -> Result<sku::ActiveModel, DbErr> {
    Ok(sku::ActiveModel {
        tax_rate_bp: Set(None),
        id: Set(id),
        product_id: Set(product),
        options: Set(options_column(options)?),
        price: Set(price.list),
        discount_price: Set(price.discounted),
        num: Set(num),
        created_at: Set(added),
        price_since: Set(Some(added)),
        lowest_30_days: Set(None),
    })
}

fn opening((sku, num, at): (SkuId, i64, Timestamp)) -> Option<stock_journal::ActiveModel> {
    (num != 0).then(|| stock_journal::ActiveModel {
        sku_id: Set(sku),
        delta: Set(num),
        reason: Set("opening".to_owned()),
        reference: Set(None),
        actor_id: Set(None),
        created_at: Set(at),
        ..Default::default()
    })
}
