//! The inserts of new products.

use sea_orm::{ActiveValue::Set, DbErr};
use stampede_kernel::{Money, ProductId, SkuId, TaxRate};
use stampede_persistence::entity::{price_history as history, product, sku, stock_journal};
use stampede_persistence::insert_all;

use super::ImportPass;
use crate::csv::import::ImportError;
use crate::product::{NewProduct, NewSku, store};
use crate::{price_history, stock, text};

/// A product to be created, with the ids that it restores.
pub(super) struct NewRow {
    pub(super) product: NewProduct,
    pub(super) id: Option<ProductId>,
    pub(super) skus: Vec<Option<SkuId>>,
}

impl ImportPass<'_> {
    /// Inserts the queued products.
    pub(in crate::csv) async fn insert(&mut self) -> Result<(), ImportError> {
        let making = std::mem::take(&mut self.making);
        if making.is_empty() || !self.faults.is_empty() {
            return Ok(());
        }
        if self.restoring.is_some() || self.next.is_some() {
            return self.insert_numbered(making).await;
        }
        for NewRow { product, .. } in making {
            let id = store::insert(self.tx, &product, self.cause()).await?;
            self.touched.push(id.0);
        }
        Ok(())
    }

    /// Inserts products whose ids are known before, in few statements.
    async fn insert_numbered(&mut self, making: Vec<NewRow>) -> Result<(), ImportError> {
        let (mut products, mut skus, mut journal) = (Vec::new(), Vec::new(), Vec::new());
        let mut prices = Vec::new();
        let (mut next_product, mut next_sku) = self.next.unwrap_or((1, 1));
        for NewRow {
            product,
            id,
            skus: ids,
        } in making
        {
            let id = id.unwrap_or(ProductId(next_product));
            next_product = next_product.max(id.0 + 1);
            let mut numbered: Vec<_> = product.skus.iter().zip(ids).collect();
            numbered.sort_by_key(|(_, id)| *id);
            let pay_price = numbered.first().map(|(new, _)| new.pay_price());
            for (new, sku) in numbered {
                let sku = sku.unwrap_or(SkuId(next_sku));
                next_sku = next_sku.max(sku.0 + 1);
                skus.push(self.sku_row(id, sku, new)?);
                prices.push(price_history::row(sku, new.pay_price(), self.at));
                if new.num != 0 {
                    journal.push(stock::journal_row(sku, new.num, self.cause()));
                }
            }
            products.push(self.product_row(id, product, pay_price.unwrap_or_default()));
            self.touched.push(id.0);
        }
        self.next = Some((next_product, next_sku));
        insert_all::<product::Entity, _>(self.tx, products).await?;
        insert_all::<sku::Entity, _>(self.tx, skus).await?;
        insert_all::<stock_journal::Entity, _>(self.tx, journal).await?;
        insert_all::<history::Entity, _>(self.tx, prices).await?;
        Ok(())
    }

    fn product_row(
        &self,
        id: ProductId,
        new: NewProduct,
        pay_price: Money,
    ) -> product::ActiveModel {
        product::ActiveModel {
            id: Set(id),
            category_id: Set(new.category_id),
            translations: Set(text::to_column(&new.translations)),
            name: Set(new.name),
            title: Set(new.title),
            info: Set(new.info),
            on_sale: Set(new.on_sale),
            pay_price: Set(pay_price),
            view: Set(0),
            created_at: Set(self.at),
            updated_at: Set(self.at),
        }
    }

    fn sku_row(
        &self,
        product: ProductId,
        id: SkuId,
        new: &NewSku,
    ) -> Result<sku::ActiveModel, DbErr> {
        Ok(sku::ActiveModel {
            tax_rate_bp: Set(new.tax_rate.map(TaxRate::basis_points)),
            id: Set(id),
            product_id: Set(product),
            options: Set(store::options_column(&new.options)?),
            price: Set(new.price),
            discount_price: Set(new.discount_price),
            num: Set(new.num),
            created_at: Set(self.at),
            price_since: Set(Some(self.at)),
            lowest_30_days: Set(None),
        })
    }
}
