//! From a registration to the mail, and back with the token.

use std::time::Duration;

use secrecy::SecretString;
use stampede_kernel::{Language, SessionId};
use stampede_user::EmailService;

use crate::shop::TestShop;
use crate::sink::{Mood, Sink};

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn the_token_in_the_mail_proves_the_address() {
    let sink = Sink::open(Mood::Accepting).await;
    let shop = TestShop::open(sink.mailer()).await;
    let alice = shop.register("Alice", Language::EN).await;

    assert_eq!(shop.workers.run_due().await.unwrap(), 1);
    assert_eq!(shop.workers.run_due().await.unwrap(), 0);

    let mails = sink.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipients, ["RCPT TO:<alice@example.com>"]);
    let indented = mails[0].body.lines().find(|line| line.starts_with("    "));
    let token = SecretString::from(indented.unwrap().trim().to_owned());
    let proven = shop
        .users
        .emails
        .redeem(alice.id, SessionId::new(), token)
        .await
        .unwrap();
    assert!(proven.email_verified);
}

#[tokio::test]
async fn a_hostile_name_adds_neither_headers_nor_recipients() {
    let sink = Sink::open(Mood::Accepting).await;
    let shop = TestShop::open(sink.mailer()).await;
    shop.register("x> <eve@evil.example>,Bcc: eve", Language::JA)
        .await;

    shop.workers.run_due().await.unwrap();

    let mails = sink.mails();
    assert_eq!(mails[0].recipients, ["RCPT TO:<alice@example.com>"]);
    assert!(!mails[0].header_names().contains(&"bcc".to_owned()));
    assert!(!mails[0].headers.join("\n").contains("eve"));
    assert!(!mails[0].body.contains("evil.example"));
}

#[tokio::test]
async fn a_mail_server_that_hangs_or_says_later_gets_the_mail_once_it_is_well() {
    let sink = Sink::open(Mood::Silent).await;
    let shop = TestShop::open(sink.mailer_that_waits(Duration::from_secs(3))).await;
    shop.register("Alice", Language::EN).await;

    shop.workers.run_due().await.unwrap();
    assert_eq!(
        shop.workers.run_due().await.unwrap(),
        0,
        "not before a pause"
    );
    sink.becomes(Mood::Later);
    shop.clock.advance(MINUTE);
    shop.workers.run_due().await.unwrap();
    let failed = shop.job().await;
    sink.becomes(Mood::Accepting);
    shop.clock.advance(MINUTE);
    shop.workers.run_due().await.unwrap();

    assert_eq!(failed.attempts, 2);
    assert!(failed.last_error.unwrap().contains("451"));
    assert!(failed.done_at.is_none() && failed.parked_at.is_none());
    assert_eq!(sink.mails().len(), 1);
    assert!(shop.job().await.done_at.is_some());
}

#[tokio::test]
async fn a_proof_that_is_refused_for_good_is_dropped_and_no_fault_of_the_shop() {
    let sink = Sink::open(Mood::Never).await;
    let shop = TestShop::open(sink.mailer()).await;
    shop.register("Alice", Language::EN).await;

    shop.workers.run_due().await.unwrap();

    let job = shop.job().await;
    assert!(job.parked_at.is_none() && job.done_at.is_some());
    assert!(job.last_error.unwrap().contains("550"));
}

#[tokio::test]
async fn a_proof_is_tried_until_it_expires_and_is_dropped_then() {
    let sink = Sink::open(Mood::Later).await;
    let shop = TestShop::open(sink.mailer()).await;
    shop.register("Alice", Language::EN).await;

    for _ in 0..14 {
        shop.workers.run_due().await.unwrap();
        shop.clock.advance(MINUTE);
    }
    let tried = shop.job().await;
    assert!(tried.done_at.is_none() && tried.parked_at.is_none());
    assert!(tried.failures >= 14);
    shop.clock.advance(2 * MINUTE);
    sink.becomes(Mood::Accepting);
    shop.workers.run_due().await.unwrap();

    let job = shop.job().await;
    assert!(job.parked_at.is_none() && job.done_at.is_some());
    assert!(sink.mails().is_empty(), "nobody can use it any more");
}

#[tokio::test]
async fn a_proof_that_expired_in_the_queue_is_not_mailed() {
    let sink = Sink::open(Mood::Accepting).await;
    let shop = TestShop::open(sink.mailer()).await;
    shop.register("Alice", Language::EN).await;

    shop.clock.advance(20 * MINUTE);
    shop.workers.run_due().await.unwrap();

    assert!(shop.job().await.done_at.is_some());
    assert!(sink.mails().is_empty());
}
