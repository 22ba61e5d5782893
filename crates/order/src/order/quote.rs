//! Quotes: what an order would cost, by the functions that compute an order.

use std::collections::HashMap;

use stampede_catalog::{Offer, ShortLine, Shortfall, StockLedgerError, StockLine};
use stampede_kernel::{Country, Language, Money, TaxRate};
use stampede_promotion::{CartLine, Shopper, in_force};

use super::place::refused;
use super::pricing::price;
use super::{DbOrders, NewQuote, OrderError, OrderPromotion, Quote, QuoteLine};
use crate::delivery::{self, DeliveryMethods};

/// The SKUs and units of a quote, and what its delivery may be.
struct Asked {
    wanted: Vec<StockLine>,
    methods: DeliveryMethods,
    country: Country,
}

impl DbOrders {
    pub(super) async fn quote_now(&self, quote: &NewQuote) -> Result<Quote, OrderError> {
        let asked = self.asked(quote).await?;
        let lines = self.offered(quote, asked.wanted).await?;
        let available = lines.iter().filter(|(line, _)| line.available);
        let goods: Vec<_> = available.map(|(_, goods)| *goods).collect();
        let shopper = Shopper {
            buyer: quote.buyer,
            codes: &quote.codes,
            now: self.clock.now(),
        };
        let promotions = in_force(self.db.reader(), shopper).await?;
        // What would refuse the order leaves the choice to whoever asks.
        let method = asked.methods.choose(asked.country, quote.delivery);
        let priced = price(&goods, &promotions, method.unwrap_or_default())?;
        let serving = asked.methods.serving(asked.country);
        let methods = serving.map(|method| method.priced_for(priced.worth));
        let mut discounts = priced.promotions.lines.into_iter();
        let lines = lines.into_iter().map(|(mut line, _)| {
            if line.available {
                line.discount = discounts.next().unwrap_or_default();
            }
            line
        });
        Ok(Quote {
            lines: lines.collect(),
            promotions: (priced.promotions.promotions.iter())
                .map(OrderPromotion::from)
                .collect(),
            rejected: priced.promotions.rejected,
            methods: methods.collect(),
            delivery: priced.delivery,
            totals: priced.totals,
        })
    }

    /// The lines at present prices, as a quote and as prices see them.
    async fn offered(
        &self,
        quote: &NewQuote,
        wanted: Vec<StockLine>,
    ) -> Result<Vec<(QuoteLine, (CartLine, TaxRate))>, OrderError> {
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

    /// What is asked for. The address must be the buyer's.
    async fn asked(&self, quote: &NewQuote) -> Result<Asked, OrderError> {
        let tx = self.db.snapshot().await?;
        let mut country = self.settings.country;
        if quote.address.is_some() {
            let addresses = &self.dependencies.addresses;
            let address = addresses.snapshot(&tx, quote.buyer, quote.address).await?;
            country = address.country.unwrap_or(country);
        }
        let asked = Asked {
            wanted: self.wanted(&tx, quote.buyer, &quote.items).await?,
            methods: delivery::store::all(&tx).await?,
            country,
        };
        tx.rollback().await?;
        Ok(asked)
    }

    fn line(
        &self,
        StockLine { sku, units }: StockLine,
        offer: &Offer,
        language: Language,
    ) -> Result<(QuoteLine, (CartLine, TaxRate)), OrderError> {
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
        let rate = offer.sku.tax_rate.unwrap_or(self.settings.tax_rate);
        let cart = CartLine {
            sku,
            product: offer.sku.product_id,
            category: offer.category,
            unit_price,
            num: units,
        };
        Ok((line, (cart, rate)))
    }
}
