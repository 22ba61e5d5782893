//! What the search finds: nothing while all rules are kept, and a violation for
//! each that is left out – at once, or together with its second line.

use std::time::Instant;

use crate::rules::{Rule, World};
use crate::safety::Violation;
use crate::scenario::*;
use crate::search::{Ask, Found, search};

/// In so many states every violation that there is comes up.
const ENOUGH: usize = 100_000;

/// So many states are asked where there is no violation: `STAMPEDE_MODEL_STATES`,
/// or as many as take a second or two in a debug build.
fn bound() -> usize {
    let states = std::env::var("STAMPEDE_MODEL_STATES");
    states.map_or(36_000, |text| text.parse().expect("a number"))
}

fn look(scenario: &'static Scenario, without: &'static [Rule], ask: Ask, bound: usize) -> Found {
    let begun = Instant::now();
    let found = search(World { scenario, without }, ask, bound);
    let took = begun.elapsed().as_secs_f32();
    let name = scenario.name;
    eprintln!("{name:8} {found}, {took:.1} s, without {without:?}");
    found
}

/// Searches as far as the bound allows, and must come upon nothing.
fn holds(scenario: &'static Scenario, without: &'static [Rule]) -> Found {
    let found = look(scenario, without, Ask::SafeAndExact, bound());
    assert!(found.violation.is_none(), "{} {found}", scenario.name);
    found
}

/// What comes up first.
fn breaks(scenario: &'static Scenario, without: &'static [Rule], ask: Ask) -> Option<Violation> {
    let found = look(scenario, without, ask, ENOUGH);
    found.violation.map(|(violation, _)| violation)
}

#[test]
fn two_keys_of_one_user_at_a_gate_that_forgets_are_searched_whole() {
    let found = holds(&USER, &[]);
    assert_eq!(found.waiting, 0, "{found}");
}

#[test]
fn one_unit_is_sold_exactly_whatever_goes_wrong() {
    holds(&ONE, &[]);
}

#[test]
fn a_unit_that_comes_back_while_two_rebuilds_race_is_counted_once() {
    holds(&REBUILD, &[]);
}

#[test]
fn two_units_are_sold_exactly_to_a_gate_that_forgets() {
    holds(&TWO, &[]);
}

#[test]
fn a_limit_of_two_and_a_refusal_for_want_of_an_address_are_exact() {
    holds(&LIMIT, &[]);
}

#[test]
fn a_sale_that_ends_keeps_no_unit_and_loses_none() {
    holds(&CLOSE, &[]);
}

#[test]
fn edits_while_it_runs_lose_no_unit_and_sell_none_twice() {
    holds(&EDIT, &[]);
}

#[test]
fn without_any_one_of_these_rules_the_books_are_not_exact() {
    let cases: [(&Scenario, &[Rule], Violation); _] = [
        (&ONE, &[Rule::EpochInCommit], Violation::OverAdmission),
        (&ONE, &[Rule::OneRow], Violation::Miscounted),
        (&ONE, &[Rule::EpochOfRebuild], Violation::OverAdmission),
        (&EDIT, &[Rule::EpochOfEdit], Violation::OverAdmission),
        (&ONE, &[Rule::LifeInTake], Violation::GivenUpTooEarly),
        (&ONE, &[Rule::GiveOnce], Violation::OverAdmission),
        (&REBUILD, &[Rule::GiveWaits], Violation::Undersold),
        (&REBUILD, &[Rule::SilenceKeepsGive], Violation::Undersold),
        (&REBUILD, &[Rule::EpochInGive], Violation::Undersold),
        (&REBUILD, &[Rule::EpochInKeys], Violation::Undersold),
        (&REBUILD, &[Rule::DeadTicketsLoaded], Violation::Undersold),
        (&ONE, &[Rule::FlipWhole], Violation::Undersold),
        (
            &ONE,
            &[Rule::AskBeforeTombstone],
            Violation::GivenUpTooEarly,
        ),
        (&USER, &[Rule::TombstoneYields], Violation::Miscounted),
        (&CLOSE, &[Rule::LateReleaseShrinks], Violation::UnitsLost),
    ];
    for (scenario, without, violation) in cases {
        let broken = breaks(scenario, without, Ask::SafeAndExact);
        assert_eq!(broken, Some(violation), "without {without:?}");
    }
}

/// Exactness is the gate's affair, safety the guard's: without both a sale oversells.
#[test]
fn without_the_guard_too_a_sale_oversells() {
    let cases: [(&Scenario, &[Rule]); _] = [
        (&ONE, &[Rule::LifeInTake, Rule::Guard]),
        (&REBUILD, &[Rule::EpochInCommit, Rule::Guard]),
        (&REBUILD, &[Rule::EpochInKeys, Rule::Guard]),
        (&CLOSE, &[Rule::EpochOfEnd, Rule::OpenInCommit, Rule::Guard]),
    ];
    for (scenario, without) in cases {
        let broken = breaks(scenario, without, Ask::Safe);
        assert_eq!(broken, Some(Violation::Oversold), "without {without:?}");
    }
}

#[test]
fn without_the_count_of_buyers_too_somebody_has_more_than_one_may() {
    let cases: [&[Rule]; _] = [
        &[Rule::LifeInTake, Rule::BuyerCount],
        &[Rule::EpochInCommit, Rule::BuyerCount],
    ];
    for without in cases {
        let broken = breaks(&USER, without, Ask::Safe);
        assert_eq!(broken, Some(Violation::OverLimit), "without {without:?}");
    }
}

// Second lines: while the first ones stand, nobody misses any one of these.

#[test]
fn the_gate_alone_admits_no_more_than_there_is() {
    holds(&ONE, &[Rule::Guard]);
}

#[test]
fn the_gate_alone_keeps_the_limit() {
    holds(&TWO, &[Rule::BuyerCount]);
    holds(&LIMIT, &[Rule::BuyerCount]);
}

#[test]
fn of_the_two_fences_of_the_end_one_is_enough() {
    holds(&CLOSE, &[Rule::EpochOfEnd]);
    holds(&CLOSE, &[Rule::OpenInCommit]);
}

#[test]
fn what_is_read_under_a_later_epoch_is_never_sold_from() {
    holds(&REBUILD, &[Rule::ReadAtOwnEpoch]);
    holds(&EDIT, &[Rule::ReadAtOwnEpoch]);
}

/// A gate that has lost something is loaded anew before it hears of a release.
#[test]
fn a_gate_whose_life_is_known_knows_every_ticket_that_gives_units_back() {
    holds(&REBUILD, &[Rule::UnknownRebuilds]);
}

#[test]
fn an_epoch_that_is_opened_again_commits_nothing() {
    holds(&REBUILD, &[Rule::FlipForward]);
}
