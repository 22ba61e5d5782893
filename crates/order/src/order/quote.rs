//! Quotes: what an order would cost, by the functions that compute an order.

use std::collections::HashMap;

use stampede_catalog::{Offer, ShortLine, Shortfall, StockLedgerError, StockLine};
use stampede_kernel::{Language, Money};
use stampede_promotion::{CartLine, Shopper, evaluate};

use super::place::refused;
use super::totals::{TaxedLine, Totals};
use super::{DbOrders, NewQuote, OrderError, OrderPromotion, Quote, QuoteLine};

impl DbOrders {
    pub(super) async fn quote_now(&self, quote: &NewQuote) -> Result<Quote, OrderError> {
        let goods = self.offered(quote).await?;
        let available: Vec<_> = goods.iter().filter(|(line, ..)| line.available).collect();
        let cart: Vec<_> = available.iter().map(|(.., line)| *line).collect();
        let shopper = Shopper {
            buyer: quote.buyer,
            codes: &quote.codes,
            now: self.clock.now(),
        };
        let offered = evaluate(self.db.reader(), shopper, &cart, Money::ZERO).await?;
        let taxed = available.iter().zip(&offered.lines);
        let taxed = taxed.map(|((line, taxed, _), discount)| TaxedLine {
            total: line.total,
            discount: *discount,
            ..*taxed
        });
        let totals = Totals::of(taxed, offered.shipping)?;
        let mut discounts = offered.lines.into_iter();
        let lines = goods.into_iter().map(|(mut line, ..)| {
            if line.available {
                line.discount = discounts.next().unwrap_or_default();
            }
            line
        });
        Ok(Quote {
            lines: lines.collect(),
            promotions: offered
                .promotions
                .iter()
                .map(OrderPromotion::from)
                .collect(),
            rejected: offered.rejected,
            totals,
        })
    }

    /// The lines at present prices, as a quote, totals and promotions see them.
    async fn offered(
        &self,
        quote: &NewQuote,
    ) -> Result<Vec<(QuoteLine, TaxedLine, CartLine)>, OrderError> {
        let wanted = self.asked(quote).await?;
        let skus: Vec<_> = wanted.iter().map(|line| line.sku).collect();
        let offers = self.dependencies.offers.offers(&skus).await?;
        let offers: HashMap<_, _> = offers.iter().map(|offer| (offer.sku.id, offer)).collect();
        let unknown = wanted
            .iter()
            .enumerate()
            .filter(|(_, line)| !offers.contains_key(&line.sku));
        let unknown: Vec<_> = unknown
            .map(|(index, line)| ShortLine {
                index,
                sku: line.sku,
                why: Shortfall::NotOnSale,
            })
            .collect();
        if !unknown.is_empty() {
            return Err(refused(&quote.items, StockLedgerError::Short(unknown)));
        }
        let known = wanted
            .iter()
            .filter_map(|line| Some((line, *offers.get(&line.sku)?)));
        known
            .map(|(line, offer)| self.line(*line, offer, quote.language))
            .collect()
    }

    /// The SKUs and units that are asked for. The address must be the buyer's.
    async fn asked(&self, quote: &NewQuote) -> Result<Vec<StockLine>, OrderError> {
        let tx = self.db.snapshot().await?;
        if quote.address.is_some() {
            let addresses = &self.dependencies.addresses;
            addresses.snapshot(&tx, quote.buyer, quote.address).await?;
        }
        let wanted = self.wanted(&tx, quote.buyer, &quote.items).await?;
        tx.rollback().await?;
        Ok(wanted)
    }

    fn line(
        &self,
        StockLine { sku, units }: StockLine,
        offer: &Offer,
        language: Language,
    ) -> Result<(QuoteLine, TaxedLine, CartLine), OrderError> {
        let unit_price = offer.sku.pay_price();
        let total = unit_price.times(units)?;
        let name = offer.names.get(&language).unwrap_or(&offer.product_name);
        let line = QuoteLine {
            sku_id: sku,
            product_id: offer.sku.product_id,
            name: name.clone(),
            num: units,
            unit_price,
            total,
            discount: Money::ZERO,
            available: offer.on_sale && offer.sku.num >= units,
        };
        let taxed = TaxedLine {
            total,
            discount: Money::ZERO,
            rate: offer.sku.tax_rate.unwrap_or(self.settings.tax_rate),
        };
        let cart = CartLine {
            sku,
            product: offer.sku.product_id,
            category: offer.category,
            unit_price,
            num: units,
        };
        Ok((line, taxed, cart))
    }
}
