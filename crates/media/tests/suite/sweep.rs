//! Files that no row refers to go after a day.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use image::ImageFormat;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait};
use stampede_kernel::ImageId;
use stampede_media::{ImageReferences, MediaStore, Variant};
use stampede_persistence::entity::image as table;

use crate::pictures::{encoded, flag};
use crate::shop::TestShop;

const HOUR: Duration = Duration::from_hours(1);

/// Rows that show every picture there is.
struct Everything;

#[async_trait]
impl ImageReferences for Everything {
    async fn referenced(
        &self,
        _: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        Ok(images.iter().copied().collect())
    }
}

async fn sweep(media: &MediaStore) -> u64 {
    let everything: Arc<dyn ImageReferences> = Arc::new(Everything);
    media.sweep(&[everything]).await.unwrap()
}

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

    assert_eq!(sweep(&shop.media).await, 0);
    shop.clock.advance(25 * HOUR);
    assert_eq!(sweep(&shop.media).await, 1);

    assert_eq!(shop.files().len(), 3);
    assert!(!shop.bytes(&kept, Variant::Large).is_empty());
    assert_eq!(sweep(&shop.media).await, 0);
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

    sweep(&shop.media).await;

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

    let (_, again) = tokio::join!(sweep(&shop.media), shop.media.add(picture));

    let again = again.unwrap();
    assert!(!shop.bytes(&again, Variant::Thumb).is_empty());
    assert_eq!(shop.files().len(), 3);
}
