//! Orders with promotions: what is refused, what is taken off, and what comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use stampede_kernel::*;
use stampede_order::*;
use stampede_promotion::{
    Kind, PromotionChange, PromotionError, PromotionService, Reason, RejectedCode, Terms,
};

use crate::shop::*;

fn reasons(refused: Result<Order, OrderError>) -> Vec<(String, Reason)> {
    let Err(OrderError::Rejected(codes)) = refused else {
        panic!("{refused:?}")
    };
    let of = |one: RejectedCode| (one.code, one.reason);
    codes.into_iter().map(of).collect()
}

#[tokio::test]
async fn a_code_that_cannot_be_used_refuses_the_order_and_nothing_is_done() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(10_000).await, shop.tea(1_000, 50).await);
    let ten = || terms("x", Kind::Percent(1_000));
    let soon = Some(shop.clock.now().plus(Duration::from_hours(1)));
    let cases: [(&str, Terms, Reason); 8] = [
        (
            "off",
            Terms {
                enabled: false,
                ..ten()
            },
            Reason::Disabled,
        ),
        (
            "soon",
            Terms {
                starts_at: soon,
                ..ten()
            },
            Reason::NotStarted,
        ),
        (
            "over",
            Terms {
                ends_at: Some(shop.clock.now()),
                ..ten()
            },
            Reason::Ended,
        ),
        (
            "spent",
            Terms {
                usage_limit: Some(1),
                ..ten()
            },
            Reason::UsedUp,
        ),
        (
            "mine",
            Terms {
                per_user_limit: Some(1),
                ..ten()
            },
            Reason::UserLimit,
        ),
        (
            "dear",
            Terms {
                min_items: money(2_001),
                ..ten()
            },
            Reason::BelowMinimum,
        ),
        (
            "else",
            Terms {
                products: Some(BTreeSet::from([shop.tea(5, 1).await.product])),
                ..ten()
            },
            Reason::NotInScope,
        ),
        (
            "post",
            terms("post", Kind::FreeShipping),
            Reason::NotInScope,
        ),
    ];
    for (code, terms, _) in &cases {
        shop.promote(Terms {
            code: Some((*code).to_owned()),
            ..terms.clone()
        })
        .await;
    }
    let other = shop.buyer(0).await;
    shop.place_with(other, tea, 1, &["spent"]).await.unwrap();
    shop.place_with(buyer, tea, 1, &["mine"]).await.unwrap();
    let before = shop.digest().await;

    for (code, _, reason) in cases {
        let refused = shop.place_with(buyer, tea, 2, &[code]).await;
        assert_eq!(reasons(refused), [(code.to_owned(), reason)]);
    }
    let unknown = shop
        .place_with(buyer, tea, 2, &["nobody's", "two words"])
        .await;
    assert_eq!(reasons(unknown).len(), 2);
    let six = shop
        .place_with(buyer, tea, 2, &["a", "b", "c", "d", "e", "f"])
        .await;
    assert!(matches!(six, Err(OrderError::Invalid(fault)) if fault.code == "too_many"));

    assert_eq!(shop.digest().await, before);
    shop.sound().await;
}

#[tokio::test]
async fn what_excludes_each_other_is_named_and_the_best_for_the_buyer_is_kept() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 50).await);
    for (code, rate) in [("little", 500), ("much", 2_000)] {
        let alone = terms(code, Kind::Percent(rate));
        shop.promote(Terms {
            combinable: false,
            ..alone
        })
        .await;
    }

    let both = shop.place_with(buyer, tea, 1, &["much", "little"]).await;
    assert_eq!(
        reasons(both),
        [("little".to_owned(), Reason::NotCombinable)]
    );

    let one = shop.place_with(buyer, tea, 1, &["little"]).await.unwrap();
    assert_eq!(one.totals().discount, money(50));
    shop.sound().await;
}

#[tokio::test]
async fn an_order_is_paid_at_its_discounted_total_and_says_how_it_came_about() {
    let shop = Shop::with(OrderSettings {
        tax_rate: TaxRate::new(1_900).unwrap(),
        ..OrderSettings::default()
    })
    .await;
    let (buyer, tea) = (shop.buyer(10_000).await, shop.tea(333, 50).await);
    let code = shop.promote(terms("Spring", Kind::Percent(1_000))).await;
    let automatic = Terms {
        code: None,
        ..terms("all", Kind::Amount(money(100)))
    };
    let automatic = shop.promote(automatic).await;

    let order = shop
        .place_with(buyer, tea, 3, &["ＳＰＲＩＮＧ"])
        .await
        .unwrap();
    let totals = Totals {
        items: money(999),
        discount: money(200),
        shipping: Money::ZERO,
        tax: money(128),
        total: money(799),
    };
    assert_eq!(order.totals(), totals);
    assert_eq!(order.lines[0].discount, money(200));
    assert_eq!(order.lines[0].tax_rate.basis_points(), 1_900);
    let applied: Vec<_> = order
        .promotions
        .iter()
        .map(|one| (one.id, one.discount))
        .collect();
    assert_eq!(applied, [(code, money(100)), (automatic, money(100))]);
    assert_eq!(order.promotions[0].code.as_deref(), Some("Spring"));

    let receipt = shop.pay(buyer, order.id).await.unwrap();
    assert_eq!(receipt.balance, money(10_000 - 799));
    let read = shop.orders.order(buyer.id, order.id).await.unwrap().order;
    assert_eq!((read.totals(), read.promotions), (totals, order.promotions));
    let letter = &shop.jobs("mail.order").await[0];
    assert_eq!(
        (&letter["total"], &letter["lines"][0]["total"]),
        (&799.into(), &799.into())
    );
    shop.sound().await;
}

#[tokio::test]
async fn the_buyer_is_asked_again_when_a_promotion_changed_the_total() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 50).await);
    shop.promote(terms("ten", Kind::Percent(1_000))).await;
    let order = |expected| NewOrder {
        codes: vec!["ten".to_owned()],
        expected_total: Some(money(expected)),
        ..wants(buyer, items(&[(tea.sku, 1)]))
    };

    let place = |order: NewOrder| {
        let key = place_key(&order, &unique());
        shop.orders.place(order, key)
    };
    let changed = place(order(1_000)).await;
    assert!(matches!(changed, Err(OrderError::PriceChanged(now)) if now == money(900)));
    assert!(place(order(900)).await.is_ok());
}

#[tokio::test]
async fn what_an_unpaid_order_used_comes_back_once_and_what_was_paid_stays_used() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(10_000).await, shop.tea(1_000, 50).await);
    let once = Terms {
        usage_limit: Some(1),
        per_user_limit: Some(1),
        ..terms("once", Kind::Percent(1_000))
    };
    let id = shop.promote(once).await;

    let cancelled = shop.place_with(buyer, tea, 1, &["once"]).await.unwrap();
    assert_eq!(shop.used(id).await, 1);
    shop.orders.cancel(buyer.id, cancelled.id).await.unwrap();
    assert!(shop.orders.cancel(buyer.id, cancelled.id).await.is_err());
    assert_eq!(shop.used(id).await, 0);

    shop.place_with(buyer, tea, 1, &["once"]).await.unwrap();
    shop.pay_time_passes();
    assert_eq!((shop.expire().await, shop.expire().await), (1, 0));
    assert_eq!(shop.used(id).await, 0);

    let paid = shop.place_with(buyer, tea, 1, &["once"]).await.unwrap();
    shop.pay(buyer, paid.id).await.unwrap();
    shop.refund(paid.id, true).await.unwrap();
    assert_eq!(shop.used(id).await, 1);
    let again = shop.place_with(buyer, tea, 1, &["once"]).await;
    assert_eq!(reasons(again), [("once".to_owned(), Reason::UsedUp)]);
    shop.sound().await;
}

#[tokio::test]
async fn an_order_of_a_sale_has_no_promotions() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(1_000).await, shop.tea(1_000, 50).await);
    let automatic = Terms {
        code: None,
        ..terms("all", Kind::Percent(5_000))
    };
    shop.promote(automatic).await;

    let booked = shop.book(&[buyer], tea).await.remove(0);

    assert_eq!(booked.totals().total, money(99));
    assert_eq!(
        (booked.totals().discount, booked.promotions),
        (Money::ZERO, vec![])
    );
    shop.pay(buyer, booked.id).await.unwrap();
    shop.sound().await;
}

#[tokio::test]
async fn limits_do_not_fall_below_what_is_used_and_a_used_promotion_is_never_erased() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 50).await);
    let promotions = shop.promotions();
    let id = shop.promote(terms("two", Kind::Percent(1_000))).await;
    let unused = shop.promote(terms("none", Kind::Percent(1_000))).await;
    for _ in 0..2 {
        shop.place_with(buyer, tea, 1, &["two"]).await.unwrap();
    }
    let limit = |all, each| PromotionChange {
        usage_limit: Some(all),
        per_user_limit: Some(each),
        ..PromotionChange::default()
    };

    for (all, each) in [(Some(1), None), (None, Some(1))] {
        let refused = promotions.change(ADMIN, id, limit(all, each)).await;
        assert!(
            matches!(refused, Err(PromotionError::BelowUsed)),
            "{refused:?}"
        );
    }
    promotions
        .change(ADMIN, id, limit(Some(2), Some(2)))
        .await
        .unwrap();

    let taken = promotions
        .create(ADMIN, terms("ＴＷＯ", Kind::Percent(1)))
        .await;
    assert!(matches!(taken, Err(PromotionError::CodeTaken)), "{taken:?}");

    promotions.delete(ADMIN, id).await.unwrap();
    promotions.delete(ADMIN, unused).await.unwrap();
    assert!(!promotions.promotion(id).await.unwrap().terms.enabled);
    let gone = promotions.promotion(unused).await;
    assert!(matches!(gone, Err(PromotionError::NotFound)), "{gone:?}");
    let disabled = shop.place_with(buyer, tea, 1, &["two"]).await;
    assert_eq!(reasons(disabled), [("two".to_owned(), Reason::Disabled)]);
    shop.sound().await;
}
