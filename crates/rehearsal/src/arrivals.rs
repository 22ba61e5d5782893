//! The arrival plan: which user claims when, fixed before the first claim.

use std::time::Duration;

use stampede_catalog::bulk::SeededRandom;

/// One user in so many sends one claim more than the limit allows, at once.
const GREEDY_ONE_IN: u32 = 10;

/// The claims of a rehearsal, in their order.
#[derive(Debug)]
pub(crate) struct Arrivals {
    /// Index of the user of each claim.
    who: Vec<u32>,
    per_second: u32,
}

impl Arrivals {
    /// Every user claims as often as the limit allows, one unit each time, in an order that
    /// depends on `seed` only; some send one claim more.
    pub(crate) fn plan(users: u32, limit: u32, per_second: u32, seed: i64) -> Self {
        let mut visits: Vec<_> = (0..users)
            .flat_map(|user| (1..=limit).map(move |nth| (user, nth)))
            .collect();
        shuffle(&mut visits, &mut SeededRandom::of(seed));
        let who = visits.into_iter().flat_map(|(user, nth)| {
            let greedy = nth == limit && user % GREEDY_ONE_IN == GREEDY_ONE_IN - 1;
            std::iter::repeat_n(user, if greedy { 2 } else { 1 })
        });
        Self {
            who: who.collect(),
            per_second,
        }
    }

    /// Number of claims.
    pub(crate) fn len(&self) -> usize {
        self.who.len()
    }

    /// Whose claim this is.
    pub(crate) fn who(&self, place: usize) -> usize {
        self.who
            .get(place)
            .map_or(0, |user| usize::try_from(*user).unwrap_or(usize::MAX))
    }

    /// Time of a claim after the opening; it does not depend on earlier answers.
    pub(crate) fn due(&self, place: usize) -> Duration {
        let place = u64::try_from(place).unwrap_or(u64::MAX);
        Duration::from_nanos(
            place.saturating_mul(1_000_000_000) / u64::from(self.per_second.max(1)),
        )
    }

    /// Time of the last claim after the opening.
    pub(crate) fn last(&self) -> Duration {
        self.due(self.len().saturating_sub(1))
    }
}

/// Fisher–Yates shuffle.
fn shuffle<T>(items: &mut [T], chance: &mut SeededRandom) {
    for place in (1..items.len()).rev() {
        let end = i64::try_from(place + 1).unwrap_or(i64::MAX);
        let other = usize::try_from(chance.below(end)).unwrap_or(0);
        items.swap(place, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_comes_as_often_as_they_may_and_some_ask_once_more_at_once() {
        let plan = Arrivals::plan(100, 2, 1_000, 7);

        assert_eq!(plan.len(), 100 * 2 + 10);
        let visits = |user| plan.who.iter().filter(|who| **who == user).count();
        assert_eq!(visits(8), 2);
        assert_eq!(visits(9), 3);
        let in_one_breath = |user| plan.who.windows(2).any(|pair| pair == [user, user]);
        assert!(in_one_breath(99));
    }

    #[test]
    fn arrivals_are_even_and_begin_with_the_opening() {
        let plan = Arrivals::plan(50, 1, 4, 1);

        assert_eq!(plan.due(0), Duration::ZERO);
        assert_eq!(plan.due(1), Duration::from_millis(250));
        assert_eq!(plan.due(40), Duration::from_secs(10));
    }

    #[test]
    fn the_order_is_the_seeds() {
        let order = |seed| Arrivals::plan(1_000, 1, 1, seed).who;

        assert_eq!(order(3), order(3));
        assert_ne!(order(3), order(4));
    }
}
