//! Breadth first through every interleaving, so that the first trace to a
//! violation is a shortest one.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};

use crate::moves::Step;
use crate::rules::World;
use crate::safety::Violation;
use crate::state::State;

/// What is asked of every state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Is it safe?
    Safe,
    /// And does recovery alone bring exact books?
    SafeAndExact,
}

/// What a search came upon.
#[derive(Debug)]
pub(crate) struct Found {
    /// States that were asked.
    pub(crate) states: usize,
    /// States that were reached and not asked any more.
    pub(crate) waiting: usize,
    pub(crate) violation: Option<(Violation, Vec<Step>)>,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} states, ", self.states)?;
        match (&self.violation, self.waiting) {
            (None, 0) => f.write_str("all there are"),
            (None, waiting) => write!(f, "{waiting} more reached"),
            (Some((violation, trace)), _) => {
                let trace: Vec<_> = trace.iter().map(Step::to_string).collect();
                write!(f, "{violation:?} after: {}", trace.join(", "))
            }
        }
    }
}

/// How a state was reached first: the place of the one before, and which of its moves.
struct Came {
    from: usize,
    by: usize,
}

/// States are told apart by 64 bits of `SipHash`: of 10 million, the chance that any
/// two are taken for one is 1 in 400,000.
struct Search {
    world: World,
    hash: RandomState,
    seen: HashSet<u64>,
    came: Vec<Came>,
    waiting: VecDeque<State>,
}

/// Searches a world until something is violated, nothing is left, or `bound`
/// states were asked.
pub(crate) fn search(world: World, ask: Ask, bound: usize) -> Found {
    let mut search = Search {
        world,
        hash: RandomState::new(),
        seen: HashSet::new(),
        came: Vec::new(),
        waiting: VecDeque::new(),
    };
    let start = search.start();
    search.reach(start, Came { from: 0, by: 0 });
    let mut states = 0;
    let mut violation = None;
    while let (true, Some(state)) = (
        states < bound && violation.is_none(),
        search.waiting.pop_front(),
    ) {
        let asked = search.visit(&state, states, ask);
        violation = asked.err().map(|what| (what, search.trace(states)));
        states += 1;
    }
    Found {
        states,
        waiting: search.waiting.len(),
        violation,
    }
}

impl Search {
    fn start(&self) -> State {
        State::of(self.world.scenario.stock, self.world.place(1))
    }

    fn visit(&mut self, state: &State, place: usize, ask: Ask) -> Result<(), Violation> {
        self.world.safe(state)?;
        if ask == Ask::SafeAndExact {
            self.world.exact(state)?;
        }
        for (by, (_, next)) in self.world.moves(state).into_iter().enumerate() {
            self.reach(next, Came { from: place, by });
        }
        Ok(())
    }

    fn reach(&mut self, state: State, came: Came) {
        if self.seen.insert(self.hash.hash_one(state)) {
            self.came.push(came);
            self.waiting.push_back(state);
        }
    }

    /// The steps to a state, found by going them again.
    fn trace(&self, place: usize) -> Vec<Step> {
        let mut path = Vec::new();
        let mut at = place;
        while at != 0 {
            path.push(self.came[at].by);
            at = self.came[at].from;
        }
        let mut state = self.start();
        let steps = path.into_iter().rev().map(|by| {
            let (step, next) = self.world.moves(&state)[by];
            state = next;
            step
        });
        steps.collect()
    }
}
