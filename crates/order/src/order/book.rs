//! Inserting the orders of a sale inside the sale's transaction.

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;
use stampede_kernel::Timestamp;
use stampede_persistence::entity::order::OrderStatus;

use super::store::{Initiator, OrderRecord};
use super::{
    BookedLine, Booking, DbOrders, Line, Order, OrderError, OrderSettings, SaleOrders, jobs, store,
};

#[async_trait]
impl SaleOrders for DbOrders {
    async fn book(
        &self,
        tx: &DatabaseTransaction,
        bookings: &[Booking],
        now: Timestamp,
    ) -> Result<Vec<Order>, OrderError> {
        let records: Vec<_> = bookings
            .iter()
            .map(|booking| record(booking, self.settings, now))
            .collect::<Result<_, _>>()?;
        store::insert(tx, &records, |_| Initiator::Shop).await?;
        jobs::push(tx, &records, None, now).await?;
        Ok(records.into_iter().map(|record| record.order).collect())
    }
}

fn record(
    booking: &Booking,
    settings: OrderSettings,
    now: Timestamp,
) -> Result<OrderRecord, OrderError> {
    let line = line(&booking.line)?;
    let order = Order {
        id: booking.id,
        buyer: booking.buyer,
        status: OrderStatus::Unpaid,
        total: line.total,
        lines: vec![line],
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

fn line(booked: &BookedLine) -> Result<Line, OrderError> {
    Ok(Line {
        sku_id: booked.sku,
        product_id: booked.product,
        name: booked.name.clone(),
        options: booked.options.clone(),
        image: booked.image.clone(),
        unit_price: booked.unit_price,
        num: booked.num,
        total: booked.unit_price.times(booked.num)?,
    })
}
