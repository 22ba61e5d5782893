//! `stampede admin`

use std::io::IsTerminal;

use clap::Subcommand;
use secrecy::SecretString;
use stampede_user::AccountService;

use super::{CommandError, say};
use stampede_gateway::Shop;
use stampede_settings::Settings;

const PASSWORD: &str = "STAMPEDE_ADMIN_PASSWORD";

/// The subcommands of `admin`.
#[derive(Debug, Subcommand)]
pub(super) enum Admin {
    /// Creates an admin; reads the password from a prompt or from `STAMPEDE_ADMIN_PASSWORD`.
    Create {
        /// User name of the new admin.
        #[arg(long)]
        user_name: String,
    },
}

pub(super) async fn run(what: Admin, settings: Settings) -> Result<(), CommandError> {
    let Admin::Create { user_name } = what;
    let password = password()?;
    let shop = Shop::open(settings).await?;
    let admin = shop.users.accounts.create_admin(&user_name, password).await;
    let admin = admin.map_err(|error| CommandError::Failed(error.to_string()))?;
    say(&format!("admin {} has id {}", admin.user_name, admin.id));
    Ok(())
}

fn password() -> Result<SecretString, CommandError> {
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password.into());
    }
    if !std::io::stdin().is_terminal() {
        return Err(CommandError::Failed(format!(
            "there is no terminal to ask for a password; set {PASSWORD}"
        )));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| CommandError::Failed(error.to_string()))
    };
    let first = ask("Password: ")?;
    if first == ask("Once more: ")? {
        Ok(first.into())
    } else {
        Err(CommandError::Failed("the passwords differ".to_owned()))
    }
}
