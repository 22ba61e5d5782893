//! Any sequence of commands leaves wallets, shelf, carts and orders as a small
//! model in memory says, and is answered as it says. `STAMPEDE_SEQUENCES` says
//! how many sequences; `PROPTEST_RNG_SEED` makes them those of an earlier run.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::test_runner::{Config, TestRunner};
use proptest_state_machine::ReferenceStateMachine;
use stampede_test_support::sequences;

use asks::Model;
use fixture::Fixture;
use model::{Ask, World};

mod asks;
mod fixture;
mod model;

/// Sequences between two audits, which read everything that earlier ones left.
const AUDIT_EVERY: usize = 100;

#[test]
fn whatever_is_asked_for_the_shop_does_what_the_model_does() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let _inside = runtime.enter();
    let fixture = tokio::sync::Mutex::new(runtime.block_on(Fixture::open()));
    let played = AtomicUsize::new(1);
    let mut runner = TestRunner::new(Config {
        cases: sequences().try_into().unwrap(),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    });

    let outcome = runner.run(&Model::sequential_strategy(1..30), |(world, asks, seen)| {
        runtime.block_on(async {
            let mut fixture = fixture.lock().await;
            play(&mut fixture, world, &asks, seen.as_deref()).await;
            if played
                .fetch_add(1, Ordering::Relaxed)
                .is_multiple_of(AUDIT_EVERY)
            {
                fixture.sound().await;
            }
        });
        Ok(())
    });

    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    runtime.block_on(async { fixture.lock().await.sound().await });
}

/// Asks the model and the shop for one thing after the other and compares.
async fn play(fixture: &mut Fixture, mut world: World, asks: &[Ask], seen: Option<&AtomicUsize>) {
    let mut play = fixture.play(&world).await;
    play.compare(&world).await;
    for ask in asks {
        // Commands that were not reached are the first that shrinking drops.
        if let Some(seen) = seen {
            seen.fetch_add(1, Ordering::Relaxed);
        }
        world = Model::apply(world, ask);
        assert_eq!(play.serve(ask).await, world.said, "the answer to {ask:?}");
        play.compare(&world).await;
    }
}
