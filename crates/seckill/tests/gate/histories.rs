//! Random histories against a ledger so plain that it can be read at a glance.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use stampede_kernel::UserId;
use stampede_seckill::*;

use crate::driver::*;

const TICKETS: usize = 25;
const USERS: i64 = 8;

#[derive(Debug, Clone)]
enum Step {
    Take(Vec<(usize, i64, i64)>),
    Done(usize),
    Give(usize),
}

fn step(limit: i64) -> impl Strategy<Value = Step> {
    let claims = prop::collection::vec((0..TICKETS, 1..=USERS, 0..=limit), 1..9);
    prop_oneof![
        6 => claims.prop_map(Step::Take),
        2 => (0..TICKETS).prop_map(Step::Done),
        2 => (0..TICKETS).prop_map(Step::Give),
    ]
}

fn history() -> impl Strategy<Value = (i64, i64, Vec<Step>)> {
    let sizes = prop_oneof![Just((3, 1)), Just((6, 2)), Just((20, 3))];
    sizes.prop_flat_map(|(total, limit)| {
        let steps = prop::collection::vec(step(limit), 1..120);
        (Just(total), Just(limit), steps)
    })
}

fn name(number: usize) -> String {
    format!("t{number}")
}

/// What should happen, one claim at a time.
struct Plain {
    left: i64,
    limit: i64,
    has: HashMap<i64, i64>,
    tickets: HashMap<usize, Entry>,
}

impl Plain {
    fn take(&mut self, (number, user, units): (usize, i64, i64)) -> Verdict {
        let has = self.has.get(&user).copied().unwrap_or(0);
        if let Some(entry) = self.tickets.get(&number) {
            Verdict::Known(*entry)
        } else if has + units > self.limit {
            Verdict::OverLimit
        } else if units > self.left {
            Verdict::SoldOut
        } else {
            if units > 0 {
                self.left -= units;
                self.has.insert(user, has + units);
                let Verdict::Known(entry) = pending(user, units) else {
                    unreachable!()
                };
                self.tickets.insert(number, entry);
            }
            Verdict::Admitted
        }
    }

    fn done(&mut self, number: usize) -> usize {
        match self.tickets.get_mut(&number) {
            Some(entry) if matches!(entry.state, EntryState::Pending { .. }) => {
                entry.state = EntryState::Ordered(order(1));
                1
            }
            _ => 0,
        }
    }

    fn give(&mut self, number: usize) -> Given {
        match self.tickets.get_mut(&number) {
            None => Given::Unknown,
            Some(entry) if matches!(entry.state, EntryState::Ended(_)) => Given::Before,
            Some(entry) => {
                entry.state = EntryState::Ended(UNPAID);
                self.left += entry.units;
                *self.has.get_mut(&entry.user.0).unwrap() -= entry.units;
                Given::Now
            }
        }
    }
}

async fn play(driver: &mut GateDriver, total: i64, limit: i64, steps: &[Step]) {
    let terms = Terms { limit, ..TERMS };
    driver.rebuild(1, &Rows::of(total), terms).await;
    let mut plain = Plain {
        left: total,
        limit,
        has: HashMap::new(),
        tickets: HashMap::new(),
    };
    for step in steps {
        match step {
            Step::Take(claims) => {
                let asked: Vec<_> = claims
                    .iter()
                    .map(|(number, user, units)| claim(&name(*number), *user, *units))
                    .collect();
                let expected: Vec<_> = claims.iter().map(|claim| plain.take(*claim)).collect();
                let taken = driver.take(1, &asked).await.unwrap();
                assert_eq!((taken.verdicts, taken.left), (expected, plain.left));
            }
            Step::Done(number) => {
                let expected = plain.done(*number);
                let done = driver
                    .done(1, driver.batch(), &[(&name(*number), Some(1))])
                    .await;
                assert_eq!(done.unwrap().0, expected);
            }
            Step::Give(number) => {
                let expected = plain.give(*number);
                let given = driver.give(1, &[(&name(*number), UNPAID)]).await;
                assert_eq!(given, Ok(vec![expected]));
            }
        }
    }
    let names: Vec<_> = (0..TICKETS).map(name).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    driver.sound(1, total, &names).await;
    let books = driver.dump(1).await;
    assert_eq!(books.left, plain.left);
    let has = plain.has.into_iter();
    let has: BTreeMap<_, _> = has.map(|(user, units)| (UserId(user), units)).collect();
    assert_eq!(books.buyers.into_iter().collect::<BTreeMap<_, _>>(), has);
    let tickets = plain.tickets.into_iter();
    let tickets = tickets.map(|(number, entry)| (ticket(&name(number)), entry));
    let tickets: BTreeMap<_, _> = tickets.collect();
    assert_eq!(books.tickets.len(), tickets.len());
    for (id, entry) in books.tickets {
        assert_eq!(Some(&entry), tickets.get(&id));
    }
}

#[test]
fn any_history_is_answered_as_the_plain_ledger_says() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    let gates = gates();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let played = TestRunner::new(config).run(&history(), |(total, limit, steps)| {
        for gate in &gates {
            let mut driver = GateDriver::at(Arc::clone(gate));
            runtime.block_on(play(&mut driver, total, limit, &steps));
        }
        Ok(())
    });
    played.unwrap_or_else(|error| panic!("{error}"));
}
