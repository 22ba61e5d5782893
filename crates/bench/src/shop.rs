//! A shop with products and buyers, the same on every empty database.

use std::collections::BTreeMap;
use std::sync::Arc;

use stampede_catalog::{
    CatalogSettings, CategoryService, DbCategories, DbProducts, DbStock, NewCategory, NewProduct,
    NewSku, ProductService, Search, SearchSettings, Texts,
};
use stampede_kernel::{AddressId, Clock, Language, Money, OrderId, SkuId, UserId};
use stampede_order::{
    DbOrders, Dependencies, Expiry, NewOrder, NoSale, OrderItems, OrderService, OrderSettings,
    Payment,
};
use stampede_payment::{DbPins, DbWallet, WalletSettings};
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::{Database, Pool};
use stampede_user::{
    AccountService, AddressService, AuthSettings, DbAccounts, DbAddresses, NewAccount, NewAddress,
    Users,
};

use crate::Failure;
use crate::record::{self, Purchase};

const PIN: &str = "246810";
pub(crate) const ADMIN: UserId = UserId(1);
/// Enough that buyers rarely order the same SKU.
const PRODUCTS: usize = 100;

/// A user with an address and a balance.
#[derive(Debug, Clone, Copy)]
pub struct Buyer {
    id: UserId,
    address: AddressId,
}

/// A shop with its own database.
pub struct Shop {
    pub(crate) orders: DbOrders,
    pub(crate) stock: Arc<DbStock>,
    pub(crate) accounts: Arc<DbAccounts>,
    pub(crate) addresses: Arc<DbAddresses>,
    pub(crate) db: Database,
    pub(crate) skus: Vec<SkuId>,
}

impl Shop {
    /// Creates the shop in the empty database at `url`, with `buyers` buyers.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open(
        url: &str,
        clock: Arc<dyn Clock>,
        buyers: usize,
    ) -> Result<(Self, Vec<Buyer>), Failure> {
        stampede_migration::up(url).await?;
        let mut db = Database::connect(url, Pool::default()).await?;
        record::observe(&mut db);
        let catalog = CatalogSettings {
            language: Language::EN,
        };
        let search = Search::open(db.clone(), SearchSettings::default()).await?;
        let wallet = DbWallet::new(WalletSettings {
            pepper: "pepper".into(),
            opening_credit: Money::new(1_000_000_000_000)?,
        });
        let purse = Arc::new(wallet.clone());
        let users = Users::open(db.clone(), Arc::clone(&clock), purse, auth()).await?;
        let shelf = (db.clone(), Arc::clone(&clock), search.clone());
        let skus = products(
            &DbCategories::new(shelf.0, shelf.1, shelf.2, catalog),
            &DbProducts::new(db.clone(), Arc::clone(&clock), search.clone(), catalog),
        )
        .await?;
        let mut made = Vec::new();
        for place in 0..buyers {
            made.push(buyer(&users, place).await?);
        }
        let stock = DbStock::new(db.clone(), Arc::clone(&clock), search, catalog);
        let pins = DbPins::new(db.clone(), Arc::clone(&clock), wallet.clone(), 5);
        let stock = Arc::new(stock);
        let addresses = users.addresses;
        let accounts = users.accounts;
        let dependencies = Dependencies {
            stock: stock.clone(),
            offers: stock.clone(),
            promotions: Arc::new(stampede_promotion::DbRedemptions),
            sales: Arc::new(NoSale),
            wallet: Arc::new(wallet),
            pins: Arc::new(pins),
            addresses: addresses.clone(),
        };
        let orders = DbOrders::new(db.clone(), clock, dependencies, OrderSettings::default());
        let shop = Self {
            orders,
            stock,
            accounts,
            addresses,
            db,
            skus,
        };
        Ok((shop, made))
    }

    /// Places the `turn`th order of `buyer`.
    ///
    /// # Errors
    ///
    /// As [`OrderService::place`].
    pub async fn place(&self, buyer: Buyer, turn: usize) -> Result<OrderId, Failure> {
        let at = usize::try_from(buyer.id.0)?.wrapping_mul(31) + turn;
        let sku = self.skus[at % self.skus.len()];
        let new = NewOrder {
            buyer: buyer.id,
            address: buyer.address,
            items: OrderItems::Items(vec![(sku, 1)]),
            codes: Vec::new(),
            delivery: None,
            expected_total: None,
            language: Language::EN,
        };
        let key = Idempotency::of(buyer.id, "POST /order".into(), turn.to_string(), &new);
        Ok(self.orders.place(new, key).await?.value.id)
    }

    /// Places and pays the `turn`th order of `buyer`.
    ///
    /// # Errors
    ///
    /// As [`OrderService::place`] and [`OrderService::pay`].
    pub async fn buy(&self, buyer: Buyer, turn: usize) -> Result<Purchase, Failure> {
        let (placed, placing) = record::recorded(self.place(buyer, turn)).await;
        let order = placed?;
        let payment = Payment {
            buyer: buyer.id,
            order,
            pin: PIN.into(),
        };
        let key = Idempotency::of(buyer.id, "POST /paydown".into(), turn.to_string(), &order);
        let (paid, paying) = record::recorded(self.orders.pay(payment, key)).await;
        paid?;
        Ok(Purchase::of(placing, paying))
    }

    /// Cancels overdue orders, and returns their number.
    ///
    /// # Errors
    ///
    /// As [`Expiry::run_due`].
    pub async fn expire(&self) -> Result<u64, Failure> {
        Ok(Expiry::new(self.orders.clone()).run_due().await?)
    }

    /// Returns the number of broken invariants of orders, money, stock and
    /// sales.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn breaches(&self) -> Result<usize, Failure> {
        let tx = self.db.snapshot().await?;
        let orders = stampede_order::audit(&tx).await?;
        let money = stampede_payment::audit(&tx).await?;
        let stock = stampede_catalog::audit(&tx).await?;
        let sales = stampede_seckill::audit(&tx).await?;
        Ok(orders.len() + money.len() + stock.len() + sales.len())
    }
}

async fn products(categories: &DbCategories, products: &DbProducts) -> Result<Vec<SkuId>, Failure> {
    let tea = NewCategory {
        name: "Tea".into(),
        translations: None,
        parent_id: None,
        image: None,
    };
    let category_id = categories.create(ADMIN, tea).await?.id;
    let mut skus = Vec::new();
    for place in 0..PRODUCTS {
        let new = NewProduct {
            name: format!("Tea No. {place}"),
            title: "First flush".into(),
            info: "Grown slowly.".into(),
            translations: Texts::new(),
            category_id,
            on_sale: true,
            skus: vec![NewSku {
                tax_rate: None,
                options: BTreeMap::from([("Weight".into(), "100 g".into())]),
                price: Money::new(1_999)?,
                discount_price: None,
                num: 1_000_000,
            }],
            images: vec![],
        };
        let made = products.create(ADMIN, new).await?;
        skus.extend(made.product.skus.iter().map(|sku| sku.id));
    }
    Ok(skus)
}

async fn buyer(users: &Users, place: usize) -> Result<Buyer, Failure> {
    let account = NewAccount {
        user_name: format!("buyer-{place}"),
        password: "correct horse 9".into(),
        pin: PIN.into(),
        nick_name: None,
        email: None,
        language: Language::EN,
        address: None,
    };
    let id = users.accounts.register(account).await?.id;
    let home = NewAddress {
        name: "Ada".into(),
        phone: "+44 1234".into(),
        address: "12 St James's Square".into(),
        postcode: None,
        country: None,
        is_default: None,
    };
    let address = users.addresses.add(id, home).await?.id;
    Ok(Buyer { id, address })
}

/// The lowest hash cost, since passwords are not measured.
fn auth() -> AuthSettings {
    AuthSettings {
        bcrypt_cost: 4,
        ..AuthSettings::new("0123456789abcdef0123456789abcdef".into(), "pepper".into())
    }
}
