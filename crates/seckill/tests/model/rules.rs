//! The rules of the protocol, each of which can be left out.

use crate::scenario::{Claim, Scenario};
use crate::state::{Epoch, Ticket};

/// What keeps the books exact, or at least safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A batch commits only under the epoch that admitted it.
    EpochInCommit,
    /// A ticket has one row: who commits it second finds the first's.
    OneRow,
    /// A rebuild begins an epoch before it reads.
    EpochOfRebuild,
    /// A rebuild reads only while its epoch is the newest.
    ReadAtOwnEpoch,
    /// An edit begins an epoch, and is loaded.
    EpochOfEdit,
    /// `take` compares the gate's life with that in which the epoch was opened.
    LifeInTake,
    /// `give` gives a ticket's units once.
    GiveOnce,
    /// A gate that is behind a release is asked again.
    GiveWaits,
    /// A give that was not answered is asked again.
    SilenceKeepsGive,
    /// A give of a ticket that the gate does not know is done only under a later epoch
    /// than the release's.
    UnknownRebuilds,
    /// `give` speaks to one epoch of the gate, that of the release.
    EpochInGive,
    /// Every key of the gate but one carries its epoch.
    EpochInKeys,
    /// `flip` opens only what was loaded whole in one life of the gate.
    FlipWhole,
    /// `flip` never goes back to an earlier epoch.
    FlipForward,
    /// A ticket is given up only when the gate, at the database's epoch, does not know it.
    AskBeforeTombstone,
    /// A tombstone is written only where there is no row.
    TombstoneYields,
    /// Units that come back after the end leave the sale.
    LateReleaseShrinks,
    /// `taken + n <= total` where the units are taken.
    Guard,
    /// Buyers are counted in the transaction too.
    BuyerCount,
    /// A rebuild reads refused and released tickets too.
    DeadTicketsLoaded,
    /// The end begins an epoch.
    EpochOfEnd,
    /// A batch commits only to a sale that is not over.
    OpenInCommit,
}

/// A scenario, played by the rules but for those that are left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    pub(crate) scenario: &'static Scenario,
    pub(crate) without: &'static [Rule],
}

impl World {
    pub(crate) fn keeps(self, rule: Rule) -> bool {
        !self.without.contains(&rule)
    }

    pub(crate) fn claim(self, ticket: Ticket) -> &'static Claim {
        &self.scenario.claims[ticket]
    }

    /// Under which keys an epoch is kept at the gate.
    pub(crate) fn place(self, epoch: Epoch) -> usize {
        if self.keeps(Rule::EpochInKeys) {
            epoch.into()
        } else {
            0
        }
    }
}
