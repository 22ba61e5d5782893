//! Proofs by e-mail.

use sea_orm::EntityTrait;
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::Language;
use stampede_persistence::entity::{email_proof, job};
use stampede_user::*;

use crate::shop::{PASSWORD, Shop, attempt, home, race};

const NEW: &str = "another herd entirely";

fn bind(email: &str) -> ProofRequest {
    ProofRequest::Bind(email.into())
}

fn is_bad(end: &Result<User, EmailError>) -> bool {
    matches!(end, Err(EmailError::BadToken))
}

/// A22.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_redeem_one_token_at_once_one_succeeds() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    for round in 0..3 {
        shop.send(user.id, bind(&format!("alice{round}@example.com")))
            .await
            .unwrap();
        let token = shop.newest_letter().await.unwrap().token;

        let ends = race(20, |_| {
            let (emails, token) = (shop.users.emails.clone(), token.clone());
            let session = stampede_kernel::SessionId::new();
            async move { emails.redeem(user.id, session, token).await }
        })
        .await;

        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
        assert_eq!(ends.iter().filter(|end| is_bad(end)).count(), 19);
        assert!(is_bad(&shop.redeem(user.id, &token).await));
        shop.later(60_000);
    }
}

#[tokio::test]
async fn a_token_that_is_late_superseded_or_anothers_is_refused() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let bob = shop.register("bob").await;
    shop.send(alice.id, bind("old@example.com")).await.unwrap();
    let superseded = shop.newest_letter().await.unwrap().token;
    shop.later(60_000);
    shop.send(alice.id, bind("alice@example.com"))
        .await
        .unwrap();
    let token = shop.newest_letter().await.unwrap().token;

    assert!(is_bad(&shop.redeem(alice.id, &superseded).await));
    assert!(is_bad(&shop.redeem(bob.id, &token).await));
    shop.later(15 * 60_000);
    assert!(is_bad(&shop.redeem(alice.id, &token).await));
    assert!(shop.newest_letter().await.is_none());
    assert!(
        !shop
            .users
            .accounts
            .user(alice.id)
            .await
            .unwrap()
            .email_verified
    );
}

#[tokio::test]
async fn made_up_tokens_meet_a_limit() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    shop.send(user.id, bind("alice@example.com")).await.unwrap();
    let real = shop.newest_letter().await.unwrap().token;
    let guess: SecretString = format!("{}A", &real.expose_secret()[..63]).into();

    for _ in 0..30 {
        assert!(is_bad(&shop.redeem(user.id, &guess).await));
    }

    let refused = shop.redeem(user.id, &guess).await;
    assert!(matches!(refused, Err(EmailError::TooMany(_))));
}

/// A21.
#[tokio::test]
async fn mails_are_limited_to_one_a_minute_and_five_a_day() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let other = shop.register("bob").await;

    for _ in 0..5 {
        shop.send(user.id, bind("alice@example.com")).await.unwrap();
        let again = shop.send(user.id, bind("other@example.com")).await;
        assert!(matches!(again, Err(EmailError::TooMany(_))), "per user");
        let same = shop.send(other.id, bind("ALICE@example.com")).await;
        assert!(matches!(same, Err(EmailError::TooMany(_))), "per address");
        shop.later(61_000);
    }
    let sixth = shop.send(user.id, bind("alice@example.com")).await;
    shop.later(24 * 3_600_000);
    let tomorrow = shop.send(user.id, bind("alice@example.com")).await;

    assert!(matches!(sixth, Err(EmailError::TooMany(_))));
    assert!(tomorrow.is_ok());
    assert_eq!(shop.mails().await, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_mails_asked_for_at_once_one_is_sent() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let bob = shop.register("bob").await;
    for round in 1..=3 {
        let ends = race(8, |i| {
            let emails = shop.users.emails.clone();
            let user = if i % 2 == 0 { alice.id } else { bob.id };
            let request = bind(&format!("round{round}@example.com"));
            async move { emails.send(user, request, Language::EN).await }
        })
        .await;

        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
        assert_eq!(shop.mails().await, round);
        shop.later(61_000);
    }
}

#[tokio::test]
async fn only_one_mailbox_is_written_to() {
    let shop = Shop::open().await;
    let user = shop.register("alice").await;
    let long = format!("{}@example.com", "x".repeat(255));

    for email in [
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com, b@example.com",
        &long,
    ] {
        let refused = shop.send(user.id, bind(email)).await;
        assert!(matches!(
            refused,
            Err(EmailError::Invalid(ref fault)) if fault.field == "email"
        ));
    }
    assert_eq!(shop.mails().await, 0);
}

#[tokio::test]
async fn a_proven_address_belongs_to_one_user_and_stays_until_another_is_proven() {
    let shop = Shop::open().await;
    let alice = shop.register_proven("alice", "alice@example.com").await;
    let bob = shop.register("bob").await;
    shop.later(61_000);

    let refused = shop.bind(bob.id, "Alice@example.com").await;
    assert!(matches!(refused, Err(EmailError::EmailTaken)));
    shop.later(61_000);
    shop.send(alice.id, bind("new@example.com")).await.unwrap();
    let meanwhile = shop.users.accounts.user(alice.id).await.unwrap();
    assert_eq!(meanwhile.email.as_deref(), Some("alice@example.com"));
    assert!(meanwhile.email_verified);
    let token = shop.newest_letter().await.unwrap().token;
    let moved = shop.redeem(alice.id, &token).await.unwrap();
    assert_eq!(moved.email.as_deref(), Some("new@example.com"));
}

#[tokio::test]
async fn unbinding_takes_a_proof_too() {
    let shop = Shop::open().await;
    let alice = shop.register_proven("alice", "alice@example.com").await;
    let bob = shop.register("bob").await;

    let nothing = shop.send(bob.id, ProofRequest::Unbind).await;
    assert!(matches!(nothing, Err(EmailError::NoVerifiedAddress)));
    shop.send(alice.id, ProofRequest::Unbind).await.unwrap();
    let letter = shop.newest_letter().await.unwrap();
    let unbound = shop.redeem(alice.id, &letter.token).await.unwrap();

    assert_eq!(letter.purpose, Purpose::Unbind);
    assert_eq!((unbound.email, unbound.email_verified), (None, false));
}

#[tokio::test]
async fn a_password_changed_by_mail_ends_every_other_session() {
    let shop = Shop::open().await;
    let bob = shop.register("bob").await;
    let unproven = shop
        .send(bob.id, ProofRequest::ChangePassword(NEW.into()))
        .await;
    assert!(matches!(unproven, Err(EmailError::NoVerifiedAddress)));
    let alice = shop.register_proven("alice", "alice@example.com").await;
    let common = ProofRequest::ChangePassword("password123".into());
    let common = shop.send(alice.id, common).await;
    assert!(matches!(
        common,
        Err(EmailError::Invalid(ref fault)) if fault.field == "password"
    ));
    let here = shop.log_in("alice").await.tokens;
    let there = shop.log_in("alice").await.tokens;
    let session = shop.verify(&here.access).await.unwrap().session;

    shop.send(alice.id, ProofRequest::ChangePassword(NEW.into()))
        .await
        .unwrap();
    assert!(
        shop.users
            .sessions
            .log_in(attempt("alice", NEW))
            .await
            .is_err()
    );
    let token = shop.newest_letter().await.unwrap().token;
    shop.users
        .emails
        .redeem(alice.id, session, token)
        .await
        .unwrap();

    assert!(
        shop.users
            .sessions
            .log_in(attempt("alice", NEW))
            .await
            .is_ok()
    );
    assert!(
        shop.users
            .sessions
            .log_in(attempt("alice", PASSWORD))
            .await
            .is_err()
    );
    assert!(shop.verify(&here.access).await.is_ok());
    assert_eq!(shop.verify(&there.access).await, Err(AuthError::Invalid));
}

#[tokio::test]
async fn a_new_password_stands_in_no_letter_and_in_no_row_of_its_proof() {
    let shop = Shop::open().await;
    let alice = shop.register_proven("alice", "alice@example.com").await;

    let request = ProofRequest::ChangePassword(NEW.into());
    shop.send(alice.id, request).await.unwrap();

    let letter = shop.newest_letter().await.unwrap();
    let db = shop.test.db.reader();
    let jobs = job::Entity::find().all(db).await.unwrap();
    let proofs = email_proof::Entity::find().all(db).await.unwrap();
    assert!(proofs.iter().any(|proof| proof.password_hash.is_some()));
    let written = format!("{} {jobs:?} {proofs:?}", letter.token.expose_secret());
    assert!(!written.contains(NEW));
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_who_reads_the_proven_mailbox() {
    let shop = Shop::open().await;
    let alice = shop.register_proven("alice", "alice@example.com").await;
    let tokens = shop.log_in("alice").await.tokens;
    let emails = &shop.users.emails;

    emails
        .forgot("Alice@Example.com", home(), Language::EN)
        .await
        .unwrap();
    let token = shop.letter_to_come(Purpose::Reset).await.token;
    let signed_in = shop.redeem(alice.id, &token).await;
    assert!(
        is_bad(&signed_in),
        "a reset is not redeemed by a signed-in user"
    );
    let weak = emails.reset(token.clone(), "short".into()).await;
    assert!(matches!(weak, Err(EmailError::Invalid(_))));
    emails.reset(token.clone(), NEW.into()).await.unwrap();

    let twice = emails.reset(token, NEW.into()).await;
    assert!(matches!(twice, Err(EmailError::BadToken)));
    assert_eq!(shop.verify(&tokens.access).await, Err(AuthError::Invalid));
    assert!(shop.users.sessions.refresh(tokens.refresh).await.is_err());
    assert!(
        shop.users
            .sessions
            .log_in(attempt("alice", PASSWORD))
            .await
            .is_err()
    );
    let back = shop
        .users
        .sessions
        .log_in(attempt("alice", NEW))
        .await
        .unwrap();
    assert!(shop.verify(&back.tokens.access).await.is_ok());
}

#[tokio::test]
async fn who_forgot_a_password_of_an_unknown_or_unproven_address_hears_the_same() {
    let shop = Shop::open().await;
    let mut unproven = crate::shop::account("alice");
    unproven.email = Some("alice@example.com".into());
    shop.users.accounts.register(unproven).await.unwrap();

    for email in [
        "alice@example.com",
        "nobody@example.com",
        "not an address",
        "",
    ] {
        let answer = shop.users.emails.forgot(email, home(), Language::EN).await;
        assert!(answer.is_ok());
        let letter = shop.newest_letter().await;
        assert!(letter.is_none_or(|letter| letter.purpose == Purpose::Bind));
    }
}

#[tokio::test]
async fn invented_addresses_leave_nothing_behind() {
    let shop = Shop::open().await;
    shop.register_proven("alice", "alice@example.com").await;
    shop.later(61_000);
    let proofs = || shop.count::<email_proof::Entity>();
    let (proofs_before, mails_before) = (proofs().await, shop.mails().await);

    let emails = &shop.users.emails;
    for n in 0..60 {
        // Addresses of one household of IPv6.
        let from = format!("2001:db8::{n}").parse().unwrap();
        let invented = format!("nobody{n}@example.com");
        emails.forgot(&invented, from, Language::EN).await.unwrap();
    }
    let from = "2001:db8::ffff".parse().unwrap();
    emails
        .forgot("alice@example.com", from, Language::EN)
        .await
        .unwrap();
    let elsewhere = "2001:db8:0:1::1".parse().unwrap();
    emails
        .forgot("alice@example.com", elsewhere, Language::EN)
        .await
        .unwrap();

    // One for alice, and that from the household that had a share left.
    shop.letter_to_come(Purpose::Reset).await;
    assert_eq!(proofs().await, proofs_before + 1);
    assert_eq!(shop.mails().await, mails_before + 1);
}

#[tokio::test]
async fn one_mailbox_is_one_however_it_is_spelled() {
    let shop = Shop::open().await;
    let kim = shop.register_proven("kim", "kim@B\u{fc}cher.example").await;
    let lee = shop.register("lee").await;

    assert_eq!(kim.email.as_deref(), Some("kim@xn--bcher-kva.example"));
    let too_soon = shop.send(lee.id, bind("KIM@xn--bcher-kva.example")).await;
    assert!(matches!(too_soon, Err(EmailError::TooMany(_))));
    for spelling in [
        "kim@xn--bcher-kva.example",
        "kim@bu\u{308}cher.example",
        "KIM@B\u{dc}CHER.example",
    ] {
        shop.later(61_000);
        let taken = shop.bind(lee.id, spelling).await;
        assert!(matches!(taken, Err(EmailError::EmailTaken)), "{spelling}");
    }
    let forgot = (shop.users.emails).forgot("kim@bu\u{308}cher.example", home(), Language::EN);
    forgot.await.unwrap();
    let letter = shop.letter_to_come(Purpose::Reset).await;
    assert_eq!(letter.to, "kim@xn--bcher-kva.example");
    shop.users
        .emails
        .reset(letter.token, NEW.into())
        .await
        .unwrap();
    let back = shop.users.sessions.log_in(attempt("kim", NEW)).await;
    assert_eq!(back.unwrap().user.id, kim.id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_prove_one_mailbox_in_two_spellings_at_once_one_gets_it() {
    let shop = Shop::open().await;
    let users = [shop.register("kim").await, shop.register("lee").await];
    for round in 0..5 {
        let spellings = [
            format!("shop{round}@b\u{fc}cher.example"),
            format!("SHOP{round}@XN--BCHER-KVA.example"),
        ];
        let mut tokens = Vec::new();
        for (user, spelling) in users.iter().zip(&spellings) {
            shop.later(61_000);
            shop.send(user.id, bind(spelling)).await.unwrap();
            tokens.push(shop.newest_letter().await.unwrap().token);
        }

        let ends = race(2, |i| {
            let (emails, token) = (shop.users.emails.clone(), tokens[i].clone());
            let (user, session) = (users[i].id, stampede_kernel::SessionId::new());
            async move { emails.redeem(user, session, token).await }
        })
        .await;

        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
        let taken = |end: &&Result<User, EmailError>| matches!(end, Err(EmailError::EmailTaken));
        assert_eq!(ends.iter().filter(taken).count(), 1);
    }
}
