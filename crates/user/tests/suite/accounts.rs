//! Registration and profile.

use sea_orm::EntityTrait;
use stampede_kernel::{ImageId, Money, UserId};
use stampede_media::ImageReferences;
use stampede_payment::{DbWallet, WalletSettings};
use stampede_persistence::entity::{entry, session, transfer, user, wallet};
use stampede_user::*;

use crate::shop::{PIN, Shop, account, race};

fn code(refused: Result<User, AccountError>) -> &'static str {
    match refused.unwrap_err() {
        AccountError::Invalid(fault) => fault.code,
        AccountError::UserNameTaken => "user_name_taken",
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_registration_that_breaks_a_rule_leaves_nothing() {
    let shop = Shop::open().await;
    let register = |account| shop.users.accounts.register(account);

    assert_eq!(code(register(account("ab")).await), "too_short");
    assert_eq!(code(register(account("a b c")).await), "characters");
    assert_eq!(code(register(account("a\0bc")).await), "characters");
    let mut short = account("alice");
    short.password = "seven77".into();
    assert_eq!(code(register(short).await), "too_short");
    let mut common = account("alice");
    common.password = "password123".into();
    assert_eq!(code(register(common).await), "too_common");
    let mut pin = account("alice");
    pin.pin = "12345".into();
    assert_eq!(code(register(pin).await), "length");
    let mut nick = account("alice");
    nick.nick_name = Some("x".repeat(65));
    assert_eq!(code(register(nick).await), "too_long");
    let mut nick = account("alice");
    nick.nick_name = Some("a\nlevel=INFO fake".into());
    assert_eq!(code(register(nick).await), "characters");
    let mut email = account("alice");
    email.email = Some("a@example.com\r\nBcc: b@example.com".into());
    assert_eq!(code(register(email).await), "not_one_mailbox");
    assert_eq!(shop.count::<user::Entity>().await, 0);
    assert_eq!(shop.count::<wallet::Entity>().await, 0);
}

/// A05.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_register_one_name_at_once_one_gets_it() {
    let shop = Shop::open().await;
    for round in 0..3 {
        let spellings = ["buffalo", "BUFFALO", "Ｂuffalo", "bUffalo"];
        let ends = race(32, |i| {
            let accounts = shop.users.accounts.clone();
            let name = format!("{}{round}", spellings[i % 4]);
            async move { accounts.register(account(&name)).await }
        })
        .await;

        let (won, lost): (Vec<_>, Vec<_>) = ends.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        assert!(lost.into_iter().all(|end| code(end) == "user_name_taken"));
        assert_eq!(shop.count::<user::Entity>().await, round + 1);
        assert_eq!(shop.count::<transfer::Entity>().await, round + 1);
    }
}

#[tokio::test]
async fn a_new_user_has_a_wallet_a_pin_and_a_credit_that_came_from_somewhere() {
    let shop = Shop::open().await;

    let user = shop.register("Alice").await;

    let db = shop.test.db.reader();
    let entries = entry::Entity::find().all(db).await.unwrap();
    let sum: i64 = entries.iter().map(|entry| entry.amount.minor()).sum();
    assert_eq!((entries.len(), sum), (2, 0));
    let wallet = wallet::Entity::find_by_id(user.id).one(db).await.unwrap();
    assert_eq!(wallet.unwrap().balance, Money::new(1_000_000).unwrap());
    let wallets = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: Money::ZERO,
    });
    assert!(wallets.is_pin(db, user.id, &PIN.into()).await.unwrap());
    assert!(!wallets.is_pin(db, user.id, &"246811".into()).await.unwrap());
    assert_eq!(
        (user.nick_name.as_str(), user.role),
        ("Alice", Role::Customer)
    );
}

#[tokio::test]
async fn an_address_given_at_registration_is_kept_unproven_and_asked_about() {
    let shop = Shop::open().await;
    let mut with_email = account("alice");
    with_email.email = Some("Alice@Example.com".into());

    let user = shop.users.accounts.register(with_email).await.unwrap();

    assert_eq!(user.email.as_deref(), Some("alice@example.com"));
    assert!(!user.email_verified);
    let letter = shop.newest_letter().await.unwrap();
    assert_eq!(
        (letter.purpose, letter.to.as_str()),
        (Purpose::Bind, "alice@example.com")
    );
    assert!(
        shop.redeem(user.id, &letter.token)
            .await
            .unwrap()
            .email_verified
    );
}

#[tokio::test]
async fn registrations_cannot_be_used_to_bomb_a_mailbox() {
    let shop = Shop::open().await;
    for name in ["eve1", "eve2", "eve3"] {
        let mut with_email = account(name);
        with_email.email = Some("victim@example.com".into());
        shop.users.accounts.register(with_email).await.unwrap();
    }

    assert_eq!(shop.mails().await, 1);
}

#[tokio::test]
async fn a_profile_is_changed_by_its_rules_only() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let accounts = &shop.users.accounts;

    assert_eq!(code(accounts.rename(user.id, "").await), "too_short");
    assert_eq!(
        code(accounts.rename(user.id, "a\u{202E}b").await),
        "characters"
    );
    assert!(matches!(
        accounts.rename(UserId(404), "nobody").await,
        Err(AccountError::NotFound)
    ));
    assert_eq!(
        accounts
            .rename(user.id, "<b>爱丽丝")
            .await
            .unwrap()
            .nick_name,
        "<b>爱丽丝"
    );
    let snapshot = shop.test.db.snapshot().await.unwrap();
    let asked = [ImageId(7), ImageId(8)];
    assert!(
        Avatars
            .referenced(&snapshot, &asked)
            .await
            .unwrap()
            .is_empty()
    );
    drop(snapshot);
    // A picture that is not there is no picture.
    assert_eq!(
        accounts
            .set_avatar(user.id, ImageId(7))
            .await
            .unwrap()
            .avatar,
        None
    );
    let snapshot = shop.test.db.snapshot().await.unwrap();
    let shown = Avatars.referenced(&snapshot, &asked).await.unwrap();
    assert_eq!(shown.into_iter().collect::<Vec<_>>(), [ImageId(7)]);
}

#[tokio::test]
async fn the_list_of_users_takes_a_search_literally_and_goes_on_where_it_stopped() {
    let shop = Shop::open().await;
    for name in ["alice", "bob", "per_cent", "carol"] {
        shop.register(name).await;
    }
    let find = async |q: &str| {
        let filter = UserFilter {
            q: Some(q.into()),
            ..UserFilter::default()
        };
        let page = shop.users.accounts.users(filter).await.unwrap();
        page.items
            .into_iter()
            .map(|user| user.user_name)
            .collect::<Vec<_>>()
    };

    assert_eq!(find("%").await, Vec::<String>::new());
    assert_eq!(find("_").await, ["per_cent"]);
    assert_eq!(find("AL").await, ["alice"]);
    assert_eq!(find("' OR 1=1--").await, Vec::<String>::new());
    assert_eq!(find("\\").await, Vec::<String>::new());
    assert_eq!(find("\0").await, Vec::<String>::new());

    let size = stampede_kernel::PageSize::new(3).unwrap();
    let mut filter = UserFilter {
        size,
        ..UserFilter::default()
    };
    let first = shop.users.accounts.users(filter.clone()).await.unwrap();
    filter.cursor = first.next.clone();
    let last = shop.users.accounts.users(filter.clone()).await.unwrap();
    filter.q = Some("a".into());
    let foreign = shop.users.accounts.users(filter).await;

    assert_eq!((first.items.len(), last.items.len()), (3, 1));
    assert_eq!(last.items[0].user_name, "alice");
    assert!(last.next.is_none());
    assert!(matches!(foreign, Err(AccountError::Cursor(_))));
}

#[tokio::test]
async fn what_has_expired_is_swept() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    shop.log_in("alice").await;

    let now = stampede_kernel::Clock::now(&*shop.clock);
    let early = sweep(&shop.test.db, now).await.unwrap();
    let month = std::time::Duration::from_hours(24 * 30);
    let late = sweep(&shop.test.db, now.plus(month)).await.unwrap();

    assert_eq!((early, late), (0, 1));
    assert_eq!(shop.count::<session::Entity>().await, 0);
}
