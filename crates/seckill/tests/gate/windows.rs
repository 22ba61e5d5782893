//! When a sale is on, and how much of it one buyer gets.

use std::time::Duration;

use stampede_seckill::*;

use crate::driver::*;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn outside_the_window_only_tickets_that_exist_are_answered() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(3), TERMS).await;
        let now = driver.now(1).await;
        let (before, after) = (now.minus(HOUR), now.plus(HOUR));
        let early = Terms {
            starts_at: after,
            ..TERMS
        };
        let late = Terms {
            starts_at: before,
            ends_at: now,
            ..TERMS
        };
        let resting = Terms {
            admission: Admission::Paused,
            starts_at: after,
            ..TERMS
        };
        let cases = [
            (2, early, Verdict::NotStarted),
            (3, late, Verdict::Ended),
            (4, resting, Verdict::Paused),
        ];
        for (epoch, terms, verdict) in cases {
            let rows = Rows::of(3).buyer(1, 1).ticket("t1", ordered(1, 1, 1));
            driver.rebuild(epoch, &rows, terms).await;
            let claims = [claim("t2", 2, 1), claim("t3", 1, 1), claim("t1", 1, 1)];
            let known = Verdict::Known(ordered(1, 1, 1));
            assert_eq!(
                driver.verdicts(epoch, &claims).await,
                [verdict, verdict, known]
            );
        }
    }
}

#[tokio::test]
async fn the_gate_tells_the_time_by_which_it_judges_also_of_a_sale_that_is_not_loaded() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate.clone());
        let before = gate.now(driver.sale).await.unwrap();
        driver.rebuild(1, &Rows::of(3), TERMS).await;
        let judged = driver.now(1).await;
        let after = gate.now(driver.sale).await.unwrap();

        assert!(
            before <= judged && judged <= after,
            "{before:?} {judged:?} {after:?}"
        );
    }
}

#[tokio::test]
async fn the_first_instant_is_in_and_the_last_one_is_out() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(3), TERMS).await;
        let now = driver.now(1).await;
        let from_now = Terms {
            starts_at: now,
            ends_at: now.plus(HOUR),
            ..TERMS
        };
        driver.rebuild(2, &Rows::of(3), from_now).await;
        assert_eq!(
            driver.verdicts(2, &[claim("t1", 1, 1)]).await,
            [Verdict::Admitted]
        );
        let until_now = Terms {
            ends_at: now,
            ..TERMS
        };
        driver.rebuild(3, &Rows::of(3), until_now).await;
        assert_eq!(
            driver.verdicts(3, &[claim("t1", 1, 1)]).await,
            [Verdict::Ended]
        );
    }
}

#[tokio::test]
async fn more_than_is_left_is_sold_out_for_who_asks_and_not_for_the_next() {
    let three = Terms { limit: 3, ..TERMS };
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(2), three).await;

        let claims = [claim("t1", 1, 3), claim("t2", 2, 2), claim("t3", 3, 1)];
        let verdicts = driver.verdicts(1, &claims).await;
        assert_eq!(
            verdicts,
            [Verdict::SoldOut, Verdict::Admitted, Verdict::SoldOut]
        );
        let limit = driver.verdicts(1, &[claim("t4", 2, 2)]).await;
        assert_eq!(limit, [Verdict::OverLimit], "limit beats stock");
        driver.sound(1, 2, &["t1", "t2", "t3", "t4"]).await;
    }
}

#[tokio::test]
async fn a_limit_of_two_counts_units_across_batches_returns_and_rebuilds() {
    let two = Terms { limit: 2, ..TERMS };
    let (yes, no) = (Verdict::Admitted, Verdict::OverLimit);
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(9), two).await;
        let claims = ["t1", "t2", "t3"].map(|name| claim(name, 1, 1));
        assert_eq!(driver.verdicts(1, &claims).await, [yes, yes, no]);
        driver.give(1, &[("t1", UNPAID)]).await.unwrap();
        let claims = ["t3", "t4"].map(|name| claim(name, 1, 1));
        assert_eq!(driver.verdicts(1, &claims).await, [yes, no]);
        driver.sound(1, 9, &["t1", "t2", "t3", "t4"]).await;

        driver.rebuild(2, &Rows::of(9).buyer(1, 1), two).await;
        let claims = [claim("a", 1, 2), claim("b", 1, 1), claim("c", 1, 1)];
        assert_eq!(driver.verdicts(2, &claims).await, [no, yes, no]);
    }
}

#[tokio::test]
async fn a_large_batch_is_one_call() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(600), TERMS).await;
        let names: Vec<_> = (0..512).map(|number| format!("k{number}")).collect();
        let claims: Vec<_> = (1..)
            .zip(&names)
            .map(|(user, name)| claim(name, user, 1))
            .collect();

        assert_eq!(
            driver.verdicts(1, &claims).await,
            vec![Verdict::Admitted; 512]
        );

        let orders: Vec<_> = (0..)
            .zip(&names)
            .map(|(n, name)| (name.as_str(), Some(n)))
            .collect();
        assert_eq!(
            driver.done(1, driver.batch(), &orders).await,
            Ok((512, true))
        );
        let ends: Vec<_> = names.iter().map(|name| (name.as_str(), UNPAID)).collect();
        assert_eq!(driver.give(1, &ends).await, Ok(vec![Given::Now; 512]));
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        driver.sound(1, 600, &names).await;
    }
}
