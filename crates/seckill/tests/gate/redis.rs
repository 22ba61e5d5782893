//! What is true of Redis only: it forgets, it is away, it comes back as somebody else.

use std::sync::Arc;

use stampede_seckill::*;
use stampede_test_support::{RedisCluster, RedisServer};

use crate::driver::*;

const WEEK: i64 = 7 * 24 * 3_600_000;
const HOUR: i64 = 3_600_000;

fn driver(server: &RedisServer) -> GateDriver {
    GateDriver::at(Arc::new(RedisGate::at(&server.url()).unwrap()))
}

impl GateDriver {
    /// The key of an epoch.
    fn key(&self, epoch: i64, kind: char) -> String {
        format!("sk:{{{}}}:{epoch}:{kind}", self.sale)
    }

    /// Asks until somebody answers.
    async fn reached(&mut self, epoch: i64) -> Result<Taken, GateError> {
        loop {
            match self.take(epoch, &[claim("t1", 1, 0)]).await {
                Err(GateError::Unreachable(_)) => tokio::task::yield_now().await,
                answered => return answered,
            }
        }
    }
}

fn unreachable<T>(answer: &Result<T, GateError>) -> bool {
    matches!(answer, Err(GateError::Unreachable(_)))
}

#[tokio::test]
async fn keys_live_as_long_as_somebody_may_need_them() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    let life = |key: String| -> i64 { server.cli(&["PTTL", &key]).trim().parse().unwrap() };
    driver.rebuild(1, &Rows::of(1), TERMS).await;
    let ends_at = driver.now(1).await.plus(std::time::Duration::from_hours(1));
    let terms = Terms { ends_at, ..TERMS };

    driver.load(2, Chunk::Left(1)).await;
    for kind in ['s', 'u', 't', 'w'] {
        let life = life(driver.key(2, kind));
        assert!((1..=HOUR).contains(&life), "{kind} is being loaded: {life}");
    }
    assert_eq!(driver.flip(2, (0, 0), terms).await, Flipped::Done(Epoch(1)));
    for kind in ['s', 'u', 't', 'w'] {
        let (old, new) = (life(driver.key(1, kind)), life(driver.key(2, kind)));
        assert!((1..=HOUR).contains(&old), "{kind} is of the past: {old}");
        assert!((WEEK..=WEEK + HOUR).contains(&new), "{kind} is open: {new}");
    }
}

#[tokio::test]
async fn tickets_are_kept_as_their_sixteen_bytes() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let gate = RedisGate::at(&server.url()).unwrap();
    let mut driver = driver(&server);
    driver.rebuild(1, &Rows::of(1), TERMS).await;
    let claim = Claim {
        ticket: TicketId([0, 13, 10, 255, 0, b'|', b'0', 0, 0, 0, 0, 0, 0, 0, 0, 128]),
        ..claim("", 1, 1)
    };

    assert_eq!(driver.verdicts(1, &[claim]).await, [Verdict::Admitted]);

    let books = gate.dump(driver.sale, Epoch(1)).await.unwrap();
    assert_eq!(books.tickets[0].0, claim.ticket);
    assert_eq!(
        driver.open_batches(1).await[&driver.batch()],
        [claim.ticket]
    );
    assert_eq!(driver.verdicts(1, &[claim]).await, [pending(1, 1)]);
}

#[tokio::test]
async fn a_gate_that_lost_a_key_turns_everybody_away() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    for (epoch, kind) in (1..).zip(['s', 'u', 't', 'w']) {
        driver.rebuild(epoch, &Rows::of(3), TERMS).await;
        server.cli(&["DEL", &driver.key(epoch, kind)]);

        let taken = driver.take(epoch, &[claim("t1", 1, 1)]).await;
        assert_eq!(taken, fenced(epoch), "without {kind}");
    }
    driver.rebuild(5, &Rows::of(3), TERMS).await;
    server.cli(&["FLUSHALL"]);
    assert_eq!(driver.take(5, &[claim("t1", 1, 1)]).await, fenced(0));
}

#[tokio::test]
async fn a_gate_that_began_a_new_life_is_fenced_though_it_remembers_everything() {
    let Some(mut server) = RedisServer::start(&["--appendonly", "yes"]) else {
        return;
    };
    let mut driver = driver(&server);
    driver.rebuild(1, &Rows::of(3), TERMS).await;
    driver.take(1, &[claim("t1", 1, 1)]).await.unwrap();

    server.kill();
    server.revive();

    assert_eq!(server.cli(&["HLEN", &driver.key(1, 't')]).trim(), "2");
    assert_eq!(driver.reached(1).await, fenced(1));
    driver.rebuild(2, &Rows::of(3), TERMS).await;
    let verdicts = driver.verdicts(2, &[claim("t1", 1, 1)]).await;
    assert_eq!(verdicts, [Verdict::Admitted]);
}

#[tokio::test]
async fn what_is_lost_while_it_loads_is_not_opened() {
    let Some(mut server) = RedisServer::start(&["--appendonly", "yes"]) else {
        return;
    };
    let mut driver = driver(&server);
    let rows = Rows::of(3).buyer(1, 1).ticket("t1", ordered(1, 1, 1));

    driver.load(1, Chunk::Left(3)).await;
    driver.load(1, Chunk::Buyers(&rows.buyers)).await;
    server.cli(&["FLUSHALL"]);
    driver.load(1, Chunk::Tickets(&rows.tickets)).await;
    assert_eq!(driver.flip(1, (1, 1), TERMS).await, Flipped::Short);

    let before = driver.run_id().await;
    driver.load(2, Chunk::Left(3)).await;
    server.kill();
    server.revive();
    let _ = driver.reached(2).await;
    let flipped = driver.flip_in(before, 2, (0, 0), TERMS).await;
    assert_eq!(flipped, Flipped::Restarted);
}

#[tokio::test]
async fn a_server_that_forgot_the_scripts_learns_them() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    for epoch in 1..3 {
        driver.rebuild(epoch, &Rows::of(1), TERMS).await;
        server.cli(&["SCRIPT", "FLUSH"]);

        let verdicts = driver.verdicts(epoch, &[claim("t1", 1, 1)]).await;
        assert_eq!(verdicts, [Verdict::Admitted]);
        driver.sound(epoch, 1, &["t1"]).await;
    }
}

#[tokio::test]
async fn a_call_that_is_sent_twice_admits_once_and_keeps_its_batch() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    driver.rebuild(1, &Rows::of(1), TERMS).await;
    let (t1, t2) = (claim("t1", 1, 1), claim("t2", 2, 1));
    let verdicts = driver.verdicts(1, &[t1, t2]).await;
    assert_eq!(verdicts, [Verdict::Admitted, Verdict::SoldOut]);

    // Its answer was lost, a unit came back, and the driver sends the call again.
    driver.give(1, &[("t1", UNPAID)]).await.unwrap();
    let batch = Batch {
        id: driver.batch(),
        claims: &[t1, t2],
    };
    let gate = RedisGate::at(&server.url()).unwrap();
    let again = gate.take(driver.sale, Epoch(1), batch).await.unwrap();

    let dead = Verdict::Known(entry(1, 1, EntryState::Ended(UNPAID)));
    assert_eq!(again.verdicts, [dead, Verdict::Admitted]);
    let open = driver.open_batches(1).await;
    assert_eq!(open[&batch.id], [t1.ticket, t2.ticket]);
}

#[tokio::test]
async fn a_gate_may_be_opened_before_its_redis_and_outlive_it() {
    let Some(mut server) = RedisServer::start(&["--appendonly", "yes"]) else {
        return;
    };
    server.kill();
    let mut driver = driver(&server);
    assert!(unreachable(&driver.take(1, &[]).await));

    server.revive();
    assert_eq!(driver.reached(1).await, fenced(0));
    driver.rebuild(1, &Rows::of(1), TERMS).await;
    server.kill();
    assert!(unreachable(&driver.take(1, &[]).await));
    server.revive();
    assert_eq!(driver.reached(1).await, fenced(1));
}

#[tokio::test]
async fn a_redis_that_stands_still_holds_nobody() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    driver.rebuild(1, &Rows::of(1), TERMS).await;

    server.stop();
    assert!(unreachable(&driver.take(1, &[claim("t1", 1, 1)]).await));
    assert!(unreachable(&driver.take(1, &[claim("t1", 1, 1)]).await));
    server.go_on();

    driver.reached(1).await.unwrap();
    let verdicts = driver.verdicts(1, &[claim("t1", 1, 1)]).await;
    // It may have done what it was asked before it stood still.
    assert!(verdicts == [Verdict::Admitted] || verdicts == [pending(1, 1)]);
    driver.sound(1, 1, &["t1"]).await;
}

#[tokio::test]
async fn a_redis_that_was_demoted_is_left_and_found_again() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    driver.rebuild(1, &Rows::of(1), TERMS).await;

    server.cli(&["REPLICAOF", "127.0.0.1", "1"]);
    assert!(unreachable(&driver.take(1, &[claim("t1", 1, 1)]).await));
    server.cli(&["REPLICAOF", "NO", "ONE"]);

    let verdicts = driver.verdicts(1, &[claim("t1", 1, 1)]).await;
    assert_eq!(verdicts, [Verdict::Admitted]);
}

#[tokio::test]
async fn a_redis_that_may_evict_keys_is_named() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let gate = RedisGate::at(&server.url()).unwrap();

    assert_eq!(gate.evicts().await, Ok(false));
    server.cli(&["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"]);
    assert_eq!(gate.evicts().await, Ok(true));
}

#[tokio::test]
async fn one_master_of_a_cluster_that_may_evict_keys_is_named() {
    let Some(cluster) = RedisCluster::start() else {
        return;
    };
    let gate = RedisGate::at(&cluster.url()).unwrap();

    assert_eq!(gate.evicts().await, Ok(false));
    let master = cluster.owner("sk:{42}:m");
    master.cli(&["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"]);
    assert_eq!(gate.evicts().await, Ok(true));
}

#[tokio::test]
async fn a_gate_whose_main_key_is_not_whole_turns_everybody_away_and_can_be_loaded() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    let main = format!("sk:{{{}}}:m", driver.sale);
    let mut epoch = 1;
    for field in ["epoch", "rid", "state", "start", "end", "limit", "gen"] {
        for fault in [
            &["HDEL", &main, field][..],
            &["HSET", &main, field, "-1"],
            &["HSET", &main, field, "x"],
            &["HSET", &main, field, ""],
        ] {
            driver.rebuild(epoch, &Rows::of(3), TERMS).await;
            driver.take(epoch, &[claim("t1", 1, 1)]).await.unwrap();
            let batch = driver.batch();
            server.cli(fault);

            let at = if field == "epoch" { 0 } else { epoch };
            let taken = driver.take(epoch, &[claim("t2", 2, 1)]).await;
            assert_eq!(taken, fenced(at), "{fault:?}");
            assert_eq!(
                driver.give(epoch, &[("t1", UNPAID)]).await,
                fenced(at),
                "{fault:?}"
            );
            let done = driver.done(epoch, batch, &[("t1", Some(1))]).await;
            assert_eq!(done, fenced(at), "{fault:?}");
            epoch += 1;
        }
    }
    server.cli(&["SET", &main, "x"]);
    assert_eq!(driver.take(epoch, &[claim("t1", 1, 1)]).await, fenced(0));
    assert_eq!(
        driver.rebuild(epoch, &Rows::of(3), TERMS).await,
        Flipped::Done(Epoch(0))
    );
    driver.sound(epoch, 3, &[]).await;
}

#[tokio::test]
async fn units_are_not_given_back_to_a_gate_that_has_lost_what_it_counts() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let mut driver = driver(&server);
    let mut epoch = 1;
    for kind in ['s', 'u', 't'] {
        for fault in ["DEL", "SET"] {
            driver.rebuild(epoch, &Rows::of(3), TERMS).await;
            driver.take(epoch, &[claim("t1", 1, 1)]).await.unwrap();
            let key = driver.key(epoch, kind);
            let words = [fault, &key, "x"];
            server.cli(&words[..if fault == "DEL" { 2 } else { 3 }]);

            let given = driver.give(epoch, &[("t1", UNPAID)]).await;
            assert_eq!(given, fenced(epoch), "{fault} {kind}");
            let taken = driver.take(epoch, &[claim("t2", 2, 1)]).await;
            assert_eq!(taken, fenced(epoch), "{fault} {kind}");
            epoch += 1;
        }
    }
    // A buyer's count that is none, and a ticket that is none.
    driver.rebuild(epoch, &Rows::of(3), TERMS).await;
    driver.take(epoch, &[claim("t1", 1, 1)]).await.unwrap();
    server.cli(&["HSET", &driver.key(epoch, 'u'), "1", "x"]);
    assert_eq!(
        driver.give(epoch, &[("t1", UNPAID)]).await,
        Ok(vec![Given::Unknown])
    );
    assert_eq!(
        driver.take(epoch, &[claim("t3", 1, 1)]).await,
        fenced(epoch)
    );
}
