//! Pictures that no row shows go after a day, with their files.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use image::ImageFormat;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait};
use stampede_kernel::{ImageId, UserId};
use stampede_media::{Image, ImageReferences, MediaError, MediaLimits, lock_images};
use stampede_persistence::entity::image as table;

use crate::pictures::{encoded, flag};
use crate::shop::TestShop;

const HOUR: Duration = Duration::from_hours(1);

/// Rows that refer to pictures.
#[derive(Default)]
struct Rows {
    images: Mutex<HashSet<ImageId>>,
    for_ever: bool,
    asked: Mutex<Vec<ImageId>>,
}

impl Rows {
    fn put(&self, image: ImageId) {
        self.images.lock().unwrap().insert(image);
    }

    fn remove(&self, image: ImageId) {
        self.images.lock().unwrap().remove(&image);
    }
}

#[async_trait]
impl ImageReferences for Rows {
    fn are_permanent(&self) -> bool {
        self.for_ever
    }

    async fn referenced(
        &self,
        _: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        self.asked.lock().unwrap().extend(images);
        let mine = self.images.lock().unwrap();
        Ok(images
            .iter()
            .filter(|id| mine.contains(id))
            .copied()
            .collect())
    }
}

struct Shown {
    shop: TestShop,
    goods: Arc<Rows>,
    orders: Arc<Rows>,
}

impl Shown {
    async fn open() -> Self {
        Self {
            shop: TestShop::open().await,
            goods: Arc::default(),
            orders: Arc::new(Rows {
                for_ever: true,
                ..Rows::default()
            }),
        }
    }

    async fn sweep_after(&self, hours: u32) {
        self.shop.clock.advance(hours * HOUR);
        let rows: [Arc<dyn ImageReferences>; 2] = [self.goods.clone(), self.orders.clone()];
        self.shop.media.sweep(&rows).await.unwrap();
    }

    async fn add(&self, side: u32) -> Image {
        self.shop.media.add(picture(side)).await.unwrap()
    }

    async fn rows(&self) -> u64 {
        table::Entity::find()
            .count(self.shop.db.db.reader())
            .await
            .unwrap()
    }
}

fn picture(side: u32) -> Vec<u8> {
    encoded(&flag(side, side), ImageFormat::Png)
}

#[tokio::test]
async fn a_picture_that_is_shown_stays_and_one_that_nothing_shows_goes_after_a_day() {
    let shown = Shown::open().await;
    let product = shown.add(20).await;
    let replaced = shown.add(30).await;
    shown.goods.put(product.id);
    shown.goods.put(replaced.id);
    shown.sweep_after(48).await;
    assert_eq!(shown.rows().await, 2);

    shown.goods.remove(replaced.id);
    shown.sweep_after(1).await;
    shown.sweep_after(23).await;
    assert_eq!(shown.rows().await, 2, "a day is not over");
    shown.sweep_after(2).await;

    assert!(shown.shop.media.image(replaced.id).await.unwrap().is_none());
    assert!(shown.shop.media.image(product.id).await.unwrap().is_some());
    assert_eq!(shown.shop.files().len(), 3, "its files went with it");
}

#[tokio::test]
async fn a_picture_that_comes_back_begins_a_new_day() {
    let shown = Shown::open().await;
    let image = shown.add(20).await;
    shown.sweep_after(1).await;
    shown.sweep_after(20).await;

    let again = shown.add(20).await;
    shown.sweep_after(10).await;

    assert_eq!(again.id, image.id);
    assert_eq!(shown.rows().await, 1);
    shown.goods.put(image.id);
    shown.sweep_after(30).await;
    shown.sweep_after(30).await;
    assert_eq!(
        shown.rows().await,
        1,
        "a reference counts when the day ends too"
    );
}

#[tokio::test]
async fn a_picture_of_an_order_stays_for_ever() {
    let shown = Shown::open().await;
    let sold = shown.add(20).await;
    shown.orders.put(sold.id);

    for _ in 0..5 {
        shown.sweep_after(25).await;
    }

    assert_eq!(shown.rows().await, 1);
    assert_eq!(*shown.orders.asked.lock().unwrap(), [sold.id], "asked once");
}

#[tokio::test]
async fn orders_are_not_asked_about_avatars() {
    let shown = Shown::open().await;
    let media = &shown.shop.media;
    media.add_avatar(UserId(1), picture(20)).await.unwrap();
    let both = media.add_avatar(UserId(1), picture(30)).await.unwrap();
    media.add(picture(30)).await.unwrap();

    for _ in 0..3 {
        shown.sweep_after(25).await;
    }

    assert_eq!(shown.rows().await, 0);
    assert_eq!(*shown.orders.asked.lock().unwrap(), [both.id]);
}

#[tokio::test]
async fn a_row_that_holds_a_picture_and_the_sweep_do_not_both_win() {
    let rounds = 20;
    for round in 0..rounds {
        let shown = Shown::open().await;
        let image = shown.add(20).await;
        shown.sweep_after(1).await;
        let db = &shown.shop.db.db;
        let refer = async {
            let tx = db.begin_write().await.unwrap();
            let held = lock_images(&tx, &[image.id]).await.unwrap();
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            if held {
                shown.goods.put(image.id);
            }
            tx.commit().await.unwrap();
            held
        };

        let (held, ()) = tokio::join!(refer, shown.sweep_after(25));

        assert_eq!(shown.rows().await, u64::from(held), "round {round}");
    }
}

#[tokio::test]
async fn avatars_leave_places_to_the_shop_and_each_user_has_one() {
    let limits = MediaLimits {
        decoders: 1,
        waiting: 3,
        ..MediaLimits::default()
    };
    let shop = TestShop::with(limits).await;
    let large = encoded(&flag(1_500, 1_500), ImageFormat::Png);
    let avatar = |user| shop.media.add_avatar(UserId(user), large.clone());

    let (first, second, third, fourth, goods, more_goods) = tokio::join!(
        avatar(1),
        avatar(1),
        avatar(2),
        avatar(3),
        shop.media.add(large.clone()),
        shop.media.add(large.clone()),
    );

    assert!(first.is_ok());
    assert!(matches!(second, Err(MediaError::Busy)), "one of a user");
    assert!(third.is_ok());
    assert!(
        matches!(fourth, Err(MediaError::Busy)),
        "half of the places"
    );
    assert!(goods.is_ok() && more_goods.is_ok());
    assert!(avatar(1).await.is_ok(), "a turn ends");
}

#[tokio::test]
async fn a_user_who_sends_picture_after_picture_is_refused_for_a_while() {
    let shop = TestShop::open().await;
    let send = |user, side| shop.media.add_avatar(UserId(user), picture(side));
    for side in 1..=20 {
        send(1, side).await.unwrap();
    }

    assert!(matches!(send(1, 21).await, Err(MediaError::TooOften(_))));
    assert!(send(2, 21).await.is_ok());
    shop.clock.advance(HOUR);
    assert!(send(1, 21).await.is_ok());
}
