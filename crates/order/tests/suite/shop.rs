//! A shop with a shelf, buyers with money, and the order's services.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use secrecy::{ExposeSecret, SecretString};
use stampede_catalog::audit as catalog_audit;
use stampede_catalog::*;
use stampede_kernel::*;
use stampede_order::audit;
use stampede_order::*;
use stampede_payment::{DbWallet, PaymentError, Pins, Wallet, WalletSettings};
use stampede_persistence::audit::Breach;
use stampede_persistence::entity::{
    cart_item, entry, idempotency, job, order, order_history, order_line, payment, promotion_buyer,
    redemption, sku, stock_journal, transfer, user, wallet,
};
use stampede_persistence::idempotency::Idempotency;
use stampede_promotion::{DbPromotions, DbRedemptions, Kind, PromotionService, Terms};
use stampede_test_support::TestDb;
pub(crate) use stampede_test_support::{at_once, rounds};
use stampede_user::{AddressService, AuthSettings, NewAddress, Users};

pub(crate) const ADMIN: UserId = UserId(9_001);
pub(crate) const PIN: &str = "246810";
pub(crate) const SALE: SaleId = SaleId(3);

/// Someone with an address, and money in the wallet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buyer {
    pub(crate) id: UserId,
    pub(crate) address: AddressId,
}

/// A product with one SKU.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tea {
    pub(crate) product: ProductId,
    pub(crate) sku: SkuId,
}

/// Knows one PIN for everybody.
pub(crate) struct OnePin;

#[async_trait]
impl Pins for OnePin {
    async fn check(&self, _: UserId, pin: &SecretString) -> Result<(), PaymentError> {
        if pin.expose_secret() == PIN {
            Ok(())
        } else {
            Err(PaymentError::BadPin)
        }
    }
}

/// A sale that takes everything back and remembers nothing.
pub(crate) struct KindSale;

#[async_trait]
impl SaleStock for KindSale {
    async fn release(
        &self,
        _: &DatabaseTransaction,
        _: SaleId,
        _: &[OrderId],
        _: ReleaseReason,
        _: Timestamp,
    ) -> Result<(), OrderError> {
        Ok(())
    }
}

pub(crate) struct Shop {
    pub(crate) db: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) products: DbProducts,
    pub(crate) stock: Arc<DbStock>,
    pub(crate) users: Users,
    pub(crate) orders: DbOrders,
    pub(crate) carts: DbCarts,
    tea: CategoryId,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::with(OrderSettings::default()).await
    }

    pub(crate) async fn with(settings: OrderSettings) -> Self {
        let db = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(Timestamp(1_000_000)));
        let catalog = CatalogSettings {
            language: Language::EN,
        };
        let search = Search::open(db.db.clone(), SearchSettings::default())
            .await
            .unwrap();
        let categories = DbCategories::new(db.db.clone(), clock.clone(), search.clone(), catalog);
        let stock = DbStock::new(db.db.clone(), clock.clone(), search.clone(), catalog);
        let stock = Arc::new(stock);
        let users = Users::open(
            db.db.clone(),
            clock.clone(),
            Arc::new(DbWallet::new(purse(0))),
            auth(),
        );
        let users = users.await.unwrap();
        let dependencies = Dependencies {
            stock: stock.clone(),
            offers: stock.clone(),
            promotions: Arc::new(DbRedemptions),
            sales: Arc::new(KindSale),
            wallet: Arc::new(DbWallet::new(purse(0))),
            pins: Arc::new(OnePin),
            addresses: users.addresses.clone(),
        };
        let tea = NewCategory {
            name: "Tea".into(),
            translations: None,
            parent_id: None,
            image: None,
        };
        Self {
            tea: categories.create(ADMIN, tea).await.unwrap().id,
            products: DbProducts::new(db.db.clone(), clock.clone(), search, catalog),
            orders: DbOrders::new(db.db.clone(), clock.clone(), dependencies, settings),
            carts: DbCarts::new(db.db.clone(), clock.clone(), stock.clone()),
            stock,
            users,
            clock,
            db,
        }
    }

    /// The same orders with other partners.
    pub(crate) fn orders_with(&self, change: impl FnOnce(&mut Dependencies)) -> DbOrders {
        let mut dependencies = Dependencies {
            stock: self.stock.clone(),
            offers: self.stock.clone(),
            promotions: Arc::new(DbRedemptions),
            sales: Arc::new(KindSale),
            wallet: Arc::new(DbWallet::new(purse(0))),
            pins: Arc::new(OnePin),
            addresses: self.users.addresses.clone(),
        };
        change(&mut dependencies);
        let settings = OrderSettings::default();
        DbOrders::new(
            self.db.db.clone(),
            self.clock.clone(),
            dependencies,
            settings,
        )
    }

    /// The same orders where it is another time.
    pub(crate) fn orders_at(&self, clock: Arc<ManualClock>) -> DbOrders {
        let dependencies = Dependencies {
            stock: self.stock.clone(),
            offers: self.stock.clone(),
            promotions: Arc::new(DbRedemptions),
            sales: Arc::new(KindSale),
            wallet: Arc::new(DbWallet::new(purse(0))),
            pins: Arc::new(OnePin),
            addresses: self.users.addresses.clone(),
        };
        DbOrders::new(
            self.db.db.clone(),
            clock,
            dependencies,
            OrderSettings::default(),
        )
    }

    /// No crate's audit finds anything.
    pub(crate) async fn sound(&self) {
        assert_eq!(self.breaches().await, []);
        let tx = self.db.db.snapshot().await.unwrap();
        assert_eq!(stampede_payment::audit(&tx).await.unwrap(), []);
        assert_eq!(catalog_audit(&tx).await.unwrap(), []);
        assert_eq!(stampede_user::audit(&tx).await.unwrap(), []);
        assert_eq!(stampede_promotion::audit(&tx).await.unwrap(), []);
    }

    /// What the orders' own audit finds.
    pub(crate) async fn breaches(&self) -> Vec<Breach> {
        let tx = self.db.db.snapshot().await.unwrap();
        audit(&tx).await.unwrap()
    }

    pub(crate) async fn tea(&self, price: i64, num: i64) -> Tea {
        self.product("Sencha", price, None, num).await
    }

    pub(crate) async fn product(
        &self,
        name: &str,
        price: i64,
        discount: Option<i64>,
        num: i64,
    ) -> Tea {
        let new = NewProduct {
            name: name.into(),
            title: String::new(),
            info: String::new(),
            translations: Texts::new(),
            category_id: self.tea,
            on_sale: true,
            skus: vec![NewSku {
                tax_rate: None,
                options: BTreeMap::from([("Weight".into(), "100 g".into())]),
                price: money(price),
                discount_price: discount.map(money),
                num,
            }],
            images: vec![],
        };
        let made = self.products.create(ADMIN, new).await.unwrap().product;
        Tea {
            product: made.id,
            sku: made.skus[0].id,
        }
    }

    pub(crate) async fn translate(&self, tea: Tea, language: &str, name: &str) {
        let text = Text {
            name: Some(name.into()),
            ..Text::default()
        };
        let change = ProductChange {
            translations: Some(Texts::from([(Language::parse(language).unwrap(), text)])),
            ..ProductChange::default()
        };
        self.products
            .change(ADMIN, tea.product, change)
            .await
            .unwrap();
    }

    pub(crate) async fn reprice(&self, tea: Tea, price: i64) {
        let change = ProductChange {
            price: Some(money(price)),
            ..ProductChange::default()
        };
        self.products
            .change(ADMIN, tea.product, change)
            .await
            .unwrap();
    }

    pub(crate) async fn take_off_sale(&self, tea: Tea) {
        let change = ProductChange {
            on_sale: Some(false),
            ..ProductChange::default()
        };
        self.products
            .change(ADMIN, tea.product, change)
            .await
            .unwrap();
    }

    pub(crate) async fn buyer(&self, balance: i64) -> Buyer {
        let tx = self.db.db.begin_write().await.unwrap();
        let name = format!("buyer-{}", OrderId::new());
        let row = user::ActiveModel {
            user_name: Set(name.clone()),
            name_key: Set(name.clone()),
            nick_name: Set(name),
            password_hash: Set("*".into()),
            role: Set(stampede_user::Role::Customer),
            status: Set(stampede_user::Status::Active),
            language: Set("en".into()),
            created_at: Set(Timestamp(1)),
            updated_at: Set(Timestamp(1)),
            ..Default::default()
        };
        let id = user::Entity::insert(row).exec(&tx).await.unwrap();
        let id = id.last_insert_id;
        let wallet = DbWallet::new(purse(balance));
        wallet
            .open(&tx, id, &PIN.into(), Timestamp(1))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let home = NewAddress {
            name: "Ada".into(),
            phone: "+44 1234".into(),
            address: "12 St James's Square".into(),
            postcode: None,
            country: None,
            is_default: None,
        };
        let address = self.users.addresses.add(id, home).await.unwrap().id;
        Buyer { id, address }
    }

    pub(crate) async fn ban(&self, buyer: Buyer) {
        let tx = self.db.db.begin_write().await.unwrap();
        let banned = user::ActiveModel {
            status: Set(stampede_user::Status::Banned),
            ..Default::default()
        };
        user::Entity::update_many()
            .set(banned)
            .filter(user::Column::Id.eq(buyer.id))
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn place(
        &self,
        buyer: Buyer,
        tea: Tea,
        num: i64,
    ) -> Result<Order, OrderError> {
        let order = wants(buyer, items(&[(tea.sku, num)]));
        let key = place_key(&order, &unique());
        Ok(self.orders.place(order, key).await?.value)
    }

    /// Adds a promotion and returns its id.
    pub(crate) async fn promote(&self, terms: Terms) -> PromotionId {
        self.promotions().create(ADMIN, terms).await.unwrap().id
    }

    pub(crate) fn promotions(&self) -> DbPromotions {
        DbPromotions::new(self.db.db.clone(), self.clock.clone())
    }

    pub(crate) async fn used(&self, id: PromotionId) -> i64 {
        self.promotions().promotion(id).await.unwrap().used
    }

    /// Places an order with codes.
    pub(crate) async fn place_with(
        &self,
        buyer: Buyer,
        tea: Tea,
        num: i64,
        codes: &[&str],
    ) -> Result<Order, OrderError> {
        let order = NewOrder {
            codes: codes.iter().copied().map(str::to_owned).collect(),
            ..wants(buyer, items(&[(tea.sku, num)]))
        };
        let key = place_key(&order, &unique());
        Ok(self.orders.place(order, key).await?.value)
    }

    pub(crate) async fn pay(&self, buyer: Buyer, id: OrderId) -> Result<Receipt, OrderError> {
        let (payment, key) = payment(buyer, id, &unique());
        Ok(self.orders.pay(payment, key).await?.value)
    }

    pub(crate) async fn paid(&self, buyer: Buyer, tea: Tea, num: i64) -> Order {
        let order = self.place(buyer, tea, num).await.unwrap();
        self.pay(buyer, order.id).await.unwrap().order
    }

    pub(crate) async fn refund(&self, id: OrderId, restock: bool) -> Result<Order, OrderError> {
        let refund = Refund {
            order: id,
            restock,
            reason: Some("broken in transit".into()),
        };
        Ok(self.orders.refund(ADMIN, refund, None).await?.value)
    }

    pub(crate) fn pay_time_passes(&self) {
        self.clock.advance(Duration::from_mins(15));
    }

    pub(crate) async fn expire(&self) -> u64 {
        Expiry::new(self.orders.clone()).run_due().await.unwrap()
    }

    /// Books an order of a sale as its committer does.
    pub(crate) async fn book(&self, buyers: &[Buyer], tea: Tea) -> Vec<Order> {
        let bookings: Vec<_> = buyers.iter().map(|buyer| booking(*buyer, tea)).collect();
        let now = self.clock.now();
        let methods = self.orders.delivery_methods().await.unwrap();
        let draft = self.orders.draft(&bookings, &methods, now).unwrap();
        let tx = self.db.db.begin_write().await.unwrap();
        let orders = self.orders.book(&tx, draft).await.unwrap();
        tx.commit().await.unwrap();
        orders
    }

    pub(crate) async fn stock_of(&self, tea: Tea) -> i64 {
        let row = sku::Entity::find_by_id(tea.sku)
            .one(self.db.db.reader())
            .await;
        row.unwrap().unwrap().num
    }

    pub(crate) async fn balance_of(&self, buyer: Buyer) -> i64 {
        let row = wallet::Entity::find_by_id(buyer.id)
            .one(self.db.db.reader())
            .await;
        row.unwrap().unwrap().balance.minor()
    }

    pub(crate) async fn status_of(&self, id: OrderId) -> OrderStatus {
        let row = order::Entity::find_by_id(id).one(self.db.db.reader()).await;
        row.unwrap().unwrap().status
    }

    /// The payloads of the jobs of a kind, oldest first.
    pub(crate) async fn jobs(&self, kind: &str) -> Vec<serde_json::Value> {
        let rows = job::Entity::find()
            .filter(job::Column::Kind.eq(kind))
            .order_by_asc(job::Column::Id)
            .all(self.db.db.reader())
            .await
            .unwrap();
        rows.iter()
            .map(|row| serde_json::from_str(&row.payload).unwrap())
            .collect()
    }

    /// What a refusal must leave as it is: the rows of every table of money,
    /// stock and orders, and what is left of both.
    pub(crate) async fn digest(&self) -> Vec<(&'static str, u64)> {
        let db = self.db.db.reader();
        let mut digest = Vec::new();
        macro_rules! count {
            ($($table:ident),+) => {$(
                digest.push((stringify!($table), $table::Entity::find().count(db).await.unwrap()));
            )+};
        }
        count!(
            order,
            order_line,
            order_history,
            job,
            stock_journal,
            transfer,
            entry
        );
        count!(payment, idempotency, cart_item, redemption, promotion_buyer);
        let units = sku::Entity::find().all(db).await.unwrap();
        let units: i64 = units.iter().map(|row| row.num).sum();
        digest.push(("units", units.try_into().unwrap()));
        let money = wallet::Entity::find().all(db).await.unwrap();
        let money: i64 = money.iter().map(|row| row.balance.minor()).sum();
        digest.push(("money", money.try_into().unwrap()));
        for row in order::Entity::find().all(db).await.unwrap() {
            digest.push(("status", status_number(row.status)));
        }
        digest
    }
}

pub(crate) fn booking(buyer: Buyer, tea: Tea) -> Booking {
    Booking {
        id: OrderId::new(),
        buyer: buyer.id,
        sale: SALE,
        line: BookedLine {
            sku: tea.sku,
            product: tea.product,
            name: "Sencha".into(),
            options: BTreeMap::new(),
            image: None,
            unit_price: money(99),
            num: 1,
            tax_rate: None,
        },
        address: stampede_user::AddressSnapshot {
            name: "Ada".into(),
            phone: "12345".into(),
            address: "12 St James's Square".into(),
            postcode: None,
            country: Some(Country::US),
        },
        delivery: None,
        language: Language::JA,
    }
}

pub(crate) fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

pub(crate) fn items(lines: &[(SkuId, i64)]) -> OrderItems {
    OrderItems::Items(lines.to_vec())
}

pub(crate) fn wants(buyer: Buyer, items: OrderItems) -> NewOrder {
    NewOrder {
        buyer: buyer.id,
        address: buyer.address,
        items,
        codes: Vec::new(),
        delivery: None,
        expected_total: None,
        language: Language::ZH,
    }
}

/// A combinable promotion with a code, for everything and without limits.
pub(crate) fn terms(code: &str, kind: Kind) -> Terms {
    Terms {
        name: format!("With {code}"),
        code: Some(code.to_owned()),
        kind,
        min_items: Money::ZERO,
        categories: None,
        products: None,
        starts_at: None,
        ends_at: None,
        usage_limit: None,
        per_user_limit: None,
        combinable: true,
        enabled: true,
    }
}

pub(crate) fn unique() -> String {
    OrderId::new().to_string()
}

pub(crate) fn place_key(order: &NewOrder, key: &str) -> Idempotency {
    Idempotency::of(order.buyer, "POST /order".into(), key.into(), order)
}

pub(crate) fn payment(buyer: Buyer, order: OrderId, key: &str) -> (Payment, Idempotency) {
    let payment = Payment {
        buyer: buyer.id,
        order,
        pin: PIN.into(),
    };
    let key = Idempotency::of(buyer.id, "POST /paydown".into(), key.into(), &order);
    (payment, key)
}

fn purse(opening_credit: i64) -> WalletSettings {
    WalletSettings {
        pepper: "pepper".into(),
        opening_credit: money(opening_credit),
    }
}

fn auth() -> AuthSettings {
    AuthSettings {
        bcrypt_cost: 4,
        ..AuthSettings::new("0123456789abcdef0123456789abcdef".into(), "pepper".into())
    }
}

fn status_number(status: OrderStatus) -> u64 {
    use sea_orm::Iterable;
    let place = OrderStatus::iter().position(|one| one == status);
    place.unwrap().try_into().unwrap()
}
