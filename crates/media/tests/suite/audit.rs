//! The audit names pictures whose files are gone.

use image::ImageFormat;
use stampede_media::{Image, Variant, audit};

use crate::pictures::{encoded, flag};
use crate::shop::TestShop;

/// What is named in the shop's own folder.
async fn named(shop: &TestShop) -> Vec<(&'static str, String)> {
    let tx = shop.db.db.snapshot().await.unwrap();
    let findings = audit(&tx, shop.folder()).await.unwrap().unwrap();
    let breaches = findings.breaches.into_iter();
    breaches.map(|one| (one.invariant, one.subject)).collect()
}

async fn add(shop: &TestShop, width: u32) -> Image {
    let picture = encoded(&flag(width, 20), ImageFormat::Png);
    shop.media.add(picture).await.unwrap()
}

#[tokio::test]
async fn a_picture_that_lacks_one_of_its_files_is_named() {
    let shop = TestShop::open().await;
    add(&shop, 20).await;
    let torn = add(&shop, 40).await;
    assert_eq!(named(&shop).await, []);

    std::fs::remove_file(shop.folder().join(torn.path(Variant::Small))).unwrap();

    let expected = [("I11", format!("image {}", torn.id))];
    assert_eq!(named(&shop).await, expected);
}

#[tokio::test]
async fn a_folder_that_is_not_the_databases_is_not_judged() {
    let shop = TestShop::open().await;
    add(&shop, 20).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let tx = shop.db.db.snapshot().await.unwrap();

    let empty = audit(&tx, elsewhere.path()).await.unwrap();
    let nowhere = audit(&tx, &elsewhere.path().join("absent")).await.unwrap();

    assert!(empty.is_none() && nowhere.is_none());
    assert!(!elsewhere.path().join("absent").exists());
}
