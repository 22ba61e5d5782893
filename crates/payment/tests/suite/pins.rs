//! A PIN is guessed five times in a quarter of an hour, however it is tried.

use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::UserId;
use stampede_payment::*;

use crate::bank::*;

const WRONG: &str = "135791";

async fn guess(bank: &Bank, user: UserId, pin: &str) -> Result<(), PaymentError> {
    bank.pins.check(user, &pin.into()).await
}

#[tokio::test]
async fn a_wrong_pin_and_an_absent_wallet_are_refused_alike() {
    let bank = Bank::open(100).await;

    for (user, pin) in [(ALICE, WRONG), (ALICE, ""), (NOBODY, PIN)] {
        let refused = bank.payments.balance(user, &pin.into()).await;
        assert!(matches!(refused, Err(PaymentError::BadPin)), "{refused:?}");
    }
}

#[tokio::test]
async fn after_five_wrong_pins_the_right_one_waits_for_the_window_to_pass() {
    let bank = Bank::open(100).await;
    for _ in 0..5 {
        let refused = guess(&bank, ALICE, WRONG).await;
        assert!(matches!(refused, Err(PaymentError::BadPin)));
    }
    let (window, moment) = (Duration::from_mins(15), Duration::from_millis(1));

    let locked = guess(&bank, ALICE, PIN).await;
    bank.clock.advance(window.checked_sub(moment).unwrap());
    let nearly = guess(&bank, ALICE, PIN).await;

    assert!(matches!(locked, Err(PaymentError::TooManyFailures(wait)) if wait == window));
    assert!(matches!(nearly, Err(PaymentError::TooManyFailures(_))));
    assert_eq!(bank.balance(BOB).await, 100);
    bank.clock.advance(moment);
    assert_eq!(bank.balance(ALICE).await, 100);
}

#[tokio::test]
async fn being_right_in_between_gives_no_new_guesses() {
    let bank = Bank::open(100).await;
    for _ in 0..4 {
        guess(&bank, ALICE, WRONG).await.unwrap_err();
    }

    guess(&bank, ALICE, PIN).await.unwrap();
    let fifth = guess(&bank, ALICE, WRONG).await;
    let sixth = guess(&bank, ALICE, WRONG).await;

    assert!(matches!(fifth, Err(PaymentError::BadPin)));
    assert!(matches!(sixth, Err(PaymentError::TooManyFailures(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_guesses_at_once_tell_no_more_than_five_in_a_row() {
    let bank = Bank::open(100).await;
    let guesses = (0..20)
        .map(|_| {
            let pins = Arc::clone(&bank.pins);
            async move { pins.check(ALICE, &WRONG.into()).await }
        })
        .collect();

    let mut told = 0;
    for answer in at_once(guesses).await {
        match answer {
            Err(PaymentError::BadPin) => told += 1,
            Err(PaymentError::TooManyFailures(_)) => {}
            other => panic!("{other:?}"),
        }
    }

    assert_eq!(told, 5);
    let right = guess(&bank, ALICE, PIN).await;
    assert!(matches!(right, Err(PaymentError::TooManyFailures(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_payments_at_once_with_the_right_pin_are_not_failures() {
    let bank = Bank::open(100).await;
    let checks = (0..20)
        .map(|_| {
            let pins = Arc::clone(&bank.pins);
            async move { pins.check(ALICE, &PIN.into()).await }
        })
        .collect();

    for answer in at_once(checks).await {
        answer.unwrap();
    }
}
