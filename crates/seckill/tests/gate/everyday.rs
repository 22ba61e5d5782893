//! A sale from its first claim to the last unit, and back.

use stampede_kernel::UserId;
use stampede_seckill::*;

use crate::driver::*;

#[tokio::test]
async fn a_cold_gate_turns_everybody_away() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);

        assert_eq!(driver.take(1, &[claim("t1", 1, 1)]).await, fenced(0));
        assert_eq!(
            driver.done(1, driver.batch(), &[("t1", Some(1))]).await,
            fenced(0)
        );
        assert_eq!(driver.give(1, &[("t1", UNPAID)]).await, fenced(0));
    }
}

#[tokio::test]
async fn a_batch_is_judged_claim_after_claim() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(5), TERMS).await;

        let claims = [
            claim("t1", 1, 1),
            claim("t2", 1, 1),
            claim("t1", 1, 1),
            claim("t3", 2, 2),
            claim("t4", 2, 1),
        ];
        let before = driver.now(1).await;
        let taken = driver.take(1, &claims).await.unwrap();
        let open = driver.open_batches(1).await;
        assert_eq!(open[&driver.batch()], [ticket("t1"), ticket("t4")]);

        assert!((before..=driver.now(1).await).contains(&taken.now));
        assert_eq!((taken.generation, taken.left), (0, 3));
        let verdicts = [
            Verdict::Admitted,
            Verdict::OverLimit,
            pending(1, 1),
            Verdict::OverLimit,
            Verdict::Admitted,
        ];
        assert_eq!(taken.verdicts, verdicts);
        driver.sound(1, 5, &["t1", "t2", "t3", "t4"]).await;
    }
}

#[tokio::test]
async fn who_only_asks_changes_nothing() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(1), TERMS).await;
        driver.take(1, &[claim("t1", 1, 1)]).await.unwrap();

        let asked = driver
            .verdicts(1, &[claim("t1", 1, 0), claim("t9", 9, 0)])
            .await;

        assert_eq!(asked, [pending(1, 1), Verdict::Admitted]);
        assert_eq!(driver.known(1).await, [UserId(1)].into());
        let again = driver.verdicts(1, &[claim("t9", 9, 0)]).await;
        assert_eq!(again, [Verdict::Admitted], "the ticket was not made");
    }
}

#[tokio::test]
async fn when_all_is_sold_a_winner_hears_of_their_ticket_and_a_stranger_that_it_is_over() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(2), TERMS).await;
        let rush: Vec<_> = (1..=4)
            .map(|user| claim(&format!("t{user}"), user, 1))
            .collect();

        let (win, late) = (Verdict::Admitted, Verdict::SoldOut);
        assert_eq!(driver.verdicts(1, &rush).await, [win, win, late, late]);
        let after = [claim("new", 1, 1), claim("t1", 1, 1), claim("other", 77, 1)];
        let verdicts = [Verdict::OverLimit, pending(1, 1), Verdict::SoldOut];
        assert_eq!(driver.verdicts(1, &after).await, verdicts);
        driver.sound(1, 2, &["t1", "t2", "t3", "t4"]).await;
    }
}

#[tokio::test]
async fn a_batch_is_done_when_none_of_its_tickets_is_pending() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(5), TERMS).await;
        driver
            .take(1, &[claim("t1", 1, 1), claim("t2", 2, 1)])
            .await
            .unwrap();
        let batch = driver.batch();

        let part = driver
            .done(1, batch, &[("t1", Some(1)), ("t2", None)])
            .await;
        assert_eq!(part, Ok((1, false)));
        assert_eq!(
            driver.done(1, batch, &[("t1", Some(1))]).await,
            Ok((0, false))
        );
        let rest = driver
            .done(1, batch, &[("t1", Some(1)), ("t2", Some(2))])
            .await;
        assert_eq!(rest, Ok((1, true)));
        let twice = driver
            .done(1, batch, &[("t1", Some(1)), ("t2", Some(2))])
            .await;
        assert_eq!(twice, Ok((0, false)));

        assert!(driver.open_batches(1).await.is_empty());
        let settled = driver.verdicts(1, &[claim("t1", 1, 1)]).await;
        assert_eq!(settled, [Verdict::Known(ordered(1, 1, 1))]);
        driver.sound(1, 5, &["t1", "t2"]).await;
    }
}

#[tokio::test]
async fn units_come_back_once_and_their_buyer_may_buy_again_under_another_key() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(2), TERMS).await;
        driver
            .take(1, &[claim("t1", 1, 1), claim("t2", 2, 1)])
            .await
            .unwrap();
        driver
            .done(1, driver.batch(), &[("t1", Some(1))])
            .await
            .unwrap();

        let first = driver.give(1, &[("t1", UNPAID), ("t2", NO_ADDRESS), ("t9", UNPAID)]);
        assert_eq!(
            first.await,
            Ok(vec![Given::Now, Given::Now, Given::Unknown])
        );
        let again = driver.give(1, &[("t1", UNPAID), ("t2", UNPAID)]).await;
        assert_eq!(again, Ok(vec![Given::Before, Given::Before]));
        let late = driver.done(1, driver.batch(), &[("t2", Some(2))]).await;
        assert_eq!(
            late.map(|(tickets, _)| tickets),
            Ok(0),
            "what is over stays over"
        );

        assert_eq!(driver.known(1).await, [UserId(1), UserId(2)].into());
        let taken = driver
            .take(1, &[claim("t1", 1, 1), claim("t3", 1, 1)])
            .await
            .unwrap();
        let dead = Verdict::Known(entry(1, 1, EntryState::Ended(UNPAID)));
        assert_eq!(taken.verdicts, [dead, Verdict::Admitted]);
        assert_eq!(
            (taken.generation, taken.left),
            (1, 1),
            "one call, one generation"
        );
        driver.sound(1, 2, &["t1", "t2", "t3"]).await;
    }
}
