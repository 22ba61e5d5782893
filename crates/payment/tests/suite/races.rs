//! Money stays whole when many move it at once. `STAMPEDE_RACE_ROUNDS` says how often.

use stampede_payment::*;

use crate::bank::*;

/// Nothing is asked again here: wallets are taken in one order, so that even
/// transfers in opposite directions only wait for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transfers_in_opposite_directions_all_arrive_and_none_crosses_another() {
    let bank = Bank::open(1_000).await;
    let (alice, bob) = (Account::User(ALICE), Account::User(BOB));
    for _ in 0..rounds() {
        let tasks = (0..8)
            .map(|i| {
                let db = bank.db().clone();
                let (from, to) = if i % 2 == 0 {
                    (alice, bob)
                } else {
                    (bob, alice)
                };
                async move { shift(&db, from, to, money(7 + i % 2)).await }
            })
            .collect();

        for answer in at_once(tasks).await {
            answer.unwrap();
        }
        bank.sound().await;
    }

    // Each round Alice gives 4 × 7 and gets 4 × 8.
    let won = 4 * i64::try_from(rounds()).unwrap();
    assert_eq!(bank.balance(ALICE).await, 1_000 + won);
    assert_eq!(bank.balance(BOB).await, 1_000 - won);
}
