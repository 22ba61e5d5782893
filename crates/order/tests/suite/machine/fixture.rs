//! The real shop, asked for the same.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use stampede_catalog::*;
use stampede_kernel::*;
use stampede_order::*;
use stampede_payment::{DbPayments, PaymentError, PaymentService, TopUp};
use stampede_persistence::entity::{cart_item, order, product, sku, wallet};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};
use uuid::Uuid;

use super::model::{Ask, Denial, OPEN_PER_USER, Person, Response, Wants, World, yes};
use crate::shop::*;

/// One shop for all sequences: each has buyers and keys of its own, and finds
/// the shelf as its model does.
pub(super) struct Fixture {
    shop: Shop,
    payments: DbPayments,
    goods: Vec<Tea>,
}

/// One sequence on it.
pub(super) struct Session<'a> {
    fixture: &'a Fixture,
    buyers: Vec<Buyer>,
    /// By their numbers in the model.
    orders: Vec<OrderId>,
    /// What makes its keys its own.
    name: String,
}

impl Fixture {
    pub(super) async fn open() -> Self {
        let shop = Shop::with(OrderSettings {
            open_per_user: OPEN_PER_USER.try_into().unwrap(),
            ..OrderSettings::default()
        })
        .await;
        let pins = Arc::new(OnePin);
        let payments = DbPayments::new(shop.db.db.clone(), shop.clock.clone(), pins);
        Self {
            shop,
            payments,
            goods: Vec::new(),
        }
    }

    pub(super) async fn sound(&self) {
        self.shop.sound().await;
    }

    /// Begins a sequence in `world`.
    pub(super) async fn play(&mut self, world: &World) -> Session<'_> {
        while self.goods.len() < world.shelf.len() {
            self.goods.push(self.shop.tea(1, 0).await);
        }
        // What an earlier sequence left unpaid must not run out in this one.
        self.shop.pay_time_passes();
        self.shop.expire().await;
        let mut buyers = Vec::new();
        for person in &world.people {
            buyers.push(self.shop.buyer(person.balance).await);
        }
        self.fill_shelf(world).await;
        Session {
            fixture: self,
            buyers,
            orders: Vec::new(),
            name: unique(),
        }
    }

    /// Past the search index, which would cost more than all the rest.
    async fn fill_shelf(&self, world: &World) {
        let tx = self.shop.db.db.begin_write().await.unwrap();
        for (tea, good) in self.goods.iter().zip(&world.shelf) {
            let product = product::Entity::update_many()
                .col_expr(product::Column::OnSale, Expr::value(good.on_sale))
                .col_expr(product::Column::PayPrice, Expr::value(good.price))
                .filter(product::Column::Id.eq(tea.product));
            product.exec(&tx).await.unwrap();
            let sku = sku::Entity::update_many()
                .col_expr(sku::Column::Price, Expr::value(good.price))
                .filter(sku::Column::Id.eq(tea.sku));
            sku.exec(&tx).await.unwrap();
            self.restock(&tx, *tea, good.num).await;
        }
        tx.commit().await.unwrap();
    }

    async fn restock(&self, tx: &DatabaseTransaction, tea: Tea, num: i64) {
        let row = sku::Entity::find_by_id(tea.sku).one(tx).await.unwrap();
        let missing = num - row.unwrap().num;
        let lines = [StockLine {
            sku: tea.sku,
            units: missing.abs(),
        }];
        let cause = StockCause {
            reason: "stocktaking",
            reference: "shelf",
            at: self.shop.clock.now(),
        };
        let stock = &self.shop.stock;
        match missing {
            0 => {}
            1.. => stock.release(tx, &lines, cause).await.unwrap(),
            _ => drop(stock.reserve(tx, &lines, cause).await.unwrap()),
        }
    }
}

impl Session<'_> {
    /// Asks the shop, and says what it answered in the model's words.
    pub(super) async fn serve(&mut self, ask: &Ask) -> Response {
        let shop = &self.fixture.shop;
        let done = match *ask {
            Ask::Place { key, .. } => {
                let order = self.new_order(ask);
                let key = self.key(order.buyer, "POST /order", key, &order);
                let placed = shop.orders.place(order, key).await;
                return self.told(placed, |order| order.total.minor());
            }
            Ask::Pay {
                buyer,
                order,
                pin,
                key,
            } => {
                let (payment, key) = self.payment(buyer, order, pin, key);
                let paid = shop.orders.pay(payment, key).await;
                let figure = paid.as_ref().map_or(0, |paid| paid.value.balance.minor());
                let paid = paid.map(|Replayable { value, replayed }| Replayable {
                    value: value.order,
                    replayed,
                });
                return self.told(paid, |_| figure);
            }
            Ask::Cancel { buyer, order } => {
                shop.orders
                    .cancel(self.buyers[buyer].id, self.id(order))
                    .await
            }
            Ask::Receive { buyer, order } => {
                shop.orders
                    .receive(self.buyers[buyer].id, self.id(order))
                    .await
            }
            Ask::Ship { order } => shop.orders.ship(ADMIN, self.id(order), None).await,
            Ask::Refund {
                order,
                restock,
                key,
            } => {
                let refund = Refund {
                    order: self.id(order),
                    restock,
                    reason: None,
                };
                let key = key.map(|key| self.key(ADMIN, "POST refund", key, &refund));
                let refunded = shop.orders.refund(ADMIN, refund, key).await;
                return self.told(refunded, |order| order.total.minor());
            }
            Ask::TopUp { buyer, amount, key } => return self.top_up(buyer, amount, key).await,
            Ask::MoveStock { sku, delta, key } => {
                let moved = self.move_stock(sku, delta, key).await;
                return moved.unwrap_or_else(|error| Response::No(no_stock(&error)));
            }
            Ask::Offer {
                sku,
                price,
                on_sale,
            } => return self.offer(sku, price, on_sale).await,
            Ask::PutInCart { buyer, sku, num } => {
                let cart = shop.carts.put(self.buyers[buyer].id, self.sku(sku), num);
                return match cart.await {
                    Ok(cart) => yes(None, cart.items.len().try_into().unwrap()),
                    Err(CartError::NotFound) => Response::No(Denial::NotFound),
                    Err(error) => panic!("{error:?}"),
                };
            }
            Ask::Wait { minutes } => {
                let minutes = minutes.try_into().unwrap();
                shop.clock.advance(Duration::from_mins(minutes));
                return yes(None, 0);
            }
            Ask::Expire => return yes(None, shop.expire().await.try_into().unwrap()),
        };
        let done = done.map(|value| Replayable {
            value,
            replayed: false,
        });
        self.told(done, |order| order.total.minor())
    }

    /// Whether wallets, carts, shelf and orders are as in `world`.
    pub(super) async fn compare(&self, world: &World) {
        let (people, stock, statuses) = tokio::join!(self.people(), self.stock(), self.statuses());
        let person = |person: &Person| (person.balance, person.cart.len());
        let expected: Vec<_> = world.people.iter().map(person).collect();
        assert_eq!(people, expected, "balances and lines in carts");
        let expected: Vec<_> = world.shelf.iter().map(|good| good.num).collect();
        assert_eq!(stock, expected, "stock");
        let expected: Vec<_> = world.orders.iter().map(|deal| deal.status).collect();
        assert_eq!(statuses, expected, "statuses");
    }

    /// Balances, and how many lines are in the carts.
    async fn people(&self) -> Vec<(i64, usize)> {
        let ids = self.buyers.iter().map(|buyer| buyer.id);
        let rows = wallet::Entity::find()
            .select_only()
            .column(wallet::Column::Balance)
            .column_as(cart_item::Column::SkuId.count(), "lines")
            .join(JoinType::LeftJoin, carts())
            .filter(wallet::Column::UserId.is_in(ids))
            .group_by(wallet::Column::UserId)
            .group_by(wallet::Column::Balance)
            .order_by_asc(wallet::Column::UserId)
            .into_tuple::<(i64, i64)>()
            .all(self.fixture.shop.db.db.reader());
        let person = |(balance, lines): (i64, i64)| (balance, lines.try_into().unwrap());
        rows.await.unwrap().into_iter().map(person).collect()
    }

    async fn stock(&self) -> Vec<i64> {
        let skus = self.fixture.goods.iter().map(|good| good.sku);
        let rows = sku::Entity::find()
            .filter(sku::Column::Id.is_in(skus))
            .order_by_asc(sku::Column::Id)
            .all(self.fixture.shop.db.db.reader());
        rows.await.unwrap().iter().map(|row| row.num).collect()
    }

    /// The orders' statuses in the order of their numbers.
    async fn statuses(&self) -> Vec<OrderStatus> {
        let owners = self.buyers.iter().map(|buyer| buyer.id);
        let rows = order::Entity::find()
            .filter(order::Column::UserId.is_in(owners))
            .all(self.fixture.shop.db.db.reader());
        let mut rows = rows.await.unwrap();
        rows.sort_by_key(|row| self.orders.iter().position(|id| *id == row.id));
        rows.iter().map(|row| row.status).collect()
    }

    async fn top_up(&self, buyer: usize, amount: i64, key: Option<u8>) -> Response {
        let top_up = TopUp {
            user: self.buyers[buyer].id,
            amount: money(amount),
            reason: "a gift".into(),
        };
        let key = key.map(|key| self.key(ADMIN, "POST top_up", key, &top_up));
        match self.fixture.payments.top_up(ADMIN, top_up, key).await {
            Ok((transfer, replayed)) => Response::Yes {
                order: None,
                figure: transfer.balance_after.minor(),
                replayed,
            },
            Err(PaymentError::Invalid(_)) => Response::No(Denial::Invalid),
            Err(PaymentError::Idempotency(IdempotencyError::Reused)) => {
                Response::No(Denial::KeyReused)
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn move_stock(
        &self,
        sku: usize,
        delta: i64,
        key: Option<u8>,
    ) -> Result<Response, StockError> {
        let movement = StockMove {
            sku: self.sku(sku),
            delta,
            reason: "counted".into(),
        };
        let key = key.map(|key| self.key(ADMIN, "POST stock", key, &movement));
        let stock = &self.fixture.shop.stock;
        let (sku, replayed) = stock.move_stock(ADMIN, movement, key).await?;
        Ok(Response::Yes {
            order: None,
            figure: sku.num,
            replayed,
        })
    }

    async fn offer(&self, sku: usize, price: i64, on_sale: bool) -> Response {
        let change = ProductChange {
            on_sale: Some(on_sale),
            price: Some(money(price)),
            ..ProductChange::default()
        };
        let products = &self.fixture.shop.products;
        let id = self.fixture.goods[sku].product;
        products.change(ADMIN, id, change).await.unwrap();
        yes(None, price)
    }

    fn new_order(&self, ask: &Ask) -> NewOrder {
        let Ask::Place {
            buyer,
            address,
            wants,
            expected,
            ..
        } = ask
        else {
            unreachable!("only places are asked for here")
        };
        let wanted = match wants {
            Wants::FirstSkuOf(sku, num) => OrderItems::Product {
                product: self.product(*sku),
                num: *num,
            },
            Wants::Items(items) => {
                let item = |(sku, num): &(usize, i64)| (self.sku(*sku), *num);
                OrderItems::Items(items.iter().map(item).collect())
            }
            Wants::Cart => OrderItems::Cart,
        };
        NewOrder {
            address: self.buyers[*address].address,
            expected_total: expected.map(money),
            ..crate::shop::wants(self.buyers[*buyer], wanted)
        }
    }

    fn payment(&self, buyer: usize, order: usize, pin: bool, key: u8) -> (Payment, Idempotency) {
        let key = format!("{} {key}", self.name);
        let (mut payment, key) = payment(self.buyers[buyer], self.id(order), &key);
        if !pin {
            payment.pin = "135790".into();
        }
        (payment, key)
    }

    fn key<C: serde::Serialize>(&self, user: UserId, scope: &str, key: u8, of: &C) -> Idempotency {
        Idempotency::of(user, scope.into(), format!("{} {key}", self.name), of)
    }

    fn id(&self, order: usize) -> OrderId {
        let id = self.orders.get(order).copied();
        id.unwrap_or(OrderId(Uuid::nil()))
    }

    fn sku(&self, sku: usize) -> SkuId {
        let good = self.fixture.goods.get(sku);
        good.map_or(SkuId(987_654), |good| good.sku)
    }

    fn product(&self, sku: usize) -> ProductId {
        let good = self.fixture.goods.get(sku);
        good.map_or(ProductId(987_654), |good| good.product)
    }

    /// An answer about an order, with the figure that goes with it.
    fn told(
        &mut self,
        answer: Result<Replayable<Order>, OrderError>,
        figure: impl Fn(&Order) -> i64,
    ) -> Response {
        let Replayable { value, replayed } = match answer {
            Ok(answered) => answered,
            Err(error) => return Response::No(no(&error)),
        };
        let known = self.orders.iter().position(|id| *id == value.id);
        let order = known.unwrap_or_else(|| {
            self.orders.push(value.id);
            self.orders.len() - 1
        });
        Response::Yes {
            order: Some(order),
            figure: figure(&value),
            replayed,
        }
    }
}

fn carts() -> RelationDef {
    wallet::Entity::belongs_to(cart_item::Entity)
        .from(wallet::Column::UserId)
        .to(cart_item::Column::UserId)
        .into()
}

fn no(error: &OrderError) -> Denial {
    match error {
        OrderError::Invalid(_) => Denial::Invalid,
        OrderError::NotFound => Denial::NotFound,
        OrderError::AddressNotFound => Denial::AddressNotFound,
        OrderError::Refused(lines) => {
            let lowest = lines.iter().min_by_key(|line| line.sku);
            match lowest.map(|line| line.why) {
                Some(Shortfall::Insufficient) => Denial::Insufficient,
                Some(Shortfall::NotOnSale) | None => Denial::ProductNotFound,
            }
        }
        OrderError::EmptyCart => Denial::EmptyCart,
        OrderError::PriceChanged(now) => Denial::PriceChanged(now.minor()),
        OrderError::TooManyOpen => Denial::TooManyOpen,
        OrderError::WrongStatus => Denial::WrongStatus,
        OrderError::Expired => Denial::Expired,
        OrderError::BadPin => Denial::BadPin,
        OrderError::InsufficientFunds => Denial::InsufficientFunds,
        OrderError::Idempotency(IdempotencyError::Reused) => Denial::KeyReused,
        error => panic!("{error:?}"),
    }
}

fn no_stock(error: &StockError) -> Denial {
    match error {
        StockError::Invalid(_) => Denial::Invalid,
        StockError::NotFound => Denial::NotFound,
        StockError::Insufficient => Denial::Insufficient,
        StockError::Idempotency(IdempotencyError::Reused) => Denial::KeyReused,
        error => panic!("{error:?}"),
    }
}
