//! Refresh, log-out, and how soon a token is dead.

use stampede_user::*;

use crate::shop::{Shop, race};

#[tokio::test]
async fn a_refresh_token_is_spent_once_and_its_reuse_ends_the_session() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let first = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;

    let second = sessions.refresh(first.refresh.clone()).await.unwrap();
    assert!(shop.verify(&second.access).await.is_ok());
    let reused = sessions.refresh(first.refresh).await;

    assert!(matches!(reused, Err(SessionError::BadRefreshToken)));
    assert!(sessions.refresh(second.refresh).await.is_err());
    assert_eq!(shop.verify(&second.access).await, Err(AuthError::Invalid));
    assert_eq!(shop.verify(&first.access).await, Err(AuthError::Invalid));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_refresh_at_once_one_wins() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    for _ in 0..10 {
        let tokens = shop.log_in("alice").await.tokens;

        let ends = race(2, |_| {
            let (sessions, token) = (shop.users.sessions.clone(), tokens.refresh.clone());
            async move { sessions.refresh(token).await }
        })
        .await;

        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
        // The other one came with a spent token: somebody has a copy.
        for end in ends.into_iter().flatten() {
            assert_eq!(shop.verify(&end.access).await, Err(AuthError::Invalid));
        }
    }
}

#[tokio::test]
async fn an_expired_or_made_up_refresh_token_is_refused() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let tokens = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;

    for made_up in ["", "x", &"A".repeat(107)] {
        let refused = sessions.refresh(made_up.into()).await;
        assert!(matches!(refused, Err(SessionError::BadRefreshToken)));
    }
    shop.later(24 * 3_600_000);
    let expired = sessions.refresh(tokens.refresh).await;

    assert!(matches!(expired, Err(SessionError::BadRefreshToken)));
}

#[tokio::test]
async fn a_log_out_kills_its_session_at_once_and_no_other() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let (here, there) = (
        shop.log_in("alice").await.tokens,
        shop.log_in("alice").await.tokens,
    );
    let caller = shop.verify(&here.access).await.unwrap();
    let sessions = &shop.users.sessions;

    let foreign = sessions.log_out(caller, there.refresh.clone()).await;
    assert!(matches!(foreign, Err(SessionError::BadRefreshToken)));
    sessions
        .log_out(caller, here.refresh.clone())
        .await
        .unwrap();

    let at_once = shop
        .users
        .tokens
        .verify(secrecy::ExposeSecret::expose_secret(&here.access));
    assert_eq!(at_once, Err(AuthError::Invalid));
    assert!(sessions.refresh(here.refresh).await.is_err());
    assert!(shop.verify(&there.access).await.is_ok());
}

#[tokio::test]
async fn another_process_hears_of_a_log_out_with_its_next_load() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let tokens = shop.log_in("alice").await.tokens;
    let elsewhere = shop.another_process().await;
    let access = secrecy::ExposeSecret::expose_secret(&tokens.access);
    let caller = elsewhere.tokens.verify(access).unwrap();

    shop.users
        .sessions
        .log_out(caller, tokens.refresh)
        .await
        .unwrap();
    elsewhere.revocations.load().await.unwrap();

    assert_eq!(elsewhere.tokens.verify(access), Err(AuthError::Invalid));
    let started_later = shop.another_process().await;
    assert_eq!(started_later.tokens.verify(access), Err(AuthError::Invalid));
}

#[tokio::test]
async fn whoever_cannot_see_the_revocations_lets_nobody_in() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let access = shop.log_in("alice").await.tokens.access;
    assert!(shop.verify(&access).await.is_ok());

    tokio::time::sleep(std::time::Duration::from_millis(5_100)).await;

    let blind = shop
        .users
        .tokens
        .verify(secrecy::ExposeSecret::expose_secret(&access));
    assert_eq!(blind, Err(AuthError::Blind));
    assert!(shop.verify(&access).await.is_ok());
}
