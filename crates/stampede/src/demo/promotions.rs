//! The promotions of the demo shop: one with a code, and one that applies by itself.

use stampede_gateway::Shop;
use stampede_kernel::{Money, MoneyOutOfRange, PageSize, UserId};
use stampede_promotion::{Kind, PromotionService, Terms};

use super::seed::DemoError;

/// 10 % for whoever knows the code, in basis points.
const WELCOME: i64 = 1_000;

/// What large orders get off, and what they are worth at least, in minor units.
const OFF: i64 = 2_000;
const FROM: i64 = 200_000;

/// Adds the promotions, once.
pub(super) async fn promotions(shop: &Shop, admin: UserId) -> Result<(), DemoError> {
    let promotions = &shop.order.promotions;
    let known = promotions.promotions(PageSize::default(), None).await?;
    for terms in [welcome(), large_orders()?] {
        if known.items.iter().all(|one| one.terms.name != terms.name) {
            promotions.create(admin, terms).await?;
        }
    }
    Ok(())
}

fn welcome() -> Terms {
    Terms {
        name: "Welcome: 10 % off".to_owned(),
        code: Some("WELCOME10".to_owned()),
        kind: Kind::Percent(WELCOME),
        min_items: Money::ZERO,
        categories: None,
        products: None,
        starts_at: None,
        ends_at: None,
        usage_limit: Some(1_000),
        per_user_limit: Some(1),
        combinable: true,
        enabled: true,
    }
}

fn large_orders() -> Result<Terms, MoneyOutOfRange> {
    Ok(Terms {
        name: "20 off from 2000".to_owned(),
        code: None,
        kind: Kind::Amount(Money::new(OFF)?),
        min_items: Money::new(FROM)?,
        usage_limit: None,
        per_user_limit: None,
        ..welcome()
    })
}
