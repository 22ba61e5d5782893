//! `stampede rehearse`

mod ephemeral_server;
mod target;

use std::path::PathBuf;

use clap::Args;

use stampede_gateway::Shop;
use stampede_rehearsal::{Options, Report, default_rate, html_report, play};
use stampede_settings::Settings;

use self::target::ResolvedTarget;
pub(super) use self::target::{address, metrics_of};
use super::{CommandError, audit, say};

/// Runs a load test of a flash sale, and checks that the sale was exact.
#[derive(Debug, Args)]
#[command(after_help = "\
Claims are sent at a constant rate, however fast the shop answers; latencies count from the
instant at which a claim was due. One user in ten sends one claim more than the limit allows.

The target is the shop that runs with these settings; or the gateways that --url names, which
must use the same database and secrets; or, when no shop answers, a temporary shop on SQLite.

Afterwards the orders of the rehearsal are cancelled, its sale is ended and its users are
banned. Customers do not see it; statistics and webhooks leave it out.

Examples:
  stampede rehearse --users 20000 --stock 500
  stampede rehearse --users 100000 --stock 10000 --rate 20000 --html report.html
  stampede rehearse --users 20000 --stock 500 --visitors 2000
  stampede rehearse --users 5000 --stock 100 --url http://10.0.0.1:8080 --url http://10.0.0.2:8080
  stampede rehearse --users 1000 --stock 50 --json | jq .verdict

Exit codes:
  0  the sale was exact, and the audit is clean
  1  units oversold or undersold, orders lost or over the limit, or the audit found a breach
  2  the rehearsal could not run, or some claims never had an answer")]
pub(super) struct Rehearse {
    /// Number of users.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    users: u32,
    /// Units in the sale.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    stock: u32,
    /// Claims per second; the default sends all claims within two seconds, at most 10,000 a second.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rate: Option<u32>,
    /// Most units that one user may claim.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=99))]
    limit: u32,
    /// Maximum number of connections; time spent waiting for a free connection counts as latency.
    #[arg(long, default_value_t = 512, value_parser = clap::value_parser!(u16).range(1..))]
    connections: u16,
    /// Number of sale pages that stay open meanwhile, each polling every two seconds.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=20_000))]
    visitors: u32,
    /// URL of a gateway, as http://host:port; may be given several times.
    #[arg(long)]
    url: Vec<String>,
    /// Allow a rehearsal in production.
    #[arg(long)]
    yes: bool,
    /// Print the report as one JSON object.
    #[arg(long)]
    json: bool,
    /// Write the report as an HTML page with plots.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

pub(super) async fn run(rehearse: Rehearse, settings: Settings) -> Result<(), CommandError> {
    let cannot = |error: &dyn std::fmt::Display| CommandError::RehearsalFailed(error.to_string());
    let target = ResolvedTarget::resolve(&rehearse.url, rehearse.yes, settings).await?;
    let shop = Shop::open(target.settings.clone()).await?;
    let audit = async || audit::verdict(&target.settings).await;
    let report = play(
        &options(&rehearse),
        &target.target(),
        &services(&shop),
        audit,
    )
    .await;
    let report = report.map_err(|error| cannot(&error))?;
    if rehearse.json {
        say(&serde_json::to_string(&report).map_err(|error| cannot(&error))?);
    } else {
        say(&report.to_text());
    }
    if let Some(file) = &rehearse.html {
        let page = html_report(&report).map_err(|error| cannot(&error))?;
        let written = std::fs::write(file, page);
        written.map_err(|error| cannot(&format!("{}: {error}", file.display())))?;
    }
    conclude(&report)
}

/// The services of `shop` that a rehearsal asks.
pub(super) fn services(shop: &Shop) -> stampede_rehearsal::Shop {
    stampede_rehearsal::Shop {
        db: shop.db.clone(),
        clock: shop.clock.clone(),
        users: shop.users.clone(),
        categories: shop.catalogue.categories.clone(),
        products: shop.catalogue.products.clone(),
        stock: shop.catalogue.stock.clone(),
        sales: shop.seckill.sales.clone(),
        orders: shop.order.orders.clone(),
    }
}

fn options(rehearse: &Rehearse) -> Options {
    Options {
        users: rehearse.users,
        stock: rehearse.stock,
        limit: rehearse.limit,
        rate: rehearse
            .rate
            .unwrap_or_else(|| default_rate(rehearse.users)),
        connections: rehearse.connections.into(),
        visitors: rehearse.visitors,
        shows_progress: true,
    }
}

fn conclude(report: &Report) -> Result<(), CommandError> {
    match (report.faults(), report.verdict.unresolved) {
        (0, 0) => Ok(()),
        (0, unresolved) => Err(CommandError::RehearsalFailed(format!(
            "{unresolved} claims never had a final answer"
        ))),
        (faults, _) => Err(CommandError::Inexact(faults)),
    }
}
