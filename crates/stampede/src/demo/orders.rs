//! Sample orders of the demo shop, in every status.

use fail::fail_point;
use secrecy::SecretString;
use stampede_gateway::Shop;
use stampede_kernel::{OrderId, ProductId, UserId};
use stampede_order::{NewOrder, OrderError, OrderItems, OrderService, Payment, Refund};
use stampede_persistence::idempotency::Idempotency;
use stampede_user::AddressService;

use super::seed::{DemoError, PIN, language};

/// The status that a sample order is brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    Unpaid,
    Cancelled,
    Refunded,
    Paid,
    Shipped,
    Completed,
}

const PROGRESS: [Progress; 8] = [
    Progress::Completed,
    Progress::Refunded,
    Progress::Cancelled,
    Progress::Shipped,
    Progress::Completed,
    Progress::Paid,
    Progress::Shipped,
    Progress::Unpaid,
];

/// Places a few orders for each shopper; unpaid ones expire like any other.
pub(super) async fn orders(
    shop: &Shop,
    admin: UserId,
    shoppers: &[UserId],
    products: &[ProductId],
) -> Result<(), DemoError> {
    for (place, buyer) in shoppers.iter().enumerate() {
        let goods = products.iter().skip(place).step_by(3);
        for (progress, product) in PROGRESS.into_iter().zip(goods) {
            fail_point!("demo.order");
            let id = order(shop, *buyer, *product).await?;
            advance(shop, admin, *buyer, id, progress).await?;
        }
    }
    Ok(())
}

async fn order(shop: &Shop, buyer: UserId, product: ProductId) -> Result<OrderId, DemoError> {
    let addresses = shop.users.addresses.list(buyer).await?;
    let address = addresses.iter().find(|address| address.is_default);
    let missing = || DemoError::Missing("a default address".to_owned());
    let order = NewOrder {
        buyer,
        address: address.ok_or_else(missing)?.id,
        items: OrderItems::Product { product, num: 1 },
        codes: Vec::new(),
        delivery: None,
        expected_total: None,
        language: language(shop),
    };
    let key = Idempotency::of(buyer, "demo".to_owned(), product.to_string(), &order);
    Ok(shop.order.orders.place(order, key).await?.value.id)
}

async fn advance(
    shop: &Shop,
    admin: UserId,
    buyer: UserId,
    id: OrderId,
    progress: Progress,
) -> Result<(), OrderError> {
    let orders = &shop.order.orders;
    if progress == Progress::Cancelled {
        once(orders.cancel(buyer, id).await)?;
    }
    if progress >= Progress::Refunded {
        pay(shop, buyer, id).await?;
    }
    if progress == Progress::Refunded {
        let refund = Refund {
            order: id,
            restock: true,
            reason: Some("it arrived broken".to_owned()),
        };
        let key = Idempotency::of(admin, "demo".to_owned(), format!("refund {id}"), &refund);
        orders.refund(admin, refund, Some(key)).await?;
    }
    if progress >= Progress::Shipped {
        let tracking = format!("DEMO-{buyer}");
        once(orders.ship(admin, id, Some(tracking)).await)?;
    }
    if progress == Progress::Completed {
        once(orders.receive(buyer, id).await)?;
    }
    Ok(())
}

/// Ignores the error of a step that an earlier start has already taken.
fn once<T>(step: Result<T, OrderError>) -> Result<(), OrderError> {
    match step {
        Ok(_) | Err(OrderError::WrongStatus) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn pay(shop: &Shop, buyer: UserId, order: OrderId) -> Result<(), OrderError> {
    let payment = Payment {
        buyer,
        order,
        pin: SecretString::from(PIN),
    };
    let key = Idempotency::of(buyer, "demo".to_owned(), order.to_string(), &order);
    shop.order.orders.pay(payment, key).await?;
    Ok(())
}
