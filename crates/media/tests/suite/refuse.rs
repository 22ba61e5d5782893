//! What is not a picture leaves nothing behind.

use image::ImageFormat;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sea_orm::{EntityTrait, PaginatorTrait};
use stampede_media::{MediaError, MediaLimits};
use stampede_persistence::entity::image as table;

use crate::pictures::{bomb, disc, encoded, flag, photograph};
use crate::shop::TestShop;

async fn assert_refused(bytes: impl Into<Vec<u8>>) -> MediaError {
    let shop = TestShop::open().await;

    let error = shop.media.add(bytes.into()).await.unwrap_err();

    assert!(shop.files().is_empty());
    assert_eq!(rows(&shop).await, 0);
    error
}

async fn rows(shop: &TestShop) -> u64 {
    table::Entity::find()
        .count(shop.db.db.reader())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_empty_file_is_no_picture() {
    assert!(matches!(assert_refused([]).await, MediaError::Unreadable));
}

#[tokio::test]
async fn a_page_is_no_picture_whatever_its_name() {
    let page = "<!doctype html><script>alert(1)</script>";

    assert!(matches!(assert_refused(page).await, MediaError::Unreadable));
}

#[tokio::test]
async fn a_drawing_with_scripts_is_no_picture() {
    let svg = r#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;

    assert!(matches!(assert_refused(svg).await, MediaError::Unreadable));
}

#[tokio::test]
async fn formats_that_nobody_uploads_are_no_pictures() {
    let bitmap = b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0";

    assert!(matches!(
        assert_refused(*bitmap).await,
        MediaError::Unreadable
    ));
}

#[tokio::test]
async fn a_bomb_is_refused_by_its_header() {
    assert!(matches!(
        assert_refused(bomb(20_000)).await,
        MediaError::TooManyPixels(4_096)
    ));
    assert!(matches!(
        assert_refused(bomb(4_097)).await,
        MediaError::TooManyPixels(4_096)
    ));
}

#[tokio::test]
async fn a_picture_that_ends_early_is_refused() {
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ] {
        let whole = encoded(&flag(600, 400), format);

        let error = assert_refused(&whole[..whole.len() / 2]).await;

        assert!(matches!(error, MediaError::Unreadable), "{format:?}");
    }
}

#[tokio::test]
async fn no_broken_picture_stops_the_shop() {
    let shop = TestShop::open().await;
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ] {
        let whole = encoded(&flag(24, 16), format);
        for (at, mask) in (0..whole.len())
            .step_by(3)
            .zip([0xff, 0x01, 0x80].iter().cycle())
        {
            let mut broken = whole.clone();
            broken[at] ^= mask;
            let _ = shop.media.add(broken).await;
        }
    }

    assert!(
        shop.media
            .add(encoded(&disc(20), ImageFormat::Png))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn more_pictures_than_may_wait_are_refused_as_busy() {
    let limits = MediaLimits {
        decoders: 1,
        waiting: 1,
        ..MediaLimits::default()
    };
    let shop = TestShop::with(limits).await;
    let picture = |width| encoded(&flag(width, 800), ImageFormat::Png);

    let (first, second, third) = tokio::join!(
        shop.media.add(picture(1_000)),
        shop.media.add(picture(1_001)),
        shop.media.add(picture(1_002)),
    );

    assert!(first.is_ok());
    assert!(second.is_ok());
    assert!(matches!(third, Err(MediaError::Busy)));
    assert!(shop.media.add(picture(1_002)).await.is_ok());
}

/// A picture of each format in which some bytes were changed, or whose end is missing.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let pictures = vec![
        photograph(&flag(24, 16)),
        encoded(&flag(24, 16), ImageFormat::Jpeg),
        encoded(&disc(16), ImageFormat::Png),
        encoded(&disc(16), ImageFormat::WebP),
        encoded(&disc(16), ImageFormat::Gif),
    ];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    let picture = proptest::sample::select(pictures);
    (
        picture,
        changes,
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(mut picture, changes, end, is_cut)| {
            for (place, byte) in changes {
                let place = place.index(picture.len());
                picture[place] = byte;
            }
            if is_cut {
                picture.truncate(end.index(picture.len()));
            }
            picture
        })
}

#[test]
fn whatever_the_bytes_are_they_are_a_picture_or_refused_and_leave_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let shop = runtime.block_on(TestShop::open());
    let mut runner = TestRunner::new(Config::with_cases(400));
    let outcome = runner.run(&damaged(), |bytes| {
        let before = shop.files().len();
        match runtime.block_on(shop.media.add(bytes)) {
            Ok(image) => prop_assert!(image.width > 0 && image.height > 0),
            Err(MediaError::Unreadable | MediaError::TooManyPixels(_)) => {
                prop_assert_eq!(shop.files().len(), before);
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
        Ok(())
    });
    outcome.unwrap();
}
