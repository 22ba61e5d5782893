//! The crowd of a rehearsal.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use stampede_persistence::entity::{address, user, wallet};
use stampede_user::*;

use crate::shop::{PASSWORD, Shop, attempt};

/// More than one transaction's worth.
const CROWD: u64 = 2_051;

#[tokio::test]
async fn nobody_can_log_in_as_one_of_a_crowd() {
    let shop = Shop::open().await;
    shop.users
        .accounts
        .create_rehearsal_users("a", 3)
        .await
        .unwrap();

    for password in [PASSWORD, "!", ""] {
        let log_in = attempt("rehearsal-a-1", password);
        let log_in = shop.users.sessions.log_in(log_in).await;

        assert!(matches!(log_in, Err(SessionError::BadCredentials)));
    }
}

#[tokio::test]
async fn everyone_in_a_crowd_has_an_address_and_an_empty_wallet_and_no_mail() {
    let shop = Shop::open().await;

    let crowd = shop
        .users
        .accounts
        .create_rehearsal_users("a", CROWD)
        .await
        .unwrap();

    let distinct: std::collections::BTreeSet<_> = crowd.iter().copied().collect();
    assert_eq!(distinct.len(), crowd.len());
    assert_eq!(u64::try_from(crowd.len()).unwrap(), CROWD);
    assert_eq!(shop.count::<wallet::Entity>().await, CROWD);
    assert_eq!(shop.mails().await, 0);
    let homes = address::Entity::find()
        .filter(address::Column::IsDefault.eq(true))
        .count(shop.test.db.reader());
    assert_eq!(homes.await.unwrap(), CROWD);
    let tx = shop.test.db.snapshot().await.unwrap();
    assert_eq!(audit(&tx).await.unwrap(), []);
    assert_eq!(stampede_payment::audit(&tx).await.unwrap(), []);
}

#[tokio::test]
async fn a_name_that_is_taken_makes_no_second_crowd() {
    let shop = Shop::open().await;
    shop.users
        .accounts
        .create_rehearsal_users("a", 2)
        .await
        .unwrap();

    assert!(
        shop.users
            .accounts
            .create_rehearsal_users("a", 2)
            .await
            .is_err()
    );

    assert_eq!(shop.count::<user::Entity>().await, 2);
    assert_eq!(
        shop.users
            .accounts
            .create_rehearsal_users("b", 2)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn admins_see_no_crowd_and_dismissing_it_bans_nobody_else() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let mut crowd = shop
        .users
        .accounts
        .create_rehearsal_users("a", 600)
        .await
        .unwrap();

    crowd.push(alice.id);
    shop.users
        .accounts
        .ban_rehearsal_users(&crowd)
        .await
        .unwrap();

    for q in [None, Some("a".to_owned())] {
        let filter = UserFilter {
            q,
            ..UserFilter::default()
        };
        let seen = shop.users.accounts.users(filter).await.unwrap().items;
        assert_eq!(seen, std::slice::from_ref(&alice));
    }
    let banned = user::Entity::find()
        .filter(user::Column::Status.eq(Status::Banned))
        .count(shop.test.db.reader());
    assert_eq!(banned.await.unwrap(), 600);
}
