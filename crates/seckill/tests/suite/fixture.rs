//! A shop with one product, buyers, and the sale's services.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use secrecy::SecretString;
use stampede_catalog::audit as catalog_audit;
use stampede_catalog::*;
use stampede_kernel::*;
use stampede_order::{Dependencies as OrderDependencies, *};
use stampede_payment::{DbWallet, PaymentError, Pins, WalletSettings};
use stampede_persistence::entity::{job, order, sale_stock, sku, ticket, user};
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::job::{Worker, Workers};
use stampede_seckill::audit;
use stampede_seckill::*;
use stampede_test_support::TestDb;
use stampede_user::{AddressService, AuthSettings, NewAddress, Users};

pub(crate) const ADMIN: UserId = UserId(9_001);
pub(crate) const NOW: Timestamp = Timestamp(1_795_336_200_000);
pub(crate) const PRICE: i64 = 99;
/// Units of the product before any sale.
pub(crate) const SHELF: i64 = 10_000;
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Somebody with an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buyer {
    pub(crate) id: UserId,
    pub(crate) home: AddressId,
}

struct OnePin;

#[async_trait]
impl Pins for OnePin {
    async fn check(&self, _: UserId, _: &SecretString) -> Result<(), PaymentError> {
        Ok(())
    }
}

/// One process of the shop.
#[derive(Clone)]
pub(crate) struct Gateway {
    pub(crate) sales: Sales,
    pub(crate) orders: DbOrders,
    pub(crate) gate: Arc<dyn Gate>,
    running: Arc<Running>,
}

/// Ends what runs beside the requests, as the end of a process does.
struct Running(tokio::task::JoinHandle<()>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(crate) struct Fixture {
    pub(crate) db: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) stock: Arc<DbStock>,
    pub(crate) users: Users,
    pub(crate) sku: SkuId,
    pub(crate) open: Gateway,
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::with(patient()).await
    }

    pub(crate) async fn with(settings: SaleSettings) -> Self {
        let clock = Arc::new(ManualClock::at(NOW));
        let gate = Arc::new(MemoryGate::new(clock.clone()));
        Self::behind(gate, clock, settings).await
    }

    /// A shop behind this gate.
    pub(crate) async fn behind(
        gate: Arc<dyn Gate>,
        clock: Arc<ManualClock>,
        settings: SaleSettings,
    ) -> Self {
        let db = TestDb::open().await;
        let catalog = CatalogSettings {
            language: Language::EN,
        };
        let search = Search::open(db.db.clone(), SearchSettings::default());
        let search = search.await.unwrap();
        let stock = DbStock::new(db.db.clone(), clock.clone(), search.clone(), catalog);
        let stock = Arc::new(stock);
        let users = Users::open(
            db.db.clone(),
            clock.clone(),
            Arc::new(wallet()),
            AuthSettings::new(SECRET.into(), "pepper".into()),
        );
        let users = users.await.unwrap();
        let categories = DbCategories::new(db.db.clone(), clock.clone(), search.clone(), catalog);
        let tea = NewCategory {
            name: "Tea".into(),
            translations: None,
            parent_id: None,
            image: None,
        };
        let tea = categories.create(ADMIN, tea).await.unwrap().id;
        let products = DbProducts::new(db.db.clone(), clock.clone(), search, catalog);
        let sencha = products.create(ADMIN, sencha(tea)).await.unwrap().product;
        let parts = Parts {
            db: db.db.clone(),
            clock: clock.clone(),
            stock: stock.clone(),
            users: users.clone(),
        };
        let open = parts.gateway(gate, settings, SellerLock::shared(), |_| ());
        Self {
            sku: sencha.skus[0].id,
            open,
            db,
            clock,
            stock,
            users,
        }
    }

    /// Another process with this gate.
    pub(crate) fn gateway(&self, gate: Arc<dyn Gate>, settings: SaleSettings) -> Gateway {
        self.gateway_with(gate, settings, |_| ())
    }

    /// The same with other partners.
    pub(crate) fn gateway_with(
        &self,
        gate: Arc<dyn Gate>,
        settings: SaleSettings,
        change: impl FnOnce(&mut stampede_seckill::Dependencies),
    ) -> Gateway {
        self.parts()
            .gateway(gate, settings, SellerLock::shared(), change)
    }

    /// Another process at the same gate, with a clock of its own.
    pub(crate) fn gateway_at(&self, clock: Arc<ManualClock>) -> Gateway {
        let parts = Parts {
            clock,
            ..self.parts()
        };
        let gate = self.open.gate.clone();
        parts.gateway(gate, patient(), SellerLock::shared(), |_| ())
    }

    /// The same, if it holds the right to sell.
    pub(crate) fn owned(
        &self,
        gate: Arc<dyn Gate>,
        settings: SaleSettings,
        owner: SellerLock,
    ) -> Gateway {
        self.parts().gateway(gate, settings, owner, |_| ())
    }

    fn parts(&self) -> Parts {
        Parts {
            db: self.db.db.clone(),
            clock: self.clock.clone(),
            stock: self.stock.clone(),
            users: self.users.clone(),
        }
    }

    /// The process dies, with what its gate knew, and begins anew.
    pub(crate) async fn restart(&mut self) {
        let gate = Arc::new(MemoryGate::new(self.clock.clone()));
        self.open = self.gateway(gate, patient());
        self.open.sales.maintain().await;
    }

    pub(crate) fn new_sale(&self, total: i64, limit: i64) -> NewSale {
        NewSale {
            sku: self.sku,
            title: "Tea time".into(),
            price: Money::new(PRICE).unwrap(),
            total,
            per_user_limit: limit,
            starts_at: self.clock.now(),
            ends_at: self.clock.now().plus(Duration::from_hours(1)),
            rehearsal: false,
        }
    }

    /// A sale that is on, and loaded.
    pub(crate) async fn sale(&self, total: i64, limit: i64) -> SaleId {
        let new = self.new_sale(total, limit);
        let sale = self.open.sales.create(ADMIN, new).await.unwrap();
        self.open.sales.maintain().await;
        sale.id
    }

    pub(crate) async fn buyer(&self) -> Buyer {
        let id = self.stranger().await;
        let home = NewAddress {
            name: "Ada".into(),
            phone: "+44 1234".into(),
            address: "12 St James's Square".into(),
            postcode: None,
            country: None,
            is_default: None,
        };
        let home = self.users.addresses.add(id, home).await.unwrap().id;
        Buyer { id, home }
    }

    pub(crate) async fn buyers(&self, count: usize) -> Vec<Buyer> {
        let mut buyers = Vec::new();
        for _ in 0..count {
            buyers.push(self.buyer().await);
        }
        buyers
    }

    /// A user without an address.
    pub(crate) async fn stranger(&self) -> UserId {
        let name = format!("buyer-{}", OrderId::new());
        let row = user::ActiveModel {
            user_name: Set(name.clone()),
            name_key: Set(name.clone()),
            nick_name: Set(name),
            password_hash: Set("*".into()),
            role: Set(stampede_user::Role::Customer),
            status: Set(stampede_user::Status::Active),
            language: Set("en".into()),
            created_at: Set(NOW),
            updated_at: Set(NOW),
            ..Default::default()
        };
        let tx = self.db.db.begin_write().await.unwrap();
        let id = user::Entity::insert(row).exec(&tx).await.unwrap();
        let id = id.last_insert_id;
        let wallet = wallet();
        let pin = "246810".into();
        stampede_payment::Wallet::open(&wallet, &tx, id, &pin, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn claim(&self, sale: SaleId, buyer: Buyer) -> Result<Claimed, SaleError> {
        self.open.sales.claim(wants(sale, buyer, 1, None)).await
    }

    /// Wins, or the test ends.
    pub(crate) async fn win(&self, sale: SaleId, buyer: Buyer) -> Order {
        won(self.claim(sale, buyer).await).0
    }

    pub(crate) async fn pay(&self, buyer: Buyer, id: OrderId) -> Result<Receipt, OrderError> {
        let payment = Payment {
            buyer: buyer.id,
            order: id,
            pin: "246810".into(),
        };
        let key = OrderId::new().to_string();
        let key = Idempotency::of(buyer.id, "POST /paydown".into(), key, &id);
        Ok(self.open.orders.pay(payment, key).await?.value)
    }

    pub(crate) async fn stock_row(&self, sale: SaleId) -> sale_stock::Model {
        let row = sale_stock::Entity::find_by_id(sale);
        row.one(self.db.db.reader()).await.unwrap().unwrap()
    }

    /// Units of the sale that are taken.
    pub(crate) async fn taken(&self, sale: SaleId) -> i64 {
        self.stock_row(sale).await.taken
    }

    /// Waits until an epoch after `epoch` has begun.
    pub(crate) async fn moves_on(&self, sale: SaleId, epoch: i64) {
        while self.stock_row(sale).await.epoch == epoch {
            tokio::task::yield_now().await;
        }
    }

    /// Units of the SKU, outside of sales.
    pub(crate) async fn shelf(&self) -> i64 {
        let row = sku::Entity::find_by_id(self.sku);
        row.one(self.db.db.reader()).await.unwrap().unwrap().num
    }

    pub(crate) async fn left(&self, sale: SaleId) -> i64 {
        self.open.sales.sale(sale).await.unwrap().left
    }

    pub(crate) async fn order_count(&self) -> u64 {
        let orders = order::Entity::find();
        orders.count(self.db.db.reader()).await.unwrap()
    }

    pub(crate) async fn ticket_count(&self, sale: SaleId) -> u64 {
        let tickets = ticket::Entity::find().filter(ticket::Column::SaleId.eq(sale));
        tickets.count(self.db.db.reader()).await.unwrap()
    }

    /// Runs the jobs that give units back to the gate.
    pub(crate) async fn give(&self) {
        self.clock.advance(Duration::from_millis(1));
        let workers: Vec<Arc<dyn Worker>> = self.open.sales.workers();
        let workers = Workers::new(self.db.db.clone(), self.clock.clone(), workers);
        while workers.run_due().await.unwrap() > 0 {}
    }

    /// How many jobs give units back and are not done.
    pub(crate) async fn open_gives(&self) -> u64 {
        let open = job::Entity::find()
            .filter(job::Column::Kind.eq("sale.give"))
            .filter(job::Column::DoneAt.is_null());
        open.count(self.db.db.reader()).await.unwrap()
    }

    /// What the sale's audit finds.
    pub(crate) async fn breaches(&self) -> Vec<stampede_persistence::audit::Breach> {
        let tx = self.db.db.snapshot().await.unwrap();
        audit(&tx).await.unwrap()
    }

    /// The books are exact, in the database and at the gate.
    pub(crate) async fn sound(&self, sale: SaleId) {
        self.give().await;
        let tx = self.db.db.snapshot().await.unwrap();
        let mut breaches = audit(&tx).await.unwrap();
        breaches.extend(stampede_order::audit(&tx).await.unwrap());
        breaches.extend(catalog_audit(&tx).await.unwrap());
        breaches.extend(stampede_payment::audit(&tx).await.unwrap());
        assert_eq!(breaches, []);
        tx.rollback().await.unwrap();
        if let Some((books, taken, total)) = self.loaded(sale).await {
            assert_eq!(books.left, total - taken, "left at the gate");
            let active: i64 = books.buyers.iter().map(|(_, units)| units).sum();
            assert_eq!(active, taken, "units of buyers at the gate");
        }
    }

    /// The books at the gate of the epoch that the database has, with the units taken
    /// and in all; none of a sale that is closed. Another gateway that has just been
    /// fenced may open one more epoch meanwhile: then it is loaded again.
    async fn loaded(&self, sale: SaleId) -> Option<(GateDump, i64, i64)> {
        loop {
            self.open.sales.maintain().await;
            let stock = self.stock_row(sale).await;
            if stock.closed_at.is_some() {
                return None;
            }
            match self.open.gate.dump(sale, Epoch(stock.epoch)).await {
                Ok(books) => return Some((books, stock.taken, stock.total)),
                Err(GateError::Fenced { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

struct Parts {
    db: stampede_persistence::Database,
    clock: Arc<ManualClock>,
    stock: Arc<DbStock>,
    users: Users,
}

impl Parts {
    fn gateway(
        &self,
        gate: Arc<dyn Gate>,
        settings: SaleSettings,
        owner: SellerLock,
        change: impl FnOnce(&mut stampede_seckill::Dependencies),
    ) -> Gateway {
        let dependencies = OrderDependencies {
            stock: self.stock.clone(),
            offers: self.stock.clone(),
            promotions: Arc::new(stampede_promotion::DbRedemptions),
            sales: Arc::new(SaleStockLedger::new(self.stock.clone())),
            wallet: Arc::new(wallet()),
            pins: Arc::new(OnePin),
            addresses: self.users.addresses.clone(),
        };
        let limits = OrderSettings::default();
        let clock = self.clock.clone();
        let orders = DbOrders::new(self.db.clone(), clock.clone(), dependencies, limits);
        let mut dependencies = stampede_seckill::Dependencies {
            gate: gate.clone(),
            sale_orders: Arc::new(orders.clone()),
            orders: Arc::new(orders.clone()),
            stock: self.stock.clone(),
            offers: self.stock.clone(),
            addresses: self.users.addresses.clone(),
        };
        change(&mut dependencies);
        let tickets = TicketIds::new(&SECRET.into());
        let db = self.db.clone();
        let sales = Sales::new(db, clock, dependencies, tickets, owner, settings);
        let running = tokio::spawn(sales.clone().run());
        Gateway {
            running: Arc::new(Running(running)),
            sales,
            orders,
            gate,
        }
    }
}

/// Settings under which nobody is told "pending" or "busy" because the machine is slow.
pub(crate) fn patient() -> SaleSettings {
    SaleSettings {
        ack_within: Duration::from_mins(1),
        ..SaleSettings::default()
    }
}

/// Settings under which nobody waits long for a commit.
pub(crate) fn impatient() -> SaleSettings {
    SaleSettings {
        ack_within: Duration::from_millis(30),
        ..SaleSettings::default()
    }
}

/// The ticket of a claim at a gateway that commits nothing. On a slow machine the gate
/// may not even be asked in time: then nothing has happened, and it is claimed again.
pub(crate) async fn admitted(gateway: &Gateway, claim: &NewClaim) -> Ticket {
    loop {
        match gateway.sales.claim(claim.clone()).await {
            Ok(Claimed::Pending(ticket)) => return ticket,
            Err(SaleError::Busy) => {}
            other => panic!("the commit cannot end: {other:?}"),
        }
    }
}

/// An order service that books nothing: the database behind it never answers.
#[derive(Default)]
pub(crate) struct StuckBook(tokio::sync::Notify);

impl StuckBook {
    /// Ends when it was asked to book, be that long ago.
    pub(crate) async fn asked(&self) {
        self.0.notified().await;
    }
}

#[async_trait]
impl SaleOrders for StuckBook {
    async fn delivery_methods(&self) -> Result<DeliveryMethods, sea_orm::DbErr> {
        Ok(DeliveryMethods::default())
    }

    fn draft(
        &self,
        _: &[Booking],
        _: &DeliveryMethods,
        _: Timestamp,
    ) -> Result<DraftOrders, OrderError> {
        Ok(DraftOrders::default())
    }

    async fn book(
        &self,
        _: &sea_orm::DatabaseTransaction,
        _: DraftOrders,
    ) -> Result<Vec<Order>, OrderError> {
        self.0.notify_one();
        let away = sea_orm::RuntimeErr::Internal("the database is away".into());
        Err(sea_orm::DbErr::Conn(away).into())
    }
}

impl Gateway {
    /// It ends in the middle of whatever it does.
    pub(crate) fn die(&self) {
        self.running.0.abort();
    }
}

fn sencha(tea: CategoryId) -> NewProduct {
    NewProduct {
        name: "Sencha".into(),
        title: String::new(),
        info: String::new(),
        translations: Texts::from([(
            Language::JA,
            Text {
                name: Some("煎茶".into()),
                ..Text::default()
            },
        )]),
        category_id: tea,
        on_sale: true,
        skus: vec![NewSku {
            tax_rate: None,
            options: BTreeMap::new(),
            price: Money::new(1_999).unwrap(),
            discount_price: None,
            num: SHELF,
        }],
        images: vec![],
    }
}

fn wallet() -> DbWallet {
    DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: Money::new(1_000_000).unwrap(),
    })
}

pub(crate) fn wants(sale: SaleId, buyer: Buyer, units: i64, key: Option<&str>) -> NewClaim {
    NewClaim {
        buyer: buyer.id,
        sale,
        units,
        address: None,
        delivery: None,
        key: key.map(str::to_owned),
        language: Language::EN,
    }
}

/// The order that was won, and whether it was a replay.
pub(crate) fn won(claimed: Result<Claimed, SaleError>) -> (Order, bool) {
    match claimed {
        Ok(Claimed::Won { order, replayed }) => (*order, replayed),
        other => panic!("not won: {other:?}"),
    }
}

/// How a claim ended, in a word.
pub(crate) fn ending(claimed: &Result<Claimed, SaleError>) -> &'static str {
    match claimed {
        Ok(Claimed::Won {
            replayed: false, ..
        }) => "won",
        Ok(Claimed::Won { replayed: true, .. }) => "replayed",
        Ok(Claimed::Pending(_)) => "pending",
        Err(SaleError::SoldOut) => "sold out",
        Err(SaleError::LimitReached { .. }) => "limit",
        Err(SaleError::NotStarted { .. }) => "not started",
        Err(SaleError::Ended) => "ended",
        Err(SaleError::Cancelled) => "cancelled",
        Err(SaleError::Paused) => "paused",
        Err(SaleError::Busy | SaleError::Gate(_)) => "busy",
        Err(SaleError::KeyReused) => "key reused",
        Err(SaleError::NotFound) => "not found",
        Err(SaleError::AddressNotFound) => "address not found",
        Err(SaleError::AddressRequired) => "address required",
        Err(SaleError::TicketLost) => "ticket lost",
        Err(_) => "error",
    }
}
