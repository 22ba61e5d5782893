//! Files that no row refers to go after a day.

use std::time::Duration;

use image::ImageFormat;
use sea_orm::EntityTrait;
use stampede_media::Variant;
use stampede_persistence::entity::image as table;

use crate::pictures::{encoded, flag};
use crate::shop::TestShop;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn files_without_a_row_go_after_a_day_and_not_before() {
    let shop = TestShop::open().await;
    let picture = encoded(&flag(20, 20), ImageFormat::Png);
    let orphan = shop.media.add(picture).await.unwrap();
    table::Entity::delete_by_id(orphan.id)
        .exec(shop.db.db.reader())
        .await
        .unwrap();
    let kept = shop
        .media
        .add(encoded(&flag(30, 30), ImageFormat::Png))
        .await
        .unwrap();

    assert_eq!(shop.media.sweep().await.unwrap(), 0);
    shop.clock.advance(25 * HOUR);
    assert_eq!(shop.media.sweep().await.unwrap(), 1);

    assert_eq!(shop.files().len(), 3);
    assert!(!shop.bytes(&kept, Variant::Large).is_empty());
    assert_eq!(shop.media.sweep().await.unwrap(), 0);
}

#[tokio::test]
async fn half_written_files_go_and_strangers_stay() {
    let shop = TestShop::open().await;
    let shelf = shop.folder().join("ab");
    std::fs::create_dir(&shelf).unwrap();
    for name in [".0123.part", "readme.txt"] {
        std::fs::write(shelf.join(name), "half").unwrap();
    }
    shop.clock.advance(25 * HOUR);

    shop.media.sweep().await.unwrap();

    assert_eq!(shop.files(), [shelf.join("readme.txt")]);
}

#[tokio::test]
async fn a_swept_picture_can_be_uploaded_again() {
    let shop = TestShop::open().await;
    let picture = encoded(&flag(20, 20), ImageFormat::Png);
    let first = shop.media.add(picture.clone()).await.unwrap();
    table::Entity::delete_by_id(first.id)
        .exec(shop.db.db.reader())
        .await
        .unwrap();
    shop.clock.advance(25 * HOUR);

    let (swept, again) = tokio::join!(shop.media.sweep(), shop.media.add(picture));

    swept.unwrap();
    let again = again.unwrap();
    assert!(!shop.bytes(&again, Variant::Thumb).is_empty());
    assert_eq!(shop.files().len(), 3);
}
