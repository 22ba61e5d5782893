//! `stampede seed`

use std::time::Instant;

use clap::Args;
use secrecy::SecretString;
use stampede_catalog::{CategoryService, NewCategory, bulk};
use stampede_kernel::CategoryId;
use stampede_order::bulk::orders;

use super::{COMMAND_LINE, CommandError, failed, say};
use stampede_gateway::Shop;
use stampede_settings::Settings;

/// Category of the products in a shop without categories.
const SHELVES: [&str; 6] = ["Kitchen", "Home", "Clothing", "Outdoor", "Office", "Garden"];

/// Inserts realistic test data in bulk, for rehearsals and measurements.
#[derive(Debug, Args)]
#[command(after_help = "\
Users are named shopper-1, shopper-2 … and share one password, which is printed. The same
database gets the same products. Orders use the existing users and products and have every
status; they do not change stock or balances.

Examples:
  stampede seed --products 100000 --users 1000
  stampede seed --orders 1000000")]
pub(super) struct Seed {
    /// Number of products to insert.
    #[arg(long, default_value_t = 0)]
    products: u64,
    /// Number of users to insert.
    #[arg(long, default_value_t = 0)]
    users: u64,
    /// Number of orders to insert.
    #[arg(long, default_value_t = 0)]
    orders: u64,
}

pub(super) async fn run(seed: Seed, settings: Settings) -> Result<(), CommandError> {
    let shop = Shop::open(settings).await?;
    if seed.products > 0 {
        let started = Instant::now();
        let shelves = shelves(&shop).await?;
        let made = bulk::products(&shop.db, &shelves, seed.products, shop.clock.now()).await;
        made.map_err(failed)?;
        say(&told("products", seed.products, started));
    }
    if seed.users > 0 {
        let started = Instant::now();
        let password = SecretString::from("stampede-demo");
        let made = shop
            .users
            .accounts
            .register_many(seed.users, password, "246810".into());
        made.await.map_err(failed)?;
        say(&told("users", seed.users, started));
        say("password stampede-demo, PIN 246810");
    }
    if seed.orders > 0 {
        let started = Instant::now();
        let within = stampede_order::OrderSettings::default().pay_within;
        let made = orders(&shop.db, seed.orders, shop.clock.now(), within);
        made.await.map_err(failed)?;
        say(&told("orders", seed.orders, started));
    }
    shop.db.analyze().await.map_err(failed)
}

fn told(what: &str, count: u64, started: Instant) -> String {
    format!("{count} {what} in {:.1} s", started.elapsed().as_secs_f64())
}

async fn shelves(shop: &Shop) -> Result<Vec<CategoryId>, CommandError> {
    let known = shop.catalogue.categories.categories().await;
    let mut ids: Vec<_> = (known.map_err(failed)?.iter()).map(|one| one.id).collect();
    if !ids.is_empty() {
        return Ok(ids);
    }
    for name in SHELVES {
        let category = NewCategory {
            name: name.to_owned(),
            translations: None,
            parent_id: None,
            image: None,
        };
        let made = shop
            .catalogue
            .categories
            .create(COMMAND_LINE, category)
            .await;
        ids.push(made.map_err(failed)?.id);
    }
    Ok(ids)
}
