//! Several processes agree on a fact.

use stampede_persistence::marker;
use stampede_test_support::TestDb;

#[tokio::test]
async fn sixteen_processes_that_ask_at_once_hear_one_answer() {
    let shop = TestDb::open().await;
    let proposals: Vec<String> = (0..16).map(|n| format!("mark {n}")).collect();

    let asking = proposals
        .iter()
        .map(|proposal| marker::agree(&shop.db, "media", proposal));
    let answers: Vec<String> = futures::future::try_join_all(asking).await.unwrap();

    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(proposals.contains(&answers[0]));
    let later = marker::agree(&shop.db, "media", "too late").await.unwrap();
    assert_eq!(later, answers[0]);
}
