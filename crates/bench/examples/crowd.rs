//! A crowd for a shop: musters customers in its database, and writes a file with
//! their access tokens, one a line.
//!
//! `crowd RUN COUNT FILE`, with the shop's settings in the environment.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use secrecy::ExposeSecret;
use stampede_bench::Failure;
use stampede_gateway::Shop;
use stampede_kernel::{SessionId, SystemClock};
use stampede_settings::{Flags, Settings, Sources};
use stampede_user::{Caller, Role};

#[actix_web::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [run, count, file] = arguments.as_slice() else {
        return Err("crowd RUN COUNT FILE".into());
    };
    let settings = Settings::load(&Sources::of_process(Flags::default()))?;
    let shop = Shop::on(settings, Arc::new(SystemClock)).await?;
    let crowd = shop
        .users
        .accounts
        .create_rehearsal_users(run, count.parse()?)
        .await?;
    shop.db.analyze().await?;
    let mut file = BufWriter::new(File::create(file)?);
    for user in crowd {
        let caller = Caller {
            user,
            session: SessionId::new(),
            role: Role::Customer,
            rehearsal: false,
        };
        let token = shop.users.tokens.sign(&caller, shop.clock.now())?;
        writeln!(file, "{}", token.expose_secret())?;
    }
    Ok(file.flush()?)
}
