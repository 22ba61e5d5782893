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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hash_from_before_still_logs_in_and_is_renewed_by_one_of_many_log_ins_at_once() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let typed_then = "Gru\u{308}\u{df}e aus dem Laden";
    let hash = hash_as_typed("pepper", typed_then);
    set_hash(&shop, alice.id, &hash).await;

    let ends = crate::shop::race(6, |i| {
        let sessions = shop.users.sessions.clone();
        // As it was typed then, and as another keyboard has it.
        let typed = [typed_then, "Gr\u{fc}\u{df}e aus dem Laden"][i % 2];
        async move { sessions.log_in(attempt("alice", typed)).await }
    })
    .await;

    for end in ends {
        end.unwrap();
    }
    let renewed = hash_of(&shop, alice.id).await;
    assert_ne!(renewed, hash);
    let again = attempt("alice", "Gr\u{fc}\u{df}e aus dem Laden");
    shop.users.sessions.log_in(again).await.unwrap();
    assert_eq!(hash_of(&shop, alice.id).await, renewed, "renewed once");
}

#[tokio::test]
async fn a_password_logs_in_however_its_letters_are_composed() {
    let shop = Shop::open().await;
    for (name, set, typed) in [
        (
            "alice",
            "Gr\u{fc}\u{df}e aus Lyon",
            "Gru\u{308}\u{df}e aus Lyon",
        ),
        (
            "bob",
            "Gru\u{308}\u{df}e aus Lyon",
            "Gr\u{fc}\u{df}e aus Lyon",
        ),
        ("carol", "ｆｕｌｌ width 42", "full width 42"),
    ] {
        let mut account = account(name);
        account.password = set.into();
        shop.users.accounts.register(account).await.unwrap();

        let back = shop.users.sessions.log_in(attempt(name, typed)).await;

        assert!(back.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn an_owner_gets_in_where_they_are_known_while_others_guess_everywhere() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    shop.log_in("alice").await;
    for host in 1..=100 {
        let mut wrong = attempt("alice", "wrong guess");
        wrong.address = format!("198.51.100.{host}").parse().unwrap();
        let refused = shop.users.sessions.log_in(wrong).await;
        assert!(matches!(refused, Err(SessionError::BadCredentials)));
    }

    let mut elsewhere = attempt("alice", PASSWORD);
    elsewhere.address = "203.0.113.9".parse().unwrap();
    let elsewhere = shop.users.sessions.log_in(elsewhere).await;

    assert!(matches!(elsewhere, Err(SessionError::TooManyFailures(_))));
    shop.log_in("alice").await;
}

#[tokio::test]
async fn a_pin_opens_whatever_keyboard_it_was_typed_on() {
    let shop = Shop::open().await;
    let mut alice = account("alice");
    alice.pin = "１３５７９０".into();
    let alice = shop.users.accounts.register(alice).await.unwrap();
    let wallets = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: stampede_kernel::Money::ZERO,
    });

    let db = shop.test.db.reader();
    for typed in ["135790", "１３５７９０"] {
        assert!(wallets.is_pin(db, alice.id, &typed.into()).await.unwrap());
    }
}

/// What stood in the table before spellings were made one.
fn hash_as_typed(pepper: &str, password: &str) -> String {
    use base64::Engine;
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha384>::new_from_slice(pepper.as_bytes()).unwrap();
    mac.update(password.as_bytes());
    let keyed = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    bcrypt::hash(keyed, 4).unwrap()
}

async fn set_hash(shop: &Shop, id: stampede_kernel::UserId, hash: &str) {
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    use stampede_persistence::entity::user;
    let tx = shop.test.db.begin_write().await.unwrap();
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(id))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn hash_of(shop: &Shop, id: stampede_kernel::UserId) -> String {
    use sea_orm::EntityTrait;
    let row = stampede_persistence::entity::user::Entity::find_by_id(id);
    let row = row.one(shop.test.db.reader()).await.unwrap();
    row.unwrap().password_hash
}
