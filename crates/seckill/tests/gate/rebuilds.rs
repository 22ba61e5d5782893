//! The next epoch takes the place of the one before, and nothing older counts.

use stampede_seckill::*;

use crate::driver::*;

#[tokio::test]
async fn while_the_next_epoch_loads_this_one_sells_on_and_that_one_is_shut() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(5), TERMS).await;
        driver.load(2, Chunk::Left(4)).await;

        assert_eq!(
            driver.verdicts(1, &[claim("t1", 1, 1)]).await,
            [Verdict::Admitted]
        );
        assert_eq!(driver.take(2, &[claim("t2", 2, 1)]).await, fenced(1));
        assert_eq!(driver.give(2, &[("t1", UNPAID)]).await, fenced(1));
        assert_eq!(
            driver.done(0, driver.batch(), &[("t1", Some(1))]).await,
            fenced(1)
        );
        driver.sound(1, 5, &["t1", "t2"]).await;
    }
}

#[tokio::test]
async fn an_epoch_that_is_not_whole_does_not_open() {
    for gate in gates() {
        let driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(5), TERMS).await;
        let rows = Rows::of(4).buyer(1, 1).ticket("t1", ordered(1, 1, 1));

        assert_eq!(
            driver.flip(2, (1, 1), TERMS).await,
            Flipped::Short,
            "nothing"
        );
        driver.load(2, Chunk::Buyers(&rows.buyers)).await;
        driver.load(2, Chunk::Tickets(&rows.tickets)).await;
        assert_eq!(
            driver.flip(2, (1, 1), TERMS).await,
            Flipped::Short,
            "no units"
        );
        driver.load(2, Chunk::Left(4)).await;
        assert_eq!(
            driver.flip(2, (2, 1), TERMS).await,
            Flipped::Short,
            "a buyer short"
        );
        assert_eq!(
            driver.flip(2, (1, 2), TERMS).await,
            Flipped::Short,
            "a ticket short"
        );
        assert_eq!(driver.flip(2, (1, 1), TERMS).await, Flipped::Done(Epoch(1)));
    }
}

#[tokio::test]
async fn a_loader_that_slept_wakes_up_and_harms_nobody() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(5), TERMS).await;
        driver.load(2, Chunk::Left(5)).await;
        let rows = Rows::of(3).buyer(1, 1).buyer(8, 0);
        let lost = entry(
            8,
            1,
            EntryState::Ended(TicketEnd::Refused(TicketRefusal::Lost)),
        );
        let rows = rows.ticket("t1", ordered(1, 1, 1)).ticket("tz", lost);
        assert_eq!(
            driver.rebuild(3, &rows, TERMS).await,
            Flipped::Done(Epoch(1))
        );

        driver.load(2, Chunk::Left(99)).await;
        assert_eq!(
            driver.flip(2, (0, 0), TERMS).await,
            Flipped::Overtaken(Epoch(3))
        );
        driver.load(3, Chunk::Left(99)).await;
        assert_eq!(
            driver.flip(3, (2, 2), TERMS).await,
            Flipped::Overtaken(Epoch(3))
        );

        let claims = [claim("t2", 2, 1), claim("t1", 1, 1), claim("tz", 8, 1)];
        let taken = driver.take(3, &claims).await.unwrap();
        let known = [Verdict::Known(ordered(1, 1, 1)), Verdict::Known(lost)];
        assert_eq!(taken.verdicts[0], Verdict::Admitted);
        assert_eq!(taken.verdicts[1..], known);
        assert_eq!(taken.left, 2);
        assert_eq!(driver.take(1, &[claim("t3", 3, 1)]).await, fenced(3));
        assert_eq!(driver.give(1, &[("t1", UNPAID)]).await, fenced(3));
    }
}

#[tokio::test]
async fn what_was_admitted_and_not_committed_is_taken_again_after_a_rebuild() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        driver.rebuild(1, &Rows::of(1), TERMS).await;
        driver.take(1, &[claim("t1", 1, 1)]).await.unwrap();

        driver.rebuild(2, &Rows::of(1), TERMS).await;

        assert!(driver.open_batches(2).await.is_empty());
        let verdicts = driver
            .verdicts(2, &[claim("t1", 1, 1), claim("t2", 2, 1)])
            .await;
        assert_eq!(verdicts, [Verdict::Admitted, Verdict::SoldOut]);
        driver.sound(2, 1, &["t1", "t2"]).await;
    }
}

#[tokio::test]
async fn a_part_may_come_in_slices_and_again() {
    for gate in gates() {
        let mut driver = GateDriver::at(gate);
        let rows = Rows::of(3).buyer(1, 1).buyer(2, 1);
        driver.load(1, Chunk::Left(3)).await;
        driver.load(1, Chunk::Buyers(&rows.buyers[..1])).await;
        driver.load(1, Chunk::Buyers(&rows.buyers)).await;

        assert_eq!(driver.flip(1, (2, 0), TERMS).await, Flipped::Done(Epoch(0)));

        let verdicts = driver
            .verdicts(1, &[claim("a", 1, 1), claim("b", 3, 1)])
            .await;
        assert_eq!(verdicts, [Verdict::OverLimit, Verdict::Admitted]);
    }
}

#[tokio::test]
async fn how_far_a_load_has_come_is_seen_from_its_units_on() {
    for gate in gates() {
        let driver = GateDriver::at(gate);
        let rows = Rows::of(3).buyer(1, 1).buyer(2, 0);
        assert_eq!(driver.loaded(1).await, None);

        driver.load(1, Chunk::Left(3)).await;
        let begun = driver.loaded(1).await;
        driver.load(1, Chunk::Buyers(&rows.buyers)).await;
        let more = driver.loaded(1).await;

        assert!(begun.is_some() && begun < more, "{begun:?} {more:?}");
        assert_eq!(driver.loaded(2).await, None);
    }
}
