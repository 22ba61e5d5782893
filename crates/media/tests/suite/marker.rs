//! The folder and the database must belong together.

use std::sync::Arc;

use stampede_kernel::SystemClock;
use stampede_media::{MediaLimits, MediaStore};
use stampede_persistence::Database;

use crate::shop::TestShop;

async fn open(db: &Database, folder: &std::path::Path) -> MediaStore {
    let clock = Arc::new(SystemClock);
    MediaStore::open(db.clone(), folder, MediaLimits::default(), clock)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_second_gateway_with_the_same_folder_agrees() {
    let shop = TestShop::open().await;

    let second = open(&shop.db.db, shop.folder()).await;

    assert!(shop.media.check_marker().await.unwrap());
    assert!(second.check_marker().await.unwrap());
}

#[tokio::test]
async fn a_gateway_with_a_folder_of_its_own_is_found_out() {
    let shop = TestShop::open().await;
    let elsewhere = tempfile::tempdir().unwrap();

    let second = open(&shop.db.db, elsewhere.path()).await;

    assert!(!second.check_marker().await.unwrap());
    assert!(shop.media.check_marker().await.unwrap());
}

#[tokio::test]
async fn a_folder_that_lost_its_mount_is_found_out() {
    let shop = TestShop::open().await;

    std::fs::remove_file(shop.folder().join(".stampede-media")).unwrap();

    assert!(!shop.media.check_marker().await.unwrap());
}

#[tokio::test]
async fn gateways_that_start_at_once_give_the_folder_one_name() {
    let shop = TestShop::open().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::remove_file(shop.folder().join(".stampede-media")).unwrap();

    let names: Vec<_> = (0..8)
        .map(|_| {
            let (db, folder) = (shop.db.db.clone(), folder.path().to_owned());
            tokio::spawn(async move {
                open(&db, &folder).await;
                std::fs::read_to_string(folder.join(".stampede-media")).unwrap()
            })
        })
        .collect();
    let mut distinct = std::collections::BTreeSet::new();
    for name in names {
        distinct.insert(name.await.unwrap());
    }

    assert_eq!(distinct.len(), 1);
}
