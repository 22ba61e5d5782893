//! `stampede serve`

use secrecy::ExposeSecret;
use stampede_gateway::{Running, Shop};
use stampede_seckill::Sale;
use stampede_settings::{Profile, Settings, Transport, masked};

use super::console::Console;
use super::{CommandError, say};
use crate::{demo, failpoints};

/// Opens the shop, says where everything is, and serves until told to stop.
pub(super) async fn run(settings: Settings) -> Result<(), CommandError> {
    failpoints::arm();
    let mut shop = Shop::open(settings.clone()).await?;
    if settings.demo {
        demo::seed_demo(&shop).await?;
    }
    warn(&settings, &shop).await;
    let sale = demo::announced(&shop).await;
    let next_sale = settings.demo.then(|| demo::DemoSales::of(&shop));
    let console = Console::of(&shop);
    shop.tools = console.tools();
    let mut running = Running::start(shop)?;
    if let Some(address) = running.addresses.first() {
        console.listens_at(address.port());
    }
    if let Some(next_sale) = next_sale {
        running.also("demo.sales", move || next_sale.clone().run());
    }
    for address in &running.addresses {
        say(&welcome(&settings, &address.to_string(), sale.as_ref()));
    }
    let ended = running.until_stopped().await;
    ended.map_err(|error| CommandError::Failed(format!("the server failed: {error}")))
}

async fn warn(settings: &Settings, shop: &Shop) {
    match shop.db.durability_warnings().await {
        Ok(warnings) => warnings
            .iter()
            .for_each(|warning| tracing::warn!("{warning}")),
        Err(error) => tracing::warn!(%error, "the database's durability cannot be read"),
    }
    if let Some(warning) = shop.seckill.warning().await {
        tracing::warn!("{warning}");
    }
    if settings.demo && !settings.server.host.is_loopback() {
        tracing::warn!(
            host = %settings.server.host,
            "the demo shop can be reached from other machines: anybody who reads its documentation \
             knows its admin's password and sees its mail at /dev/mailbox"
        );
    }
    if settings.profile == Profile::Production && settings.mail.transport != Transport::Smtp {
        tracing::warn!("mail.transport is not \"smtp\": no mail leaves this shop");
    }
}

fn welcome(settings: &Settings, address: &str, sale: Option<&Sale>) -> String {
    let base = format!("http://{address}");
    let mut lines = vec![
        format!("{} is open at {base}", settings.shop.name),
        format!("  API      {base}/api/v1        reference {base}/docs"),
        format!(
            "  database {}",
            masked(settings.database.url.expose_secret())
        ),
    ];
    let redis = settings.redis.url.expose_secret();
    if !redis.is_empty() {
        lines.push(format!("  redis    {}", masked(redis)));
    }
    if settings.metrics.port > 0 {
        let metrics = &settings.metrics;
        lines.push(format!(
            "  figures  http://{}:{}/metrics",
            metrics.host, metrics.port
        ));
    }
    if settings.demo {
        lines.push(format!("  mailbox  {base}/dev/mailbox"));
        lines.push(
            "  log in as alice or bob (stampede-demo), admin (stampede-admin); PIN 246810"
                .to_owned(),
        );
        if !settings.server.host.is_loopback() {
            lines.push(
                "  WARNING  other machines can reach this shop, and its admin's password is public:\n           \
                 set STAMPEDE__DEMO=false, or host to 127.0.0.1"
                    .to_owned(),
            );
        }
    }
    lines.extend(sale.map(|sale| announcement(sale, &base)));
    lines.join("\n")
}

fn announcement(sale: &Sale, base: &str) -> String {
    let when = match sale.starts_at.since(sale.now).as_secs() {
        0 => "is on".to_owned(),
        secs => format!("opens in {secs} s"),
    };
    format!(
        "  sale     {} at {base}/api/v1/seckill/{}: it {when}",
        sale.title, sale.id
    )
}
