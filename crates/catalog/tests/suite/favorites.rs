//! What users like.

use sea_orm::{ActiveValue::Set, EntityTrait};
use stampede_catalog::*;
use stampede_kernel::{Cursor, PageSize, ProductId, Timestamp, UserId};
use stampede_persistence::entity::{favorite, user};

use crate::shop::{ADMIN, Shop};

const ANN: UserId = UserId(11);
const BEN: UserId = UserId(12);

#[tokio::test]
async fn thirty_two_likes_at_once_are_one() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await.id;

    let likes = (0..32).map(|_| shop.favorites.add(ANN, tea));
    let likes = futures::future::join_all(likes).await;

    let new = likes.iter().filter(|like| like.as_ref().unwrap().1);
    assert_eq!(new.count(), 1);
    let mine = shop.favorites.favorites(ANN, PageSize::default(), None);
    assert_eq!(mine.await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn nobody_drops_anothers_favourite_and_dropping_drops() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await.id;
    shop.favorites.add(ANN, tea).await.unwrap();

    let foreign = shop.favorites.remove(BEN, tea).await;
    assert!(matches!(foreign, Err(FavoriteError::NotFound)));
    shop.favorites.remove(ANN, tea).await.unwrap();
    let again = shop.favorites.remove(ANN, tea).await;
    assert!(matches!(again, Err(FavoriteError::NotFound)));
}

#[tokio::test]
async fn what_is_off_sale_is_not_added_but_stays_in_the_list() {
    let shop = Shop::open().await;
    let (tea, cup) = (shop.product(100, 1).await.id, shop.product(1, 1).await.id);
    shop.favorites.add(ANN, tea).await.unwrap();
    for id in [tea, cup] {
        shop.products.take_off_sale(ADMIN, id).await.unwrap();
    }

    for id in [cup, ProductId(999), ProductId(-1)] {
        let refused = shop.favorites.add(ANN, id).await;
        assert!(matches!(refused, Err(FavoriteError::NotFound)));
    }
    let mine = shop.favorites.favorites(ANN, PageSize::default(), None);
    let mine = mine.await.unwrap();
    assert_eq!(mine.items[0].product.id, tea);
    assert!(!mine.items[0].product.on_sale);
}

#[tokio::test]
async fn the_list_goes_on_where_its_own_page_ended() {
    let shop = Shop::open().await;
    for _ in 0..5 {
        let id = shop.product(100, 1).await.id;
        shop.favorites.add(ANN, id).await.unwrap();
    }
    let size = PageSize::new(2).unwrap();
    let first = shop.favorites.favorites(ANN, size, None).await.unwrap();
    let foreign = shop.favorites.favorites(BEN, size, first.next.clone());
    assert!(matches!(foreign.await, Err(FavoriteError::Cursor(_))));

    let mut seen = Vec::new();
    let mut from: Option<Cursor> = None;
    loop {
        let page = shop.favorites.favorites(ANN, size, from).await.unwrap();
        seen.extend(page.items.iter().map(|item| item.product.id));
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), seen), (5, sorted));
}

#[tokio::test]
async fn a_user_keeps_at_most_a_thousand() {
    let shop = Shop::open().await;
    let rows = (1..=999).map(|n| favorite::ActiveModel {
        user_id: Set(ANN),
        product_id: Set(ProductId(1_000_000 + n)),
        created_at: Set(Timestamp(1)),
        ..Default::default()
    });
    let inserted = favorite::Entity::insert_many(rows);
    let inserted = inserted.exec_without_returning(shop.db.db.reader()).await;
    inserted.unwrap();
    let (last, beyond) = (shop.product(100, 1).await.id, shop.product(1, 1).await.id);

    assert!(shop.favorites.add(ANN, last).await.unwrap().1);
    let refused = shop.favorites.add(ANN, beyond).await;
    assert!(matches!(refused, Err(FavoriteError::TooMany)));
    assert!(!shop.favorites.add(ANN, last).await.unwrap().1);
}

#[tokio::test]
async fn what_a_user_likes_after_a_ban_is_not_kept() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await.id;
    shop.favorites.add(ANN, tea).await.unwrap();
    let banned = user::ActiveModel {
        id: Set(ANN),
        user_name: Set("ann".into()),
        name_key: Set("ann".into()),
        nick_name: Set("ann".into()),
        password_hash: Set("!".into()),
        role: Set(user::Role::Customer),
        status: Set(user::Status::Banned),
        language: Set("en".into()),
        created_at: Set(Timestamp(1)),
        updated_at: Set(Timestamp(1)),
        ..Default::default()
    };
    let tx = shop.db.db.begin_write().await.unwrap();
    let insert = user::Entity::insert(banned).exec_without_returning(&tx);
    insert.await.unwrap();
    tx.commit().await.unwrap();

    let added = shop.favorites.add(ANN, tea).await;
    let removed = shop.favorites.remove(ANN, tea).await;

    assert!(matches!(added, Err(FavoriteError::Banned)));
    assert!(matches!(removed, Err(FavoriteError::Banned)));
}
