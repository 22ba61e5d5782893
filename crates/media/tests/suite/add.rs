//! Pictures that are stored.

use image::{GenericImageView, ImageFormat};
use sea_orm::{EntityTrait, PaginatorTrait};
use stampede_kernel::ImageId;
use stampede_media::{Format, Variant};
use stampede_persistence::entity::image as table;

use crate::pictures::{PLACE, contains, disc, encoded, flag, photograph};
use crate::shop::TestShop;

#[tokio::test]
async fn an_opaque_picture_becomes_three_jpegs() {
    let shop = TestShop::open().await;

    let image = shop
        .media
        .add(encoded(&flag(2_400, 1_200), ImageFormat::Png))
        .await
        .unwrap();

    assert_eq!((image.width, image.height), (1_200, 600));
    assert_eq!(image.format, Format::Jpeg.extension());
    for (variant, size) in [
        (Variant::Thumb, (160, 80)),
        (Variant::Small, (400, 200)),
        (Variant::Large, (1_200, 600)),
    ] {
        let bytes = shop.bytes(&image, variant);
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
        assert_eq!(shop.pixels(&image, variant).dimensions(), size);
    }
    assert_eq!(shop.files().len(), 3);
}

#[tokio::test]
async fn a_picture_with_transparency_stays_transparent() {
    let shop = TestShop::open().await;

    let image = shop
        .media
        .add(encoded(&disc(500), ImageFormat::Png))
        .await
        .unwrap();

    assert_eq!(image.format, Format::WebP.extension());
    let file = shop.media.read_path(&image.path(Variant::Small)).unwrap();
    assert_eq!(file.content_type, "image/webp");
    let small = shop.pixels(&image, Variant::Small).to_rgba8();
    assert_eq!(small.get_pixel(0, 0).0[3], 0);
    assert_eq!(small.get_pixel(200, 200).0, [200, 0, 0, 255]);
}

#[tokio::test]
async fn an_alpha_channel_that_hides_nothing_is_dropped() {
    let shop = TestShop::open().await;
    let opaque = image::DynamicImage::ImageRgba8(flag(50, 50).to_rgba8());

    let image = shop
        .media
        .add(encoded(&opaque, ImageFormat::Png))
        .await
        .unwrap();

    assert_eq!(image.format, Format::Jpeg.extension());
}

#[tokio::test]
async fn a_small_picture_is_not_enlarged() {
    let shop = TestShop::open().await;

    let image = shop
        .media
        .add(encoded(&flag(50, 30), ImageFormat::Gif))
        .await
        .unwrap();

    for variant in Variant::ALL {
        assert_eq!(shop.pixels(&image, variant).dimensions(), (50, 30));
    }
}

#[tokio::test]
async fn a_hair_keeps_a_pixel_of_width() {
    let shop = TestShop::open().await;

    let image = shop
        .media
        .add(encoded(&flag(4_096, 1), ImageFormat::Png))
        .await
        .unwrap();

    assert_eq!((image.width, image.height), (1_200, 1));
}

#[tokio::test]
async fn a_photograph_is_turned_upright_and_forgets_where_it_was_taken() {
    let shop = TestShop::open().await;
    let photograph = photograph(&flag(800, 400));
    assert!(contains(&photograph, PLACE));

    let image = shop.media.add(photograph).await.unwrap();

    assert_eq!((image.width, image.height), (400, 800));
    let large = shop.pixels(&image, Variant::Large).to_rgb8();
    let (top, bottom) = (large.get_pixel(200, 50).0, large.get_pixel(200, 750).0);
    assert!(top[0] > 150 && top[2] < 100, "red is on top: {top:?}");
    assert!(
        bottom[2] > 150 && bottom[0] < 100,
        "blue is below: {bottom:?}"
    );
    for variant in Variant::ALL {
        let bytes = shop.bytes(&image, variant);
        assert!(!contains(&bytes, PLACE));
        assert!(!contains(&bytes, b"Exif"));
    }
}

#[tokio::test]
async fn a_script_inside_a_picture_does_not_survive() {
    let shop = TestShop::open().await;
    let mut polyglot = encoded(&flag(60, 60), ImageFormat::Gif);
    polyglot.extend(b"*/=1;<script>alert(document.cookie)</script>");

    let image = shop.media.add(polyglot).await.unwrap();

    for variant in Variant::ALL {
        let bytes = shop.bytes(&image, variant);
        assert!(bytes.starts_with(b"\xff\xd8\xff"));
        assert!(!contains(&bytes, b"<script"));
        assert!(!contains(&bytes, b"GIF8"));
    }
}

#[tokio::test]
async fn the_same_picture_sixteen_times_at_once_is_one_row() {
    let shop = TestShop::open().await;
    let picture = encoded(&flag(640, 480), ImageFormat::Png);

    let uploads: Vec<_> = (0..16)
        .map(|_| {
            let (media, picture) = (shop.media.clone(), picture.clone());
            tokio::spawn(async move { media.add(picture).await })
        })
        .collect();
    let mut ids: Vec<ImageId> = Vec::new();
    for upload in uploads {
        ids.push(upload.await.unwrap().unwrap().id);
    }

    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let rows = table::Entity::find().count(shop.db.db.reader()).await;
    assert_eq!(rows.unwrap(), 1);
    assert_eq!(shop.files().len(), 3);
}

#[tokio::test]
async fn a_picture_whose_files_were_lost_is_whole_again_after_an_upload() {
    let shop = TestShop::open().await;
    let picture = encoded(&flag(64, 48), ImageFormat::Png);
    let image = shop.media.add(picture.clone()).await.unwrap();
    std::fs::remove_file(
        shop.media
            .read_path(&image.path(Variant::Thumb))
            .unwrap()
            .path,
    )
    .unwrap();

    let again = shop.media.add(picture).await.unwrap();

    assert_eq!(again, image);
    assert_eq!(shop.files().len(), 3);
}

#[tokio::test]
async fn pictures_are_found_by_id() {
    let shop = TestShop::open().await;
    let one = shop
        .media
        .add(encoded(&flag(10, 10), ImageFormat::Png))
        .await
        .unwrap();
    let two = shop
        .media
        .add(encoded(&disc(10), ImageFormat::Png))
        .await
        .unwrap();

    let found = shop
        .media
        .images(&[two.id, one.id, two.id, ImageId(9_999)])
        .await
        .unwrap();

    assert_eq!(found.len(), 2);
    assert_eq!(found[&one.id], one);
    assert_eq!(shop.media.image(two.id).await.unwrap(), Some(two));
    assert_eq!(shop.media.image(ImageId(9_999)).await.unwrap(), None);
}
