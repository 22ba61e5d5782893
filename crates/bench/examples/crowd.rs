//! A crowd for a shop: writes customers into its database, and files with their
//! access tokens, one a line: `FOLDER/tokens`, and `FOLDER/admin` with an admin's.
//!
//! `crowd COUNT FOLDER`, with the shop's settings in the environment.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use secrecy::ExposeSecret;
use stampede_bench::{Failure, admin, crowd};
use stampede_gateway::Shop;
use stampede_gateway::settings::{Flags, Settings, Sources};
use stampede_kernel::{SessionId, SystemClock, UserId};
use stampede_user::{Caller, Role};

#[actix_web::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [count, folder] = arguments.as_slice() else {
        return Err("crowd COUNT FOLDER".into());
    };
    let (count, folder) = (count.parse()?, Path::new(folder));
    let settings = Settings::load(&Sources::of_process(Flags::default()))?;
    stampede_migration::up(settings.database.url.expose_secret()).await?;
    let shop = Shop::on(settings, Arc::new(SystemClock)).await?;
    let admin = admin(&shop.db).await?;
    write(&shop, &folder.join("admin"), Role::Admin, &[admin])?;
    let buyers = crowd(&shop.db, count).await?;
    write(&shop, &folder.join("tokens"), Role::Customer, &buyers)
}

fn write(shop: &Shop, file: &Path, role: Role, users: &[UserId]) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(file)?);
    for user in users {
        let caller = Caller {
            user: *user,
            session: SessionId::new(),
            role,
            rehearsal: false,
        };
        let token = shop.users.tokens.sign(&caller, shop.clock.now())?;
        writeln!(file, "{}", token.expose_secret())?;
    }
    Ok(file.flush()?)
}
