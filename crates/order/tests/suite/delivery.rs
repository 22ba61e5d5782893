//! Delivery methods: what is refused, what an order pays for its delivery, and what it keeps.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, ExprTrait};
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::{address, order};
use stampede_promotion::{Kind, Terms};
use stampede_user::{AddressService, NewAddress};

use crate::shop::*;

/// 5.00 everywhere.
pub(crate) fn post(name: &str) -> DeliveryTerms {
    DeliveryTerms {
        name: name.to_owned(),
        price: money(500),
        free_from: None,
        countries: None,
        enabled: true,
    }
}

fn only(code: &str) -> BTreeSet<Country> {
    BTreeSet::from([Country::parse(code).unwrap()])
}

impl Shop {
    pub(crate) fn delivery(&self) -> DbDeliveryMethods {
        DbDeliveryMethods::new(self.db.db.clone(), self.clock.clone())
    }

    async fn method(&self, terms: DeliveryTerms) -> DeliveryMethodId {
        self.delivery().create(ADMIN, terms).await.unwrap().id
    }

    async fn deliver(
        &self,
        order: NewOrder,
        method: Option<DeliveryMethodId>,
    ) -> Result<Order, OrderError> {
        let order = NewOrder {
            delivery: method,
            ..order
        };
        let key = place_key(&order, &unique());
        Ok(self.orders.place(order, key).await?.value)
    }

    /// Another address of the buyer, in this country.
    async fn abroad(&self, buyer: Buyer, code: &str) -> Buyer {
        let there = NewAddress {
            name: "Ada".into(),
            phone: "+44 1234".into(),
            address: "12 St James's Square".into(),
            postcode: Some("SW1Y 4JH".into()),
            country: Some(Country::parse(code).unwrap()),
            is_default: None,
        };
        let address = self.users.addresses.add(buyer.id, there).await.unwrap().id;
        Buyer { address, ..buyer }
    }

    async fn quote(&self, buyer: Buyer, tea: Tea, method: Option<i64>) -> Quote {
        let quote = NewQuote {
            buyer: buyer.id,
            items: items(&[(tea.sku, 1)]),
            address: Some(buyer.address),
            delivery: method.map(DeliveryMethodId),
            codes: Vec::new(),
            language: Language::EN,
        };
        self.orders.quote(quote).await.unwrap()
    }
}

fn code(refused: Result<Order, OrderError>) -> &'static str {
    let refusal = refused.unwrap_err().refusal();
    let field = refusal.fields.first().map(|fault| fault.field.clone());
    assert_eq!(field.as_deref(), Some("delivery_method_id"));
    refusal.code.name()
}

fn of(order: &Order) -> Option<(i64, i64)> {
    let delivery = order.delivery.as_ref()?;
    Some((delivery.method_id.0, delivery.price.minor()))
}

#[tokio::test]
async fn a_delivery_that_is_not_offered_refuses_the_order_and_nothing_is_done() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 9).await);
    let off = DeliveryTerms {
        enabled: false,
        ..post("Off")
    };
    let off = shop.method(off).await;
    let before = shop.digest().await;
    let wanted = || wants(buyer, items(&[(tea.sku, 1)]));

    assert_eq!(
        code(shop.deliver(wanted(), None).await),
        "delivery_not_offered",
        "what is switched off is there, and serves nobody"
    );
    let germany = DeliveryTerms {
        countries: Some(only("DE")),
        ..post("Germany")
    };
    let germany = shop.method(germany).await;
    for (method, told) in [
        (None, "delivery_not_offered"),
        (Some(off), "delivery_not_offered"),
        (Some(germany), "delivery_not_offered"),
        (Some(DeliveryMethodId(999_999)), "delivery_not_offered"),
    ] {
        let refused = shop.deliver(wanted(), method).await;
        assert_eq!(code(refused), told, "{method:?}");
    }
    shop.method(post("Post")).await;
    shop.method(post("Express")).await;
    assert_eq!(
        code(shop.deliver(wanted(), None).await),
        "delivery_method_required"
    );

    assert_eq!(shop.digest().await, before);
    shop.sound().await;
}

#[tokio::test]
async fn a_shop_without_methods_delivers_for_nothing() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 9).await);

    let order = shop.place(buyer, tea, 1).await.unwrap();
    let quote = shop.quote(buyer, tea, None).await;

    assert_eq!((order.delivery, order.shipping), (None, Money::ZERO));
    assert_eq!((quote.methods, quote.delivery), (Vec::new(), None));
    let named = shop
        .deliver(
            wants(buyer, items(&[(tea.sku, 1)])),
            Some(DeliveryMethodId(1)),
        )
        .await;
    assert_eq!(code(named), "delivery_not_offered");
}

#[tokio::test]
async fn the_only_method_of_a_country_needs_no_name_and_is_paid_with_its_tax() {
    let shop = Shop::with(OrderSettings {
        tax_rate: TaxRate::new(2_500).unwrap(),
        ..OrderSettings::default()
    })
    .await;
    let (buyer, tea) = (shop.buyer(10_000).await, shop.tea(1_000, 9).await);
    let abroad = shop.abroad(buyer, "GB").await;
    let home = DeliveryTerms {
        countries: Some(only("US")),
        ..post("Home")
    };
    let home = shop.method(home).await;
    let britain = DeliveryTerms {
        price: money(1_250),
        countries: Some(only("GB")),
        ..post("Britain")
    };
    let britain = shop.method(britain).await;

    let order = shop.place(buyer, tea, 1).await.unwrap();
    let far = shop.place(abroad, tea, 1).await.unwrap();

    assert_eq!(of(&order), Some((home.0, 500)));
    assert_eq!((order.total, order.tax), (money(1_500), money(300)));
    assert_eq!(of(&far), Some((britain.0, 1_250)));
    assert_eq!((far.total, far.tax), (money(2_250), money(450)));
    let address = far.address.as_ref().unwrap();
    assert_eq!(address.country, Country::parse("GB").ok());
    assert_eq!(address.postcode.as_deref(), Some("SW1Y 4JH"));
    let read = shop.orders.order(abroad.id, far.id).await.unwrap().order;
    assert_eq!(read, far);
    shop.pay(buyer, far.id).await.unwrap();
    assert_eq!(shop.balance_of(buyer).await, 10_000 - 2_250);
    shop.sound().await;
}

#[tokio::test]
async fn delivery_is_free_from_what_the_lines_cost_after_discounts() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 90).await);
    let post = DeliveryTerms {
        free_from: Some(money(2_000)),
        ..post("Post")
    };
    shop.method(post).await;
    shop.promote(terms("ten", Kind::Percent(1_000))).await;

    let shipping = async |num, codes: &[&str]| {
        let order = shop.place_with(buyer, tea, num, codes).await.unwrap();
        order.shipping.minor()
    };

    assert_eq!(shipping(1, &[]).await, 500);
    assert_eq!(shipping(2, &[]).await, 0);
    assert_eq!(shipping(2, &["ten"]).await, 500, "1,800 is left");
    assert_eq!(shipping(3, &["ten"]).await, 0, "2,700 is left");
    shop.sound().await;
}

#[tokio::test]
async fn a_promotion_pays_the_delivery_and_the_order_keeps_its_price() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(1_000).await, shop.tea(1_000, 90).await);
    let method = shop.method(post("Post")).await;
    let free = shop.promote(terms("post", Kind::FreeShipping)).await;

    let order = shop.place_with(buyer, tea, 1, &["post"]).await.unwrap();

    assert_eq!(of(&order), Some((method.0, 500)));
    assert_eq!((order.shipping, order.total), (Money::ZERO, money(1_000)));
    assert_eq!(shop.used(free).await, 1);
    shop.pay(buyer, order.id).await.unwrap();
    shop.sound().await;
}

#[tokio::test]
async fn what_saves_most_is_judged_with_the_delivery() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 90).await);
    shop.method(post("Post")).await;
    for (name, kind) in [
        ("off", Kind::Amount(money(400))),
        ("post", Kind::FreeShipping),
    ] {
        shop.promote(Terms {
            code: None,
            combinable: false,
            ..terms(name, kind)
        })
        .await;
    }

    let order = shop.place(buyer, tea, 1).await.unwrap();

    assert_eq!(order.promotions[0].name, "With post");
    assert_eq!((order.discount, order.total), (Money::ZERO, money(1_000)));
}

#[tokio::test]
async fn a_quote_offers_what_serves_the_address_and_says_what_the_order_will_cost() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 90).await);
    let free = DeliveryTerms {
        free_from: Some(money(1_000)),
        ..post("Post")
    };
    let post_id = shop.method(free).await;
    let express = shop.method(post("Express")).await;
    let germany = DeliveryTerms {
        countries: Some(only("DE")),
        ..post("Germany")
    };
    let germany = shop.method(germany).await;

    let open = shop.quote(buyer, tea, None).await;
    let prices: Vec<_> = (open.methods.iter())
        .map(|method| (method.id, method.terms.price.minor()))
        .collect();
    assert_eq!(prices, [(post_id, 0), (express, 500)]);
    assert_eq!((open.delivery, open.totals.shipping), (None, Money::ZERO));

    let unfit = shop.quote(buyer, tea, Some(germany.0)).await;
    assert_eq!(unfit.delivery, None);

    for method in [post_id, express] {
        let quote = shop.quote(buyer, tea, Some(method.0)).await;
        let order = NewOrder {
            expected_total: Some(quote.totals.total),
            ..wants(buyer, items(&[(tea.sku, 1)]))
        };
        let order = shop.deliver(order, Some(method)).await.unwrap();
        assert_eq!(order.totals(), quote.totals);
        assert_eq!(order.delivery, quote.delivery);
    }
    let nowhere = NewQuote {
        buyer: buyer.id,
        items: items(&[(tea.sku, 1)]),
        address: None,
        delivery: Some(express),
        codes: Vec::new(),
        language: Language::EN,
    };
    let nowhere = shop.orders.quote(nowhere).await.unwrap();
    assert_eq!(nowhere.methods.len(), 2, "of the country of the shop");
    assert_eq!(nowhere.totals.total, money(1_500));
}

#[tokio::test]
async fn an_order_keeps_its_delivery_whatever_becomes_of_the_method() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(10_000).await, shop.tea(1_000, 90).await);
    let method = shop.method(post("Post")).await;
    let order = shop.place(buyer, tea, 1).await.unwrap();

    let dearer = DeliveryChange {
        name: Some("Courier".to_owned()),
        price: Some(money(900)),
        ..DeliveryChange::default()
    };
    let changed = shop.delivery().change(ADMIN, method, dearer).await.unwrap();
    assert_eq!(changed.terms.price, money(900));
    assert_eq!(changed.terms.countries, None);
    shop.delivery().delete(ADMIN, method).await.unwrap();

    let read = shop.orders.order(buyer.id, order.id).await.unwrap().order;
    assert_eq!(read, order);
    assert_eq!(of(&read), Some((method.0, 500)));
    shop.pay(buyer, order.id).await.unwrap();
    let refunded = shop.refund(order.id, true).await.unwrap();
    assert_eq!(refunded.delivery, order.delivery);
    assert_eq!(shop.balance_of(buyer).await, 10_000);
    assert_eq!(shop.place(buyer, tea, 1).await.unwrap().delivery, None);
    shop.sound().await;
}

#[tokio::test]
async fn a_method_that_breaks_a_rule_or_does_not_exist_is_refused() {
    let shop = Shop::open().await;
    let delivery = shop.delivery();
    let nobody = DeliveryMethodId(999_999);

    let unnamed = delivery.create(ADMIN, post(" ")).await;
    assert!(matches!(unnamed, Err(DeliveryError::Invalid(fault)) if fault.field == "name"));
    let change = delivery.change(ADMIN, nobody, DeliveryChange::default());
    assert!(matches!(change.await, Err(DeliveryError::NotFound)));
    let gone = delivery.delete(ADMIN, nobody).await;
    assert!(matches!(gone, Err(DeliveryError::NotFound)));
    let method = shop.method(post("Post")).await;
    let nowhere = DeliveryChange {
        countries: Some(Some(BTreeSet::new())),
        ..DeliveryChange::default()
    };
    let nowhere = delivery.change(ADMIN, method, nowhere).await;
    assert!(matches!(nowhere, Err(DeliveryError::Invalid(_))));
    for number in 1..100 {
        shop.method(post(&format!("Post {number}"))).await;
    }
    let one_more = delivery.create(ADMIN, post("Last")).await;
    assert!(matches!(one_more, Err(DeliveryError::TooMany)));
}

#[tokio::test]
async fn methods_are_offered_for_a_country_or_for_any() {
    let shop = Shop::open().await;
    let germany = DeliveryTerms {
        countries: Some(only("DE")),
        ..post("Germany")
    };
    let germany = shop.method(germany).await;
    let all = shop.method(post("Post")).await;
    let off = DeliveryTerms {
        enabled: false,
        ..post("Off")
    };
    let off = shop.method(off).await;

    let delivery = shop.delivery();
    let offered = async |code: Option<&str>| -> Vec<_> {
        let country = code.map(|code| Country::parse(code).unwrap());
        let methods = delivery.offered(country).await.unwrap();
        methods.into_iter().map(|method| method.id).collect()
    };

    assert_eq!(offered(None).await, [germany, all]);
    assert_eq!(offered(Some("DE")).await, [germany, all]);
    assert_eq!(offered(Some("FR")).await, [all]);
    let every = delivery.methods().await.unwrap();
    assert_eq!(every.last().unwrap().id, off);
}

#[tokio::test]
async fn an_address_from_before_countries_is_in_the_country_of_the_shop() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 9).await);
    let tx = shop.db.db.begin_write().await.unwrap();
    address::Entity::update_many()
        .col_expr(address::Column::Country, Expr::value(None::<String>))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let home = DeliveryTerms {
        countries: Some(only("US")),
        ..post("Home")
    };
    let home = shop.method(home).await;

    let order = shop.place(buyer, tea, 1).await.unwrap();

    assert_eq!(of(&order), Some((home.0, 500)));
    assert_eq!(order.address.unwrap().country, Some(Country::US));
}

#[tokio::test]
async fn a_booking_gets_its_method_or_the_first_that_serves_or_none_and_is_never_refused() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(500, 9).await);
    let germany = DeliveryTerms {
        countries: Some(only("DE")),
        ..post("Germany")
    };
    let germany = shop.method(germany).await;
    let book = async |method: Option<DeliveryMethodId>| {
        let booking = Booking {
            delivery: method,
            ..booking(buyer, tea)
        };
        let methods = shop.orders.delivery_methods().await.unwrap();
        let now = shop.clock.now();
        let draft = shop.orders.draft(&[booking], &methods, now).unwrap();
        let tx = shop.db.db.begin_write().await.unwrap();
        let booked = shop.orders.book(&tx, draft).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        let read = shop.orders.order(buyer.id, booked.id).await.unwrap();
        assert_eq!(read.order, booked);
        (of(&booked), booked.total.minor())
    };

    assert_eq!(book(None).await, (None, 99));
    assert_eq!(book(Some(germany)).await, (None, 99));
    let first = DeliveryTerms {
        free_from: Some(money(99)),
        ..post("First")
    };
    let first = shop.method(first).await;
    let second = shop.method(post("Second")).await;
    assert_eq!(book(None).await, (Some((first.0, 0)), 99));
    assert_eq!(book(Some(germany)).await, (Some((first.0, 0)), 99));
    assert_eq!(book(Some(second)).await, (Some((second.0, 500)), 599));
    shop.sound().await;
}

#[tokio::test]
async fn a_delivery_that_is_paid_wrong_is_named_by_the_audit() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_000, 9).await);
    shop.method(post("Post")).await;
    shop.promote(terms("ten", Kind::Percent(1_000))).await;
    shop.promote(terms("post", Kind::FreeShipping)).await;
    let both = ["ten", "post"];
    let order = shop.place_with(buyer, tea, 1, &both).await.unwrap();
    shop.place_with(buyer, tea, 1, &["ten"]).await.unwrap();
    shop.sound().await;

    // No promotion pays it, and nobody else did.
    let tx = shop.db.db.begin_write().await.unwrap();
    order::Entity::update_many()
        .col_expr(
            order::Column::Total,
            Expr::col(order::Column::Total).sub(Expr::col(order::Column::Shipping)),
        )
        .col_expr(order::Column::Shipping, Expr::value(0))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let breaches = shop.breaches().await;
    let [breach] = breaches.as_slice() else {
        panic!("{breaches:?}")
    };
    assert_eq!(breach.invariant, "P1");
    assert_ne!(breach.subject, format!("order {}", order.id));
}
