//! What an admin does to an account.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use stampede_persistence::entity::{audit_log, user};
use stampede_user::*;

use crate::shop::{PASSWORD, Shop, attempt, race};

async fn admin(shop: &Shop, name: &str) -> User {
    shop.users
        .accounts
        .create_admin(name, PASSWORD.into())
        .await
        .unwrap()
}

fn ban() -> AdminAction {
    AdminAction::Ban {
        reason: Some("spam".into()),
    }
}

/// A19, in the process of the ban and in another.
#[tokio::test]
async fn a_ban_acts_at_once_on_everything_the_user_holds() {
    let shop = Shop::open().await;
    let boss = admin(&shop, "boss").await;
    let alice = shop.register("alice").await;
    let tokens = shop.log_in("alice").await.tokens;
    let elsewhere = shop.another_process().await;

    let banned = shop
        .users
        .accounts
        .administer(boss.id, alice.id, ban())
        .await
        .unwrap();

    assert_eq!(banned.status, Status::Banned);
    let access = secrecy::ExposeSecret::expose_secret(&tokens.access);
    assert_eq!(shop.users.tokens.verify(access), Err(AuthError::Invalid));
    elsewhere.revocations.load().await.unwrap();
    assert_eq!(elsewhere.tokens.verify(access), Err(AuthError::Invalid));
    assert!(shop.users.sessions.refresh(tokens.refresh).await.is_err());
    let log_in = shop.users.sessions.log_in(attempt("alice", PASSWORD)).await;
    assert!(matches!(log_in, Err(SessionError::BadCredentials)));

    let unban = shop
        .users
        .accounts
        .administer(boss.id, alice.id, AdminAction::Unban)
        .await;
    assert_eq!(unban.unwrap().status, Status::Active);
    let again = shop.log_in("alice").await.tokens;
    assert!(shop.verify(&again.access).await.is_ok());
    assert_eq!(shop.verify(&tokens.access).await, Err(AuthError::Invalid));
}

#[tokio::test]
async fn a_demotion_kills_live_tokens_and_a_log_in_right_after_it_works() {
    let shop = Shop::open().await;
    let boss = admin(&shop, "boss").await;
    let deputy = admin(&shop, "deputy").await;
    let before = shop.log_in("deputy").await.tokens;
    assert_eq!(shop.verify(&before.access).await.unwrap().role, Role::Admin);

    let act = AdminAction::SetRole(Role::Customer);
    shop.users
        .accounts
        .administer(boss.id, deputy.id, act)
        .await
        .unwrap();
    let after = shop.log_in("deputy").await.tokens;
    let refreshed = shop.users.sessions.refresh(before.refresh).await.unwrap();

    assert_eq!(shop.verify(&before.access).await, Err(AuthError::Invalid));
    assert_eq!(
        shop.verify(&after.access).await.unwrap().role,
        Role::Customer
    );
    assert_eq!(
        shop.verify(&refreshed.access).await.unwrap().role,
        Role::Customer
    );
}

#[tokio::test]
async fn the_shop_keeps_its_last_admin() {
    let shop = Shop::open().await;
    let boss = admin(&shop, "boss").await;
    let banned = admin(&shop, "banned").await;
    let accounts = &shop.users.accounts;
    accounts
        .administer(boss.id, banned.id, ban())
        .await
        .unwrap();

    for act in [ban(), AdminAction::SetRole(Role::Customer)] {
        let refused = accounts.administer(boss.id, boss.id, act).await;
        assert!(matches!(refused, Err(AccountError::LastAdmin)));
    }
    let nobody = accounts
        .administer(boss.id, stampede_kernel::UserId(404), ban())
        .await;
    assert!(matches!(nobody, Err(AccountError::NotFound)));
    // The registration of two admins and one ban; refusals leave no row.
    assert_eq!(shop.count::<audit_log::Entity>().await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_admins_who_demote_each_other_at_once_leave_one() {
    let shop = Shop::open().await;
    let (a, b) = (admin(&shop, "first").await, admin(&shop, "second").await);
    for _ in 0..10 {
        let ends = race(2, |i| {
            let accounts = shop.users.accounts.clone();
            let (by, of) = if i == 0 { (a.id, b.id) } else { (b.id, a.id) };
            async move {
                accounts
                    .administer(by, of, AdminAction::SetRole(Role::Customer))
                    .await
            }
        })
        .await;

        let refused = |end: &Result<User, _>| matches!(end, Err(AccountError::LastAdmin));
        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
        assert_eq!(ends.iter().filter(|end| refused(end)).count(), 1);
        let admins = user::Entity::find()
            .filter(user::Column::Role.eq(Role::Admin))
            .count(shop.test.db.reader());
        assert_eq!(admins.await.unwrap(), 1);
        for id in [a.id, b.id] {
            let act = AdminAction::SetRole(Role::Admin);
            shop.users.accounts.administer(a.id, id, act).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_banned_while_logging_in_is_out() {
    let shop = Shop::open().await;
    let boss = admin(&shop, "boss").await;
    let alice = shop.register("alice").await;
    for _ in 0..10 {
        let tokens = race(4, |i| {
            let users = shop.users.clone();
            async move {
                if i == 0 {
                    users
                        .accounts
                        .administer(boss.id, alice.id, ban())
                        .await
                        .unwrap();
                    return None;
                }
                users.sessions.log_in(attempt("alice", PASSWORD)).await.ok()
            }
        })
        .await;

        for logged_in in tokens.into_iter().flatten() {
            let token = logged_in.tokens.access;
            assert_eq!(shop.verify(&token).await, Err(AuthError::Invalid));
            assert!(
                shop.users
                    .sessions
                    .refresh(logged_in.tokens.refresh)
                    .await
                    .is_err()
            );
        }
        shop.users
            .accounts
            .administer(boss.id, alice.id, AdminAction::Unban)
            .await
            .unwrap();
        shop.later(15 * 60_000);
    }
}

#[tokio::test]
async fn what_a_user_had_begun_before_a_ban_has_no_effect_after_it() {
    let shop = Shop::open().await;
    let boss = admin(&shop, "boss").await;
    let alice = shop.register_proven("alice", "alice@example.com").await;
    let home = NewAddress {
        name: "Alice".into(),
        phone: "+1 555-0100".into(),
        address: "1 Prairie Road".into(),
        postcode: None,
        country: None,
        is_default: None,
    };
    let kept = shop
        .users
        .addresses
        .add(alice.id, home.clone())
        .await
        .unwrap();
    let (accounts, addresses) = (&shop.users.accounts, &shop.users.addresses);
    accounts.administer(boss.id, alice.id, ban()).await.unwrap();

    let avatar = accounts
        .set_avatar(alice.id, stampede_kernel::ImageId(7))
        .await;
    let renamed = accounts.rename(alice.id, "late").await;
    let added = addresses.add(alice.id, home.clone()).await;
    let changed = addresses.change(alice.id, kept.id, home).await;
    let deleted = addresses.delete(alice.id, kept.id).await;
    let asked = shop.send(alice.id, ProofRequest::Unbind).await;
    let wanted = [(alice.id, None), (alice.id, Some(kept.id))];
    let snapshots = addresses.snapshots(&wanted).await.unwrap();

    assert!(matches!(avatar, Err(AccountError::Banned)));
    assert!(matches!(renamed, Err(AccountError::Banned)));
    assert!(matches!(added, Err(AddressError::Banned)));
    assert!(matches!(changed, Err(AddressError::Banned)));
    assert!(matches!(deleted, Err(AddressError::Banned)));
    assert!(matches!(asked, Err(EmailError::Banned)));
    assert!(snapshots.iter().all(Result::is_err));
    assert_eq!(accounts.user(alice.id).await.unwrap().nick_name, "alice");
    assert_eq!(addresses.list(alice.id).await.unwrap().len(), 1);
}
