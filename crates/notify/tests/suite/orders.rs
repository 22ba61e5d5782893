//! What buyers hear of their orders.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stampede_kernel::{Clock, Language, UserId};
use stampede_notify::{EmailTemplate, Mail, Shop, Templates};
use stampede_persistence::job::{self, Payload};
use stampede_user::{AccountService, AdminAction, Role};

use crate::shop::TestShop;
use crate::sink::{Mood, Sink};

/// What `order` pushes.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct OrderMail(Value);

impl Payload for OrderMail {
    const KIND: &'static str = "mail.order";
}

fn order_mail(buyer: UserId, event: &str, language: Language, reason: Option<&str>) -> OrderMail {
    OrderMail(json!({
        "order_id": "01936b5e-0000-7000-8000-000000000001",
        "user_id": buyer,
        "event": event,
        "language": language,
        "total": 123_450,
        "lines": [
            {"name": "Green tea <100 g>", "num": 2, "total": 23_450},
            {"name": "茶壺", "num": 1, "total": 100_000, "colour": "a later release says more"},
        ],
        "reason": reason,
        "tracking": "so does the order",
    }))
}

async fn push(shop: &TestShop, mail: OrderMail) {
    let now = shop.clock.now();
    let tx = shop.db.db.begin_write().await.unwrap();
    job::push(&tx, &mail, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Writes one mail to a buyer who has proven their address.
async fn mailed(event: &str, language: Language, reason: Option<&str>) -> Mail {
    let (shop, mailbox) = TestShop::with_mailbox().await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.prove_address(alice.id).await;
    push(&shop, order_mail(alice.id, event, language, reason)).await;

    shop.workers.run_due().await.unwrap();

    mailbox.mails()[0].mail.clone()
}

fn both(mail: &Mail) -> String {
    format!("{}\n\n{}", mail.subject, mail.text)
}

#[tokio::test]
async fn an_address_that_nobody_has_proven_hears_nothing_of_orders() {
    let sink = Sink::open(Mood::Accepting).await;
    let shop = TestShop::open(sink.mailer()).await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.workers.run_due().await.unwrap();

    push(&shop, order_mail(alice.id, "paid", Language::EN, None)).await;
    assert_eq!(shop.workers.run_due().await.unwrap(), 1);

    let subjects = sink.mails().len();
    assert_eq!(subjects, 1, "the proof alone");
    assert!(shop.jobs().await.iter().all(|job| job.done_at.is_some()));
}

#[tokio::test]
async fn neither_a_stranger_nor_somebody_banned_hears_of_orders() {
    let (shop, mailbox) = TestShop::with_mailbox().await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.prove_address(alice.id).await;
    let ban = AdminAction::Ban { reason: None };
    shop.users
        .accounts
        .administer(alice.id, alice.id, ban)
        .await
        .unwrap();

    push(&shop, order_mail(alice.id, "paid", Language::EN, None)).await;
    push(&shop, order_mail(UserId(999), "paid", Language::EN, None)).await;
    shop.workers.run_due().await.unwrap();

    assert!(mailbox.mails().is_empty());
    assert!(shop.jobs().await.iter().all(|job| job.done_at.is_some()));
}

#[tokio::test]
async fn an_event_without_a_letter_is_parked_and_not_tried_for_ever() {
    let (shop, mailbox) = TestShop::with_mailbox().await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.prove_address(alice.id).await;

    push(&shop, order_mail(alice.id, "lost", Language::EN, None)).await;
    shop.workers.run_due().await.unwrap();

    assert!(mailbox.mails().is_empty());
    let jobs = shop.jobs().await;
    assert!(
        jobs.iter()
            .any(|job| job.kind == "mail.order" && job.parked_at.is_some())
    );
}

#[tokio::test]
async fn a_buyer_reads_what_was_ordered() {
    let mail = mailed("placed", Language::EN, None).await;

    assert_eq!(mail.to, "alice@example.com");
    insta::assert_snapshot!(both(&mail), @"
    Stampede: we have your order

    Hello Alice,

    Thank you for your order at Stampede:

        2 × Green tea <100 g>: 234.50 USD
        1 × 茶壺: 1,000.00 USD

        Total: 1,234.50 USD

    It waits for your payment. If it is not paid in time, it is cancelled by itself and you owe nothing.

    Order 01936b5e-0000-7000-8000-000000000001

    Stampede
    ");
    assert!(mail.html.contains("Green tea &lt;100 g&gt;"));
    assert!(mail.html.contains("1,234.50 USD") && mail.html.contains("Hello Alice,"));
}

#[tokio::test]
async fn a_buyer_reads_it_in_the_language_of_the_order() {
    let zh = mailed("cancelled", Language::ZH, Some("unpaid")).await;
    let ja = mailed("refunded", Language::JA, Some("Sold out, sorry")).await;

    insta::assert_snapshot!(both(&zh), @"
    【Stampede】订单已取消

    Alice，您好：

    此订单因逾期未付款，已自动取消。

        2 × Green tea <100 g>: 234.50 USD
        1 × 茶壺: 1,000.00 USD

        合计：1,234.50 USD

    此订单未扣款，也不会发货。

    订单号 01936b5e-0000-7000-8000-000000000001

    Stampede
    ");
    insta::assert_snapshot!(both(&ja), @"
    【Stampede】返金のお知らせ

    Alice 様

    ご注文の代金の全額を、Stampede の残高に返金いたしました。

        2 × Green tea <100 g>: 234.50 USD
        1 × 茶壺: 1,000.00 USD

        合計：1,234.50 USD

    ショップからのご連絡：Sold out, sorry

    注文番号 01936b5e-0000-7000-8000-000000000001

    Stampede
    ");
}

/// What letters say of an order whose fate has a reason, or none.
fn letter(letter: EmailTemplate, language: Language, reason: Option<&str>) -> Mail {
    let shop = Shop {
        name: "Tea & Co".to_owned(),
        language: Language::EN,
    };
    let facts = json!({
        "nick_name": "", "order": "0193", "total": "25.00 USD", "reason": reason,
        "lines": [{"name": "Tea", "num": 2, "total": "25.00 USD"}],
    });
    let to = "alice@example.com".to_owned();
    let templates = Templates::load(shop, None).unwrap();
    templates.write(letter, to, language, &facts).unwrap()
}

#[test]
fn every_letter_about_an_order_exists_in_three_languages() {
    let letters = [
        EmailTemplate::OrderPlaced,
        EmailTemplate::OrderPaid,
        EmailTemplate::OrderCancelled,
        EmailTemplate::OrderShipped,
        EmailTemplate::OrderRefunded,
    ];
    for kind in letters {
        for language in [Language::EN, Language::ZH, Language::JA] {
            let mail = letter(kind, language, None);

            assert_eq!(mail.language, language);
            assert!(mail.subject.contains("Tea & Co") && !mail.subject.contains('\n'));
            for fact in ["2 × Tea: 25.00 USD", "0193"] {
                assert!(mail.text.contains(fact), "{}", mail.text);
            }
            assert!(!mail.text.contains("\n\n\n"), "{}", mail.text);
            assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
            assert!(mail.html.contains("Tea &amp; Co") && mail.html.contains("0193"));
        }
    }
}

#[test]
fn a_cancelled_order_says_who_cancelled_it() {
    let said = |reason| letter(EmailTemplate::OrderCancelled, Language::EN, reason).text;

    assert!(said(Some("buyer")).contains("You cancelled"));
    assert!(said(Some("unpaid")).contains("not paid in time"));
    assert!(said(Some("admin")).contains("The shop has cancelled"));
    assert!(said(None).contains("This order was cancelled"));
}

/// What the deliverer pushes.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Off(Value);

impl Payload for Off {
    const KIND: &'static str = "mail.webhook_off";
}

#[tokio::test]
async fn an_admin_and_nobody_else_reads_that_a_webhook_was_switched_off() {
    for (role, letters) in [(Role::Customer, 0), (Role::Admin, 1)] {
        let (shop, mailbox) = TestShop::with_mailbox().await;
        let alice = shop.register("Alice", Language::EN).await;
        shop.prove_address(alice.id).await;
        shop.users
            .accounts
            .administer(UserId(0), alice.id, AdminAction::SetRole(role))
            .await
            .unwrap();
        let now = shop.clock.now();
        let off = Off(json!({
            "admin": alice.id, "webhook": 7, "url": "https://example.com/hook",
            "since": now, "language": "ja",
        }));
        let tx = shop.db.db.begin_write().await.unwrap();
        job::push(&tx, &off, now).await.unwrap();
        tx.commit().await.unwrap();

        shop.workers.run_due().await.unwrap();

        let mails = mailbox.mails();
        assert_eq!(mails.len(), letters);
        for mail in &mails {
            assert_eq!(mail.mail.language, Language::JA);
            for part in [&mail.mail.text, &mail.mail.html] {
                assert!(part.contains("example.com"));
                assert!(part.contains("/api/v1/admin/webhooks/7/enable"));
            }
        }
    }
}

#[tokio::test]
async fn a_letter_of_an_order_outlasts_a_mail_outage_of_almost_a_day() {
    let sink = Sink::open(Mood::Locked).await;
    let shop = TestShop::open(sink.mailer()).await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.prove_address(alice.id).await;
    push(&shop, order_mail(alice.id, "paid", Language::EN, None)).await;

    let minute = std::time::Duration::from_mins(1);
    for _ in 0..(24 * 60 - 10) {
        shop.workers.run_due().await.unwrap();
        shop.clock.advance(minute);
    }
    assert!(sink.mails().is_empty());
    assert_eq!(shop.job().await.parked_at, None);
    sink.becomes(Mood::Accepting);
    for _ in 0..10 {
        shop.workers.run_due().await.unwrap();
        shop.clock.advance(minute);
    }

    assert_eq!(sink.mails().len(), 1);
    assert!(shop.job().await.done_at.is_some());
}

#[tokio::test]
async fn a_letter_of_an_order_that_is_refused_for_good_is_parked() {
    let sink = Sink::open(Mood::Never).await;
    let shop = TestShop::open(sink.mailer()).await;
    let alice = shop.register("Alice", Language::EN).await;
    shop.prove_address(alice.id).await;
    push(&shop, order_mail(alice.id, "paid", Language::EN, None)).await;

    shop.workers.run_due().await.unwrap();

    let job = shop.job().await;
    assert!(job.parked_at.is_some() && job.done_at.is_none());
    assert!(job.last_error.unwrap().contains("550"));
}
