//! Log-in by password, its limits, and changes of password and PIN.

use stampede_payment::{DbWallet, WalletSettings};
use stampede_user::*;

use crate::shop::{PASSWORD, Shop, account, attempt, home};

fn change(user: &User, session: stampede_kernel::SessionId, old: &str) -> PasswordChange {
    PasswordChange {
        user: user.id,
        session,
        address: home(),
        old: old.into(),
        new: "another herd entirely".into(),
    }
}

/// A06.
#[tokio::test]
async fn every_character_of_a_password_counts() {
    let shop = Shop::open().await;
    let long = "0123456789".repeat(8);
    let mut alice = account("alice");
    alice.password = long.as_str().into();
    shop.users.accounts.register(alice).await.unwrap();
    let mut bob = account("bob");
    bob.password = "🦬".repeat(64).into();
    shop.users.accounts.register(bob).await.unwrap();

    let cut = shop
        .users
        .sessions
        .log_in(attempt("alice", &long[..72]))
        .await;
    let whole = shop.users.sessions.log_in(attempt("alice", &long)).await;
    let emoji = shop
        .users
        .sessions
        .log_in(attempt("bob", &"🦬".repeat(64)))
        .await;

    assert!(matches!(cut, Err(SessionError::BadCredentials)));
    assert!(whole.is_ok());
    assert!(emoji.is_ok());
}

/// A17: the timing is measured elsewhere.
#[tokio::test]
async fn nobody_learns_who_is_registered() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let log_in = |name, password| shop.users.sessions.log_in(attempt(name, password));

    for (name, password) in [
        ("alice", "wrong"),
        ("nobody", "wrong"),
        ("a\0", ""),
        ("", ""),
    ] {
        let refused = log_in(name, password).await.unwrap_err();
        assert!(matches!(refused, SessionError::BadCredentials), "{name:?}");
    }
    assert!(log_in("ＡＬＩＣＥ", PASSWORD).await.is_ok());
}

/// A16.
#[tokio::test]
async fn guesses_from_one_address_do_not_lock_the_owner_out() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let sessions = &shop.users.sessions;
    for _ in 0..10 {
        let wrong = sessions.log_in(attempt("alice", "wrong guess")).await;
        assert!(matches!(wrong, Err(SessionError::BadCredentials)));
    }

    let here = sessions.log_in(attempt("alice", PASSWORD)).await;
    let mut elsewhere = attempt("alice", PASSWORD);
    elsewhere.address = "198.51.100.7".parse().unwrap();
    let elsewhere = sessions.log_in(elsewhere).await;
    shop.later(15 * 60_000);
    let afterwards = sessions.log_in(attempt("alice", PASSWORD)).await;

    assert!(matches!(here, Err(SessionError::TooManyFailures(_))));
    assert!(elsewhere.is_ok());
    assert!(afterwards.is_ok());
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_every_other_session() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let here = shop.log_in("alice").await;
    let there = shop.log_in("alice").await;
    let session = shop.verify(&here.tokens.access).await.unwrap().session;
    let accounts = &shop.users.accounts;

    let wrong = accounts
        .change_password(change(&user, session, "wrong guess"))
        .await;
    assert!(matches!(wrong, Err(AccountError::BadPassword)));
    accounts
        .change_password(change(&user, session, PASSWORD))
        .await
        .unwrap();

    assert!(shop.verify(&here.tokens.access).await.is_ok());
    assert!(
        shop.users
            .sessions
            .refresh(here.tokens.refresh)
            .await
            .is_ok()
    );
    assert_eq!(
        shop.verify(&there.tokens.access).await,
        Err(AuthError::Invalid)
    );
    assert!(
        shop.users
            .sessions
            .refresh(there.tokens.refresh)
            .await
            .is_err()
    );
    let old = shop.users.sessions.log_in(attempt("alice", PASSWORD)).await;
    assert!(matches!(old, Err(SessionError::BadCredentials)));
    let new = attempt("alice", "another herd entirely");
    assert!(shop.users.sessions.log_in(new).await.is_ok());
}

#[tokio::test]
async fn a_stolen_token_does_not_guess_the_password_through_its_change() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let session = stampede_kernel::SessionId::new();
    for _ in 0..10 {
        let _ = shop
            .users
            .accounts
            .change_password(change(&user, session, "a guess"))
            .await;
    }

    let change = change(&user, session, PASSWORD);
    let refused = shop.users.accounts.change_password(change).await;

    assert!(matches!(refused, Err(AccountError::TooManyFailures(_))));
}

#[tokio::test]
async fn a_pin_is_changed_by_who_knows_the_password() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let change = |password: &str| ChangePin {
        user: user.id,
        address: home(),
        password: password.into(),
        pin: "135790".into(),
    };

    let wrong = shop.users.accounts.change_pin(change("wrong guess")).await;
    assert!(matches!(wrong, Err(AccountError::BadPassword)));
    shop.users
        .accounts
        .change_pin(change(PASSWORD))
        .await
        .unwrap();

    let wallets = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: stampede_kernel::Money::ZERO,
    });
    let db = shop.test.db.reader();
    assert!(wallets.is_pin(db, user.id, &"135790".into()).await.unwrap());
}
