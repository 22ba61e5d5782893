//! Booking the orders of a sale inside the sale's transaction.

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;
use stampede_kernel::Timestamp;
use stampede_persistence::entity::order::OrderStatus;

use super::store::{By, Filed};
use super::{
    BookedLine, Booking, DbOrders, Line, Order, OrderBook, OrderError, OrderSettings, jobs, store,
};

#[async_trait]
impl OrderBook for DbOrders {
    async fn book(
        &self,
        tx: &DatabaseTransaction,
        bookings: &[Booking],
        now: Timestamp,
    ) -> Result<Vec<Order>, OrderError> {
        let filed: Vec<_> = bookings
            .iter()
            .map(|booking| file(booking, self.settings, now))
            .collect::<Result<_, _>>()?;
        store::insert(tx, &filed, |_| By::Shop).await?;
        jobs::push(tx, &filed, None, now).await?;
        Ok(filed.into_iter().map(|filed| filed.order).collect())
    }
}

fn file(booking: &Booking, settings: OrderSettings, now: Timestamp) -> Result<Filed, OrderError> {
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
    Ok(Filed {
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
