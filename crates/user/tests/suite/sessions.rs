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
    shop.later(10_001);
    let reused = sessions.refresh(first.refresh).await;

    assert!(matches!(reused, Err(SessionError::BadRefreshToken)));
    assert!(sessions.refresh(second.refresh).await.is_err());
    assert_eq!(shop.verify(&second.access).await, Err(AuthError::Invalid));
    assert_eq!(shop.verify(&first.access).await, Err(AuthError::Invalid));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_tabs_that_refresh_at_once_stay_signed_in() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    for tabs in [2, 5] {
        let tokens = shop.log_in("alice").await.tokens;

        let ends = race(tabs, |_| {
            let (sessions, token) = (shop.users.sessions.clone(), tokens.refresh.clone());
            async move { sessions.refresh(token).await.unwrap() }
        })
        .await;

        shop.later(60_000);
        for tab in ends {
            assert!(shop.verify(&tab.access).await.is_ok());
            let next = shop.users.sessions.refresh(tab.refresh).await.unwrap();
            assert!(shop.verify(&next.access).await.is_ok());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_gateways_that_refresh_one_token_at_once_both_answer() {
    let shop = Shop::open().await;
    let elsewhere = shop.another_process().await;
    shop.register("alice").await;
    for _ in 0..5 {
        let tokens = shop.log_in("alice").await.tokens;
        let gateways = [shop.users.sessions.clone(), elsewhere.sessions.clone()];

        let ends = race(2, |i| {
            let (sessions, token) = (gateways[i].clone(), tokens.refresh.clone());
            async move { sessions.refresh(token).await }
        })
        .await;

        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 2);
    }
}

#[tokio::test]
async fn a_token_that_comes_back_after_the_grace_ends_its_whole_family() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let other = shop.log_in("alice").await.tokens;
    let first = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;
    let here = sessions.refresh(first.refresh.clone()).await.unwrap();
    let there = sessions.refresh(first.refresh.clone()).await.unwrap();
    let there = sessions.refresh(there.refresh).await.unwrap();
    shop.later(10_001);

    let reused = sessions.refresh(first.refresh).await;

    assert!(matches!(reused, Err(SessionError::BadRefreshToken)));
    for tab in [here, there] {
        assert_eq!(shop.verify(&tab.access).await, Err(AuthError::Invalid));
        assert!(sessions.refresh(tab.refresh).await.is_err());
    }
    assert!(sessions.refresh(other.refresh).await.is_ok());
}

#[tokio::test]
async fn a_grandparent_is_within_the_grace_too() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let first = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;
    let second = sessions.refresh(first.refresh.clone()).await.unwrap();
    let third = sessions.refresh(second.refresh).await.unwrap();

    let late_tab = sessions.refresh(first.refresh).await.unwrap();

    for tab in [third, late_tab] {
        assert!(sessions.refresh(tab.refresh).await.is_ok());
    }
}

#[tokio::test]
async fn the_children_of_one_log_in_are_bounded() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let mut tokens = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;

    let mut answered = 0;
    for _ in 0..30 {
        answered += i32::from(sessions.refresh(tokens.refresh.clone()).await.is_ok());
    }
    assert_eq!(answered, 17, "one child, and sixteen more");
    for _ in 0..4 {
        tokens = shop.log_in("alice").await.tokens;
        for _ in 0..10 {
            sessions.refresh(tokens.refresh.clone()).await.unwrap();
        }
        tokens = sessions.refresh(tokens.refresh).await.unwrap();
        for _ in 0..10 {
            sessions.refresh(tokens.refresh.clone()).await.unwrap();
        }
    }

    let rows = shop
        .count::<stampede_persistence::entity::session::Entity>()
        .await;
    assert!(rows <= 5 * 16, "{rows} sessions of five log-ins");
}

#[tokio::test]
async fn a_log_out_in_one_tab_ends_the_others() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let first = shop.log_in("alice").await.tokens;
    let sessions = &shop.users.sessions;
    let here = sessions.refresh(first.refresh.clone()).await.unwrap();
    let there = sessions.refresh(first.refresh).await.unwrap();
    let caller = shop.verify(&here.access).await.unwrap();

    sessions
        .log_out(caller, there.refresh.clone())
        .await
        .unwrap();

    for tab in [here, there] {
        assert_eq!(shop.verify(&tab.access).await, Err(AuthError::Invalid));
        assert!(sessions.refresh(tab.refresh).await.is_err());
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
    assert_eq!(blind, Err(AuthError::Unavailable));
    assert!(shop.verify(&access).await.is_ok());
}
