//! Inserting the orders of a sale inside the sale's transaction.

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::{DatabaseTransaction, DbErr, Statement};
use stampede_kernel::{Money, Timestamp};
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::job::{self, BookedOrders};
use stampede_persistence::send;

use super::store::{Initiator, OrderRecord};
use super::totals::{TaxedLine, Totals};
use super::{
    BookedLine, Booking, DbOrders, Line, Order, OrderError, OrderSettings, SaleOrders, store,
};
use crate::delivery::{self, DeliveryMethods};

/// Orders of a sale that are not inserted yet, and the statements that insert them.
#[derive(Debug, Default)]
pub struct DraftOrders {
    orders: Vec<Order>,
    statements: Vec<Statement>,
}

#[async_trait]
impl SaleOrders for DbOrders {
    async fn delivery_methods(&self) -> Result<DeliveryMethods, DbErr> {
        delivery::store::all(self.db.reader()).await
    }

    fn draft(
        &self,
        bookings: &[Booking],
        methods: &DeliveryMethods,
        now: Timestamp,
    ) -> Result<DraftOrders, OrderError> {
        let records: Vec<_> = bookings
            .iter()
            .map(|booking| record(booking, methods, self.settings, now))
            .collect::<Result<_, _>>()?;
        let mut draft = DraftOrders::default();
        if records.is_empty() {
            return Ok(draft);
        }
        let backend = self.db.backend();
        draft.statements = store::inserts(backend, &records, |_| Initiator::Shop)?;
        draft.orders = records.into_iter().map(|record| record.order).collect();
        let booked = BookedOrders {
            orders: draft.orders.iter().map(|order| order.id).collect(),
            at: now,
        };
        draft
            .statements
            .extend(job::inserts(backend, &[booked], now)?);
        Ok(draft)
    }

    async fn book(
        &self,
        tx: &DatabaseTransaction,
        draft: DraftOrders,
    ) -> Result<Vec<Order>, OrderError> {
        send(tx, draft.statements).await?;
        fail_point!("order.booked");
        Ok(draft.orders)
    }
}

fn record(
    booking: &Booking,
    methods: &DeliveryMethods,
    settings: OrderSettings,
    now: Timestamp,
) -> Result<OrderRecord, OrderError> {
    let line = line(&booking.line, settings)?;
    let country = booking.address.country.unwrap_or(settings.country);
    let method = methods.at_any_rate(country, booking.delivery);
    // Orders of a sale have no discount.
    let delivery = method.map(|method| method.for_order(line.total));
    let shipping = delivery.as_ref().map_or(Money::ZERO, |chosen| chosen.price);
    let totals = Totals::of([TaxedLine::from(&line)], shipping)?;
    let order = Order {
        id: booking.id,
        buyer: booking.buyer,
        status: OrderStatus::Unpaid,
        total: totals.total,
        discount: totals.discount,
        shipping: totals.shipping,
        tax: totals.tax,
        lines: vec![line],
        promotions: Vec::new(),
        delivery,
        address: Some(booking.address.clone()),
        sale: Some(booking.sale),
        tracking: None,
        created_at: now,
        pay_by: Some(now.plus(settings.pay_within)),
        paid_at: None,
        shipped_at: None,
        completed_at: None,
        cancelled_at: None,
        cancel_reason: None,
    };
    Ok(OrderRecord {
        order,
        language: booking.language,
    })
}

fn line(booked: &BookedLine, settings: OrderSettings) -> Result<Line, OrderError> {
    Ok(Line {
        sku_id: booked.sku,
        product_id: booked.product,
        name: booked.name.clone(),
        options: booked.options.clone(),
        image: booked.image.clone(),
        unit_price: booked.unit_price,
        num: booked.num,
        total: booked.unit_price.times(booked.num)?,
        discount: Money::ZERO,
        tax_rate: booked.tax_rate.unwrap_or(settings.tax_rate),
    })
}
