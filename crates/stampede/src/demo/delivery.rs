//! The delivery methods of the demo shop: one that is free for large orders, and a fast one.

use stampede_gateway::Shop;
use stampede_kernel::{Money, MoneyOutOfRange, UserId};
use stampede_order::{DeliveryService, DeliveryTerms};

use super::seed::DemoError;

/// What they cost, and from where the slow one costs nothing, in minor units.
const STANDARD: i64 = 490;
const FREE_FROM: i64 = 10_000;
const EXPRESS: i64 = 1_490;

/// Adds the delivery methods, once.
pub(super) async fn delivery(shop: &Shop, admin: UserId) -> Result<(), DemoError> {
    let delivery = &shop.order.delivery;
    let known = delivery.methods().await?;
    for terms in [standard()?, express()?] {
        if known.iter().all(|one| one.terms.name != terms.name) {
            delivery.create(admin, terms).await?;
        }
    }
    Ok(())
}

fn standard() -> Result<DeliveryTerms, MoneyOutOfRange> {
    Ok(DeliveryTerms {
        name: "Standard".to_owned(),
        price: Money::new(STANDARD)?,
        free_from: Some(Money::new(FREE_FROM)?),
        countries: None,
        enabled: true,
    })
}

fn express() -> Result<DeliveryTerms, MoneyOutOfRange> {
    Ok(DeliveryTerms {
        name: "Express".to_owned(),
        price: Money::new(EXPRESS)?,
        free_from: None,
        ..standard()?
    })
}
