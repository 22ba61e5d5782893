//! An admin's money arrives once, and is written down.

use std::sync::Arc;

use sea_orm::{DbErr, EntityTrait, PaginatorTrait};
use stampede_kernel::{Money, UserId};
use stampede_payment::*;
use stampede_persistence::entity::{audit_log, transfer};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};

use crate::bank::*;

fn gift(user: UserId, amount: i64) -> TopUp {
    TopUp {
        user,
        amount: money(amount),
        reason: "a lost parcel".into(),
    }
}

fn key(top_up: &TopUp) -> Idempotency {
    let scope = format!("POST /admin/user/{}/top_up", top_up.user);
    Idempotency::of(ADMIN, scope, "once".into(), top_up)
}

async fn transfers(bank: &Bank) -> u64 {
    let db = bank.db().reader();
    transfer::Entity::find().count(db).await.unwrap()
}

#[tokio::test]
async fn a_top_up_of_nothing_or_without_a_word_is_refused() {
    let bank = Bank::open(100).await;
    let with_reason = |reason: &str| TopUp {
        reason: reason.into(),
        ..gift(ALICE, 1)
    };
    let broken = [
        (gift(ALICE, 0), ("amount", "out_of_range")),
        (gift(ALICE, -1), ("amount", "out_of_range")),
        (with_reason(" "), ("reason", "too_short")),
        (with_reason(&"茶".repeat(256)), ("reason", "too_long")),
        (with_reason("a\0b"), ("reason", "characters")),
    ];

    for (top_up, expected) in broken {
        match bank.payments.top_up(ADMIN, top_up, None).await {
            Err(PaymentError::Invalid(fault)) => {
                assert_eq!((&*fault.field, fault.code), expected);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(bank.balance(ALICE).await, 100);
}

#[tokio::test]
async fn a_refused_top_up_leaves_nothing_and_frees_its_key() {
    let bank = Bank::open(100).await;
    let (nobody, endless) = (gift(NOBODY, 5), gift(ALICE, Money::MAX.minor()));
    for _ in 0..2 {
        let absent = bank
            .payments
            .top_up(ADMIN, nobody.clone(), Some(key(&nobody)));
        let absent = absent.await;
        let overflow = bank
            .payments
            .top_up(ADMIN, endless.clone(), Some(key(&endless)));
        let overflow = overflow.await;

        assert!(matches!(absent, Err(PaymentError::NotFound)), "{absent:?}");
        assert!(
            matches!(
                overflow,
                Err(PaymentError::Wallet(WalletError::OutOfRange(_)))
            ),
            "{overflow:?}"
        );
    }
    assert_eq!(transfers(&bank).await, 2);
    let acts = audit_log::Entity::find().count(bank.db().reader()).await;
    assert_eq!(acts.unwrap(), 0);
    bank.sound().await;
}

#[tokio::test]
async fn a_key_answers_again_and_serves_no_other_command() {
    let bank = Bank::open(100).await;
    let (five, six) = (gift(ALICE, 5), gift(ALICE, 6));

    let first = bank
        .payments
        .top_up(ADMIN, five.clone(), Some(key(&five)))
        .await;
    let again = bank
        .payments
        .top_up(ADMIN, five.clone(), Some(key(&five)))
        .await;
    let other = bank
        .payments
        .top_up(ADMIN, six.clone(), Some(key(&six)))
        .await;

    let (transfer, replayed) = first.unwrap();
    assert!(!replayed);
    assert_eq!(transfer.kind, "top_up");
    assert_eq!(
        (transfer.amount, transfer.balance_after),
        (money(5), money(105))
    );
    assert_eq!(again.unwrap(), (transfer, true));
    assert!(matches!(
        other,
        Err(PaymentError::Idempotency(IdempotencyError::Reused))
    ));
    assert_eq!(bank.balance(ALICE).await, 105);
}

#[tokio::test]
async fn a_top_up_is_in_the_audit_log_with_its_reason() {
    let bank = Bank::open(0).await;

    let (transfer, _) = bank
        .payments
        .top_up(ADMIN, gift(BOB, 5), None)
        .await
        .unwrap();

    let acts = audit_log::Entity::find().all(bank.db().reader()).await;
    let [act] = acts.unwrap().try_into().unwrap();
    assert_eq!(
        (act.actor_id, act.action.as_str()),
        (Some(ADMIN), "user.top_up")
    );
    assert_eq!(act.target, "user:2");
    assert!(act.detail.contains("a lost parcel"), "{}", act.detail);
    assert!(act.detail.contains(&transfer.id.to_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_from_thirty_two_connections_is_one_transfer() {
    for _ in 0..rounds() {
        let bank = Bank::open(100).await;
        let requests = (0..32)
            .map(|_| {
                let payments = Arc::clone(&bank.payments);
                async move {
                    let gift = gift(ALICE, 7);
                    payments.top_up(ADMIN, gift.clone(), Some(key(&gift))).await
                }
            })
            .collect();

        let mut fresh = 0;
        for answer in at_once(requests).await {
            match answer {
                Ok((_, replayed)) => fresh += u32::from(!replayed),
                // Refused without an effect: the machine is busy.
                Err(
                    PaymentError::Idempotency(IdempotencyError::InFlight)
                    | PaymentError::Database(DbErr::ConnectionAcquire(_)),
                ) => {}
                Err(other) => panic!("{other:?}"),
            }
        }

        assert_eq!((fresh, transfers(&bank).await), (1, 3));
        assert_eq!(bank.balance(ALICE).await, 107);
        bank.sound().await;
    }
}
