//! Any history leaves exact books: claims at two gateways before one gate, orders
//! that end, edits, gateways that die, a gate that forgets. `STAMPEDE_SEQUENCES`
//! says how many; `PROPTEST_RNG_SEED` makes them those of an earlier run.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use stampede_kernel::{OrderId, SaleId};
use stampede_order::{Expiry, OrderService};
use stampede_seckill::*;
use stampede_test_support::sequences;

use crate::fixture::*;
use crate::frail::FrailGate;

const BUYERS: usize = 4;
/// Each history opens a shop of its own, which takes longer than the history.
const MOST: usize = 1_000;

/// Somebody claims at a gateway, under a key of theirs or without one.
#[derive(Debug, Clone, Copy)]
struct Ask {
    gateway: usize,
    buyer: usize,
    units: i64,
    key: Option<u8>,
}

#[derive(Debug, Clone)]
enum Step {
    /// All at once.
    Claim(Vec<Ask>),
    /// The gateway dies before the gate's verdict arrives.
    ClaimAndDie(Ask),
    /// One of the orders so far.
    Cancel(prop::sample::Index),
    /// All unpaid orders run out of time.
    Expire,
    /// The jobs that give units back to the gate run.
    Give,
    LoseGate,
    Resize(i64),
    Pause,
    Resume,
    LookAfter(usize),
}

fn ask(key: impl Strategy<Value = Option<u8>>) -> impl Strategy<Value = Ask> {
    let ask = (0..2_usize, 0..BUYERS, 1..=2_i64, key);
    ask.prop_map(|(gateway, buyer, units, key)| Ask {
        gateway,
        buyer,
        units,
        key,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let anyhow = || ask(prop::option::of(0..3_u8));
    prop_oneof![
        6 => prop::collection::vec(anyhow(), 1..6).prop_map(Step::Claim),
        1 => ask((0..3_u8).prop_map(Some)).prop_map(Step::ClaimAndDie),
        3 => any::<prop::sample::Index>().prop_map(Step::Cancel),
        1 => Just(Step::Expire),
        2 => Just(Step::Give),
        1 => Just(Step::LoseGate),
        2 => (1..8_i64).prop_map(Step::Resize),
        1 => Just(Step::Pause),
        2 => Just(Step::Resume),
        1 => (0..2_usize).prop_map(Step::LookAfter),
    ]
}

/// A sale, and what its buyers have been told.
struct Play {
    fixture: Fixture,
    gate: Arc<FrailGate>,
    other: Gateway,
    sale: SaleId,
    buyers: Vec<Buyer>,
    orders: Vec<(Buyer, OrderId)>,
    /// The orders that keys have won.
    won: HashMap<(usize, u8), OrderId>,
    /// Claims whose answer nobody has heard.
    unheard: Vec<Ask>,
}

impl Play {
    async fn open(total: i64, limit: i64) -> Self {
        let mut fixture = Fixture::open().await;
        let gate = Arc::new(FrailGate::new(fixture.clock.clone()));
        fixture.open = fixture.gateway(gate.clone(), patient());
        Self {
            other: fixture.gateway(gate.clone(), patient()),
            sale: fixture.sale(total, limit).await,
            buyers: fixture.buyers(BUYERS).await,
            orders: Vec::new(),
            won: HashMap::new(),
            unheard: Vec::new(),
            gate,
            fixture,
        }
    }

    fn gateway(&self, number: usize) -> &Gateway {
        [&self.fixture.open, &self.other][number]
    }

    async fn go(&mut self, step: Step) {
        let sales = self.fixture.open.sales.clone();
        match step {
            Step::Claim(asks) => self.claim(asks).await,
            Step::ClaimAndDie(ask) => self.claim_and_die(ask).await,
            Step::Cancel(index) if !self.orders.is_empty() => {
                let (buyer, order) = *index.get(&self.orders);
                // Refused if it has ended before.
                let _ = self.fixture.open.orders.cancel(buyer.id, order).await;
            }
            Step::Cancel(_) => {}
            Step::Expire => {
                self.fixture.clock.advance(Duration::from_mins(15));
                let expiry = Expiry::new(self.fixture.open.orders.clone());
                expiry.run_due().await.unwrap();
            }
            Step::Give => self.fixture.give().await,
            Step::LoseGate => self.gate.lose(),
            Step::Resize(total) => {
                let change = SaleChange {
                    total: Some(total),
                    ..SaleChange::default()
                };
                allowed(sales.change(ADMIN, self.sale, change).await);
            }
            Step::Pause => allowed(sales.pause(ADMIN, self.sale).await),
            Step::Resume => allowed(sales.resume(ADMIN, self.sale).await),
            Step::LookAfter(number) => self.gateway(number).sales.maintain().await,
        }
    }

    fn wants(&self, ask: Ask) -> NewClaim {
        let key = ask.key.map(|key| key.to_string());
        wants(self.sale, self.buyers[ask.buyer], ask.units, key.as_deref())
    }

    async fn claim(&mut self, asks: Vec<Ask>) {
        let claims = asks.iter().map(|ask| {
            let claim = self.wants(*ask);
            self.gateway(ask.gateway).sales.claim(claim)
        });
        let answers = futures::future::join_all(claims).await;
        for (ask, answer) in asks.into_iter().zip(answers) {
            self.hear(ask, answer).await;
        }
    }

    /// What a client notes: a won key stays won, by the same order.
    async fn hear(&mut self, ask: Ask, answer: Result<Claimed, SaleError>) {
        let buyer = self.buyers[ask.buyer];
        match answer {
            Ok(Claimed::Won { order, .. }) => {
                let before = ask
                    .key
                    .and_then(|key| self.won.insert((ask.buyer, key), order.id));
                assert!(before.is_none_or(|before| before == order.id), "{ask:?}");
                self.orders.push((buyer, order.id));
            }
            Ok(Claimed::Pending(ticket)) => {
                let sales = &self.fixture.open.sales;
                let status = || async {
                    let ticket = sales.ticket(buyer.id, self.sale, ticket.id).await;
                    ticket.unwrap().status
                };
                while status().await == TicketStatus::Pending {
                    tokio::task::yield_now().await;
                }
            }
            Err(SaleError::Busy) => self.unheard.push(ask),
            other => assert!(
                !matches!(ending(&other), "error" | "not found"),
                "{other:?}"
            ),
        }
    }

    /// The gate may have admitted the claim, and nobody knows; a new process takes
    /// the place of the dead one.
    async fn claim_and_die(&mut self, ask: Ask) {
        let gate = self.gate.clone();
        let verdicts = gate.verdicts.lock().await;
        let dying = self.gateway(ask.gateway).clone();
        let (claim, sales) = (self.wants(ask), dying.sales.clone());
        let claiming = tokio::spawn(async move { sales.claim(claim).await });
        while !claiming.is_finished() && gate.asked() == 0 {
            tokio::task::yield_now().await;
        }
        dying.die();
        claiming.abort();
        drop(verdicts);
        let born = self.fixture.gateway(gate, patient());
        *[&mut self.fixture.open, &mut self.other][ask.gateway] = born;
        self.unheard.push(ask);
    }

    /// Whoever heard nothing asks again; what keys have won is still theirs. A
    /// sold-out mark may be older than a win at the other gateway, for as long as
    /// nobody asks the gate.
    async fn end(mut self) {
        while let Some(ask) = self.unheard.pop() {
            self.claim(vec![ask]).await;
        }
        for ((buyer, key), order) in self.won.clone() {
            let ask = Ask {
                gateway: 0,
                buyer,
                units: 1,
                key: Some(key),
            };
            self.fixture.clock.advance(Duration::from_millis(250));
            match self.fixture.open.sales.claim(self.wants(ask)).await {
                // The key was won with another number of units.
                Err(SaleError::KeyReused) => {}
                other => assert_eq!(won(other).0.id, order),
            }
        }
        // The sale may be over by now, and is closed before the books are compared.
        self.fixture.open.sales.maintain().await;
        self.fixture.sound(self.sale).await;
    }
}

/// An edit may be refused; it must not fail.
fn allowed(edited: Result<Sale, SaleError>) {
    match edited {
        Ok(_) | Err(SaleError::BelowTaken | SaleError::Over) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn any_history_leaves_exact_books() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let mut runner = TestRunner::new(Config {
        cases: sequences().min(MOST).try_into().unwrap(),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    });
    let history = (1..6_i64, 1..3_i64, prop::collection::vec(step(), 1..25));

    let outcome = runner.run(&history, |(total, limit, steps)| {
        runtime.block_on(async {
            let mut play = Play::open(total, limit).await;
            for step in steps {
                play.go(step).await;
            }
            play.end().await;
        });
        Ok(())
    });

    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
