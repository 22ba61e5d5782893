//! Addresses: whose they are, how many, and which is the default.

use stampede_kernel::{AddressId, Country, UserId};
use stampede_user::*;

use crate::shop::{Shop, race};

fn address(street: &str) -> NewAddress {
    NewAddress {
        name: "Alice".into(),
        phone: "+1 555-0100".into(),
        address: street.into(),
        postcode: None,
        country: None,
        is_default: None,
    }
}

async fn default_of(shop: &Shop, owner: UserId) -> Vec<AddressId> {
    let list = shop.users.addresses.list(owner).await.unwrap();
    let defaults = list.into_iter().filter(|address| address.is_default);
    defaults.map(|address| address.id).collect()
}

/// A01.
#[tokio::test]
async fn the_addresses_of_others_do_not_exist() {
    let shop = Shop::open().await;
    let (alice, eve) = (
        shop.register("alice").await.id,
        shop.register("eve").await.id,
    );
    let addresses = &shop.users.addresses;
    let home = addresses
        .add(alice, address("1 Prairie Road"))
        .await
        .unwrap();
    addresses.add(eve, address("2 Prairie Road")).await.unwrap();

    for id in [home.id, AddressId(404)] {
        let read = addresses.get(eve, id).await;
        let changed = addresses.change(eve, id, address("mine now")).await;
        let deleted = addresses.delete(eve, id).await;
        assert!(matches!(read, Err(AddressError::NotFound)));
        assert!(matches!(changed, Err(AddressError::NotFound)));
        assert!(matches!(deleted, Err(AddressError::NotFound)));
        let tx = shop.test.db.begin_write().await.unwrap();
        let snapshot = addresses.snapshot(&tx, eve, Some(id)).await;
        assert!(matches!(snapshot, Err(AddressError::NotFound)));
    }
    assert_eq!(addresses.list(eve).await.unwrap().len(), 1);
    assert_eq!(addresses.list(alice).await.unwrap(), [home]);
}

#[tokio::test]
async fn an_address_that_breaks_a_rule_is_refused() {
    let shop = Shop::open().await;
    let owner = shop.register("alice").await.id;
    let good = address("1 Prairie Road");

    for (field, bad) in [
        (
            "name",
            NewAddress {
                name: " ".into(),
                ..good.clone()
            },
        ),
        (
            "name",
            NewAddress {
                name: "x".repeat(65),
                ..good.clone()
            },
        ),
        (
            "phone",
            NewAddress {
                phone: "1234".into(),
                ..good.clone()
            },
        ),
        (
            "phone",
            NewAddress {
                phone: "call me".into(),
                ..good.clone()
            },
        ),
        (
            "address",
            NewAddress {
                address: String::new(),
                ..good.clone()
            },
        ),
        (
            "address",
            NewAddress {
                address: "é".repeat(256),
                ..good.clone()
            },
        ),
        (
            "address",
            NewAddress {
                address: "a\0b".into(),
                ..good.clone()
            },
        ),
        (
            "postcode",
            NewAddress {
                postcode: Some("1".repeat(17)),
                ..good.clone()
            },
        ),
        (
            "postcode",
            NewAddress {
                postcode: Some("1\n2".into()),
                ..good.clone()
            },
        ),
    ] {
        match shop.users.addresses.add(owner, bad).await {
            Err(AddressError::Invalid(fault)) => assert_eq!(fault.field, field),
            other => panic!("{other:?}"),
        }
    }
    let wide = NewAddress {
        address: "é".repeat(255),
        ..good
    };
    assert!(shop.users.addresses.add(owner, wide).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_keeps_more_than_fifty_however_fast_they_come() {
    let shop = Shop::open().await;
    let owner = shop.register("alice").await.id;
    for n in 0..45 {
        let street = format!("{n} Prairie Road");
        shop.users
            .addresses
            .add(owner, address(&street))
            .await
            .unwrap();
    }
    for _ in 0..3 {
        let ends = race(16, |_| {
            let addresses = shop.users.addresses.clone();
            async move { addresses.add(owner, address("one more")).await }
        })
        .await;

        let refused = |end: &Result<_, _>| matches!(end, Err(AddressError::TooMany));
        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 5);
        assert_eq!(ends.iter().filter(|end| refused(end)).count(), 11);
        assert_eq!(default_of(&shop, owner).await.len(), 1);
        for added in ends.into_iter().flatten() {
            shop.users.addresses.delete(owner, added.id).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_first_addresses_one_is_the_default() {
    let shop = Shop::open().await;
    for round in 0..5 {
        let owner = shop.register(&format!("alice{round}")).await.id;
        race(8, |_| {
            let addresses = shop.users.addresses.clone();
            async move { addresses.add(owner, address("here")).await.unwrap() }
        })
        .await;

        assert_eq!(default_of(&shop, owner).await.len(), 1);
    }
}

#[tokio::test]
async fn there_is_always_one_default() {
    let shop = Shop::open().await;
    let owner = shop.register("alice").await.id;
    let addresses = &shop.users.addresses;
    let set = |is_default| NewAddress {
        is_default: Some(is_default),
        ..address("moved")
    };

    let first = addresses.add(owner, address("1")).await.unwrap();
    let second = addresses.add(owner, address("2")).await.unwrap();
    assert!(first.is_default && !second.is_default);
    let third = addresses.add(owner, set(true)).await.unwrap();
    assert_eq!(default_of(&shop, owner).await, [third.id]);
    addresses.change(owner, third.id, set(false)).await.unwrap();
    assert_eq!(default_of(&shop, owner).await, [second.id]);
    addresses.change(owner, first.id, set(true)).await.unwrap();
    addresses.delete(owner, first.id).await.unwrap();
    assert_eq!(default_of(&shop, owner).await, [third.id]);
    addresses.delete(owner, second.id).await.unwrap();
    assert_eq!(default_of(&shop, owner).await, [third.id]);
    addresses.delete(owner, third.id).await.unwrap();
    let tx = shop.test.db.begin_write().await.unwrap();
    let nowhere = addresses.snapshot(&tx, owner, None).await;
    assert!(matches!(nowhere, Err(AddressError::Required)));
}

#[tokio::test]
async fn an_address_is_kept_as_it_is_delivered_to() {
    let shop = Shop::open().await;
    let owner = shop.register("alice").await.id;
    let written = NewAddress {
        name: "\u{202B}דוד\u{202C} ".into(),
        phone: "\u{202A}(٥٥٥)\u{A0}010\u{2011}1234 ext. 12\u{202C}".into(),
        address: "Example Road 1\r\n\r\n 12345 Sampletown\nThird\nFourth\n".into(),
        postcode: None,
        country: None,
        is_default: None,
    };

    let kept = shop.users.addresses.add(owner, written).await.unwrap();

    assert_eq!(kept.name, "דוד");
    assert_eq!(kept.phone, "(555) 010-1234 ext. 12");
    assert_eq!(
        kept.address,
        "Example Road 1\n12345 Sampletown\nThird\nFourth"
    );
    let wide = NewAddress {
        phone: "1".repeat(32),
        ..address("1 Prairie Road")
    };
    let changed = shop.users.addresses.change(owner, kept.id, wide).await;
    assert_eq!(changed.unwrap().phone, "1".repeat(32));
}

#[tokio::test]
async fn an_address_that_names_no_country_is_in_that_of_the_shop() {
    let shop = Shop::open().await;
    let owner = shop.register("alice").await.id;
    let addresses = &shop.users.addresses;
    let abroad = NewAddress {
        country: Country::parse("JP").ok(),
        postcode: Some(" 100-0001 ".into()),
        ..address("1-1 Chiyoda")
    };
    let blank = NewAddress {
        postcode: Some(" ".into()),
        ..address("1 Prairie Road")
    };

    let abroad = addresses.add(owner, abroad).await.unwrap();
    let home = addresses.add(owner, blank).await.unwrap();

    assert_eq!(abroad.country.as_str(), "JP");
    assert_eq!(abroad.postcode.as_deref(), Some("100-0001"));
    assert_eq!((home.country, home.postcode), (Country::US, None));
    let moved = addresses.change(owner, abroad.id, address("1 Prairie Road"));
    let moved = moved.await.unwrap();
    assert_eq!((moved.country, moved.postcode), (Country::US, None));
    assert_eq!(
        addresses.get(owner, abroad.id).await.unwrap().country,
        Country::US
    );
}
