//! Seeds the demo shop.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;

use fail::fail_point;
use futures::{StreamExt, TryStreamExt};
use sea_orm::{DbErr, EntityTrait, PaginatorTrait};
use secrecy::SecretString;
use stampede_catalog::{
    AdminProductQuery, CarouselError, CarouselService, CategoryError, CategoryService,
    FavoriteError, FavoriteService, NewCarousel, NewCategory, NewProduct, NewSku, ProductError,
    ProductService, Text,
};
use stampede_gateway::Shop;
use stampede_kernel::{
    CategoryId, ImageId, Language, Money, MoneyOutOfRange, PageSize, ProductId, UserId,
};
use stampede_media::{MediaError, MediaLimits, MediaStore};
use stampede_order::{DeliveryError, OrderError};
use stampede_persistence::entity::{product, user};
use stampede_persistence::{Database, marker};
use stampede_promotion::PromotionError;
use stampede_user::{
    AccountError, AccountService, AddressError, AddressService, ChangePin, NewAccount, NewAddress,
    UserFilter,
};

use super::catalogue::{self, DemoCatalogue, in_language, texts_of};
use super::delivery::delivery;
use super::demo_file;
use super::lock::Lock;
use super::orders::orders;
use super::promotions::promotions;

/// Marker in the database: seeding has begun …
const BEGUN: &str = "demo";
/// … with this value, if missing data can be added; the first release wrote an id instead.
const RESUMABLE: &str = "resumable";
/// Marker in the database: seeding is complete.
const DONE: &str = "demo.done";
/// Pictures that may wait for a decoder: all of them.
const WAITING: usize = 1_000;

const ADMIN_PASSWORD: &str = "stampede-admin";
const PASSWORD: &str = "stampede-demo";
pub(super) const PIN: &str = "246810";

/// The demo shop could not be seeded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    /// `catalogue.json` is not as it should be.
    #[error("catalogue.json: {0}")]
    DemoCatalogue(#[from] serde_json::Error),
    /// `catalogue.json` names something that is not there.
    #[error("catalogue.json names {0}, which is not there")]
    Missing(String),
    /// A price is out of range.
    #[error(transparent)]
    Price(#[from] MoneyOutOfRange),
    /// An account was not made.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// An address was not added.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A category was not made.
    #[error(transparent)]
    Category(#[from] CategoryError),
    /// A product was not made.
    #[error(transparent)]
    Product(#[from] ProductError),
    /// A slide was not made.
    #[error(transparent)]
    Carousel(#[from] CarouselError),
    /// A favourite was not kept.
    #[error(transparent)]
    Favorite(#[from] FavoriteError),
    /// An order was not placed or did not get further.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// A promotion was not made.
    #[error(transparent)]
    Promotion(#[from] PromotionError),
    /// A delivery method was not made.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// A picture was not stored.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The lock file could not be made.
    #[error(transparent)]
    Lock(#[from] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Seeds an empty shop with users, categories, products, slides and orders.
///
/// Of several processes that start at once, one does it. A shop that already had a user or a
/// product is never touched. An interrupted start is completed by the next one: each step looks
/// for existing data first.
///
/// # Errors
///
/// [`DemoError`]; the data written until then stays, and the next start goes on.
pub(crate) async fn seed_demo(shop: &Shop) -> Result<(), DemoError> {
    if !is_incomplete(shop).await? {
        return Ok(());
    }
    let Some(_lock) = Lock::if_free(&shop.settings).await? else {
        return Ok(());
    };
    if !is_incomplete(shop).await? {
        return Ok(());
    }
    marker::agree(&shop.db, BEGUN, RESUMABLE).await?;
    let started = Instant::now();
    let goods = DemoCatalogue::read()?;
    let (users, pictures) = tokio::try_join!(users(shop), pictures(shop, &goods))?;
    let categories = categories(shop, users.admin, &goods, &pictures).await?;
    let products = products(shop, users.admin, &goods, &categories, &pictures).await?;
    slides(shop, users.admin, goods, &products, &pictures).await?;
    let mut products: Vec<_> = products.values().copied().collect();
    products.sort_unstable();
    favorites(shop, &users, &products).await?;
    orders(shop, users.admin, &users.shoppers, &products).await?;
    promotions(shop, users.admin).await?;
    delivery(shop, users.admin).await?;
    marker::agree(&shop.db, DONE, "yes").await?;
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        elapsed_ms,
        products = products.len(),
        "the demo shop is furnished"
    );
    Ok(())
}

/// Whether this is a demo shop with data missing.
async fn is_incomplete(shop: &Shop) -> Result<bool, DbErr> {
    match marker::read(&shop.db, BEGUN).await?.as_deref() {
        None => is_empty(&shop.db).await,
        Some(RESUMABLE) => Ok(marker::read(&shop.db, DONE).await?.is_none()),
        Some(_) => Ok(false),
    }
}

async fn is_empty(db: &Database) -> Result<bool, DbErr> {
    let users = user::Entity::find().count(db.reader()).await?;
    let products = product::Entity::find().count(db.reader()).await?;
    Ok(users == 0 && products == 0)
}

/// The users of the demo shop.
struct DemoUsers {
    admin: UserId,
    shoppers: Vec<UserId>,
}

async fn users(shop: &Shop) -> Result<DemoUsers, DemoError> {
    let admin = admin(shop).await?;
    let alice = shopper(shop, "alice", "Alice").await?;
    let bob = shopper(shop, "bob", "Bob").await?;
    for (owner, name, phone, address) in [
        (
            alice,
            "Alice Green",
            "+1 555 0100",
            "1 Clover Street, Springfield",
        ),
        (
            alice,
            "Alice Green",
            "+1 555 0101",
            "Front desk, 20 Mill Road, Springfield",
        ),
        (
            bob,
            "Bob Reed",
            "+1 555 0102",
            "7 Harbour Lane, Shelbyville",
        ),
    ] {
        let known = shop.users.addresses.list(owner).await?;
        if known.iter().any(|known| known.address == address) {
            continue;
        }
        let address = NewAddress {
            name: name.to_owned(),
            phone: phone.to_owned(),
            address: address.to_owned(),
            postcode: None,
            country: None,
            is_default: None,
        };
        shop.users.addresses.add(owner, address).await?;
    }
    Ok(DemoUsers {
        admin,
        shoppers: vec![alice, bob],
    })
}

async fn admin(shop: &Shop) -> Result<UserId, AccountError> {
    let accounts = &shop.users.accounts;
    let password = || SecretString::from(ADMIN_PASSWORD);
    let admin = match accounts.create_admin("admin", password()).await {
        Ok(admin) => admin.id,
        Err(AccountError::UserNameTaken) => named(shop, "admin").await?,
        Err(error) => return Err(error),
    };
    let pin = ChangePin {
        user: admin,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        password: password(),
        pin: PIN.into(),
    };
    accounts.change_pin(pin).await?;
    Ok(admin)
}

/// A user that an earlier start has registered.
async fn named(shop: &Shop, user_name: &str) -> Result<UserId, AccountError> {
    let filter = UserFilter {
        q: Some(user_name.to_owned()),
        size: PageSize::default(),
        cursor: None,
    };
    let found = shop.users.accounts.users(filter).await?;
    let user = found.items.iter().find(|user| user.user_name == user_name);
    user.map(|user| user.id).ok_or(AccountError::NotFound)
}

async fn shopper(shop: &Shop, user_name: &str, nick_name: &str) -> Result<UserId, AccountError> {
    let account = NewAccount {
        user_name: user_name.to_owned(),
        password: PASSWORD.into(),
        pin: PIN.into(),
        nick_name: Some(nick_name.to_owned()),
        email: None,
        language: shop.settings.shop.language,
        address: None,
    };
    match shop.users.accounts.register(account).await {
        Ok(user) => Ok(user.id),
        Err(AccountError::UserNameTaken) => named(shop, user_name).await,
        Err(error) => Err(error),
    }
}

type Pictures = HashMap<String, ImageId>;

/// Stores all pictures, on all cores.
async fn pictures(shop: &Shop, goods: &DemoCatalogue) -> Result<Pictures, DemoError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let limits = MediaLimits {
        decoders: cores,
        waiting: WAITING,
        ..MediaLimits::default()
    };
    let folder = shop.settings.media_folder();
    let clock = Arc::clone(&shop.clock);
    let media = MediaStore::open(shop.db.clone(), &folder, limits, clock).await?;
    let store = |name: &str| {
        let (media, name) = (media.clone(), name.to_owned());
        async move {
            let file = demo_file(&name).ok_or_else(|| DemoError::Missing(name.clone()))?;
            Ok((name, media.add(file.into_owned()).await?.id))
        }
    };
    let names = goods.pictures();
    let stored = futures::stream::iter(names.into_iter().map(store));
    stored.buffer_unordered(2 * cores).try_collect().await
}

fn find<T: Copy>(known: &HashMap<String, T>, name: &str) -> Result<T, DemoError> {
    known
        .get(name)
        .copied()
        .ok_or_else(|| DemoError::Missing(name.to_owned()))
}

async fn categories(
    shop: &Shop,
    admin: UserId,
    goods: &DemoCatalogue,
    pictures: &Pictures,
) -> Result<HashMap<String, CategoryId>, DemoError> {
    let known = shop.catalogue.categories.categories().await?;
    let mut made = HashMap::new();
    for category in &goods.categories {
        let (name, others) = in_language(category.name.clone(), language(shop));
        let parent = category.parent.as_deref();
        let parent = parent.map(|slug| find(&made, slug)).transpose()?;
        let known = (known.iter()).find(|known| known.name == name && known.parent_id == parent);
        if let Some(known) = known {
            made.insert(category.slug.clone(), known.id);
            continue;
        }
        let new = NewCategory {
            name,
            translations: Some(texts_of(others, |name| Text {
                name: Some(name),
                ..Text::default()
            })),
            parent_id: parent,
            image: Some(find(pictures, &category.image)?),
        };
        let new = shop.catalogue.categories.create(admin, new).await?;
        made.insert(category.slug.clone(), new.id);
    }
    Ok(made)
}

async fn products(
    shop: &Shop,
    admin: UserId,
    goods: &DemoCatalogue,
    categories: &HashMap<String, CategoryId>,
    pictures: &Pictures,
) -> Result<HashMap<String, ProductId>, DemoError> {
    let mut made = HashMap::new();
    for product in &goods.products {
        let (text, translations) = in_language(product.text.clone(), language(shop));
        let name = text.name.unwrap_or_default();
        if let Some(known) = product_named(shop, &name).await? {
            made.insert(product.slug.clone(), known);
            continue;
        }
        fail_point!("demo.product");
        let images = product.images.iter().map(|image| find(pictures, image));
        let new = NewProduct {
            name,
            title: text.title.unwrap_or_default(),
            info: text.info.unwrap_or_default(),
            translations,
            category_id: find(categories, &product.category)?,
            on_sale: true,
            skus: product.skus.iter().map(sku).collect::<Result<_, _>>()?,
            images: images.collect::<Result<_, _>>()?,
        };
        let new = shop.catalogue.products.create(admin, new).await?;
        made.insert(product.slug.clone(), new.product.id);
    }
    Ok(made)
}

/// A product that an earlier start has created.
async fn product_named(shop: &Shop, name: &str) -> Result<Option<ProductId>, ProductError> {
    let query = AdminProductQuery {
        q: Some(name.to_owned()),
        on_sale: None,
        category: None,
        size: PageSize::default(),
        cursor: None,
    };
    let found = shop.catalogue.products.all(query).await?;
    let known = found.items.iter().find(|product| product.name == name);
    Ok(known.map(|product| product.id))
}

fn sku(sku: &catalogue::Sku) -> Result<NewSku, MoneyOutOfRange> {
    Ok(NewSku {
        tax_rate: None,
        options: sku.options.clone(),
        price: Money::new(sku.price)?,
        discount_price: sku.discount_price.map(Money::new).transpose()?,
        num: sku.num,
    })
}

async fn slides(
    shop: &Shop,
    admin: UserId,
    goods: DemoCatalogue,
    products: &HashMap<String, ProductId>,
    pictures: &Pictures,
) -> Result<(), DemoError> {
    let known = shop.catalogue.carousel.slides().await?;
    for slide in goods.carousel {
        let (title, others) = in_language(slide.title, language(shop));
        if known.iter().any(|known| known.title == title) {
            continue;
        }
        let product = slide.product.as_deref();
        let new = NewCarousel {
            title,
            translations: texts_of(others, |title| Text {
                title: Some(title),
                ..Text::default()
            }),
            product_id: product.map(|slug| find(products, slug)).transpose()?,
            image: find(pictures, &slide.image)?,
        };
        shop.catalogue.carousel.create(admin, new).await?;
    }
    Ok(())
}

/// Adds a few favourites for each shopper, different ones for each.
async fn favorites(
    shop: &Shop,
    users: &DemoUsers,
    products: &[ProductId],
) -> Result<(), DemoError> {
    for (place, shopper) in users.shoppers.iter().enumerate() {
        for product in products.iter().skip(place).step_by(9) {
            shop.catalogue.favorites.add(*shopper, *product).await?;
        }
    }
    Ok(())
}

pub(super) fn language(shop: &Shop) -> Language {
    shop.settings.shop.language
}
