//! The carousel.

use stampede_catalog::*;
use stampede_kernel::{CarouselId, ImageId, ProductId};

use crate::shop::{ADMIN, Shop};

fn slide(image: ImageId, product_id: Option<ProductId>) -> NewCarousel {
    NewCarousel {
        title: "Spring".into(),
        translations: Texts::new(),
        product_id,
        image,
    }
}

#[tokio::test]
async fn a_slide_has_a_picture_and_leads_to_a_product_that_exists() {
    let shop = Shop::open().await;
    let image = shop.image(1).await;

    let lost = slide(image, Some(ProductId(999)));
    let lost = shop.carousel.create(ADMIN, lost).await;
    let blank = shop.carousel.create(ADMIN, slide(ImageId(999), None)).await;
    let absent = CarouselChange::default();
    let absent = shop.carousel.change(ADMIN, CarouselId(9), absent).await;

    let field = |result| match result {
        Err(CarouselError::Invalid(fault)) => fault.field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(lost), "product_id");
    assert_eq!(field(blank), "file");
    assert!(matches!(absent, Err(CarouselError::NotFound)));
    assert!(shop.carousel.slides().await.unwrap().is_empty());
}

#[tokio::test]
async fn slides_are_made_changed_and_deleted() {
    let shop = Shop::open().await;
    let image = shop.image(1).await;
    let tea = shop.product(100, 1).await.id;
    let made = shop.carousel.create(ADMIN, slide(image, Some(tea)));
    let made = made.await.unwrap();
    assert_eq!((made.product_id, made.image.id), (Some(tea), image));

    let nowhere = CarouselChange {
        product_id: Some(None),
        ..CarouselChange::default()
    };
    let changed = shop.carousel.change(ADMIN, made.id, nowhere).await.unwrap();
    assert_eq!(
        (changed.title.as_str(), changed.product_id),
        ("Spring", None)
    );
    shop.carousel.delete(ADMIN, made.id).await.unwrap();
    let again = shop.carousel.delete(ADMIN, made.id).await;
    assert!(matches!(again, Err(CarouselError::NotFound)));
    assert_eq!(shop.news("carousel", made.id.0).await, 3);
}
