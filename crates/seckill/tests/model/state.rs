//! All that there is at one instant: what survives in the database, at the gate,
//! and in the processes.

/// The place of a claim in its scenario; its key names it.
pub(crate) type Ticket = usize;
pub(crate) type User = usize;
pub(crate) type Units = i8;
/// Counted from 1.
pub(crate) type Epoch = u8;

pub(crate) const TICKETS: usize = 4;
pub(crate) const USERS: usize = 2;
pub(crate) const GATEWAYS: usize = 2;
/// Units of the SKU outside the sale at the beginning.
pub(crate) const SHELF: Units = 1;
/// One more than the highest epoch that a scenario and its recovery reach.
const EPOCHS: usize = 8;
/// Rebuilds at a time.
const LOADS: usize = 2;

/// Where a ticket stands, in the database (never pending) or at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Fate {
    /// Nobody knows it.
    #[default]
    Absent,
    Pending,
    Ordered,
    Refused,
    Released,
}

/// What a rebuild reads of the database, and a gate needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Image {
    pub(crate) left: Units,
    pub(crate) buyers: [Units; USERS],
    pub(crate) tickets: [Fate; TICKETS],
}

/// One epoch's keys at the gate, each there or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Keys {
    pub(crate) left: Option<Units>,
    pub(crate) buyers: Option<[Units; USERS]>,
    pub(crate) tickets: Option<[Fate; TICKETS]>,
}

impl Keys {
    pub(crate) fn whole(self) -> Option<Image> {
        Some(Image {
            left: self.left?,
            buyers: self.buyers?,
            tickets: self.tickets?,
        })
    }
}

impl From<Image> for Keys {
    fn from(image: Image) -> Self {
        Self {
            left: Some(image.left),
            buyers: Some(image.buyers),
            tickets: Some(image.tickets),
        }
    }
}

/// The one key without an epoch: which epoch is open, and in which life of the
/// gate it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Open {
    pub(crate) epoch: Epoch,
    pub(crate) run: u8,
}

/// All that a gate remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Memory {
    pub(crate) open: Option<Open>,
    pub(crate) keys: [Keys; EPOCHS],
}

/// The tables of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Database {
    pub(crate) epoch: Epoch,
    pub(crate) total: Units,
    pub(crate) taken: Units,
    pub(crate) closed: bool,
    /// Units of the SKU outside the sale.
    pub(crate) shelf: Units,
    pub(crate) tickets: [Fate; TICKETS],
    /// Of each ticket the job that gives its units back to the gate, with the epoch
    /// of the release.
    pub(crate) gives: [Option<Epoch>; TICKETS],
}

/// A rebuild under way; it may sleep, and wake up whenever it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Load {
    pub(crate) epoch: Epoch,
    /// The life of the gate when it began.
    pub(crate) run: u8,
    /// How many of the three keys are loaded.
    pub(crate) step: u8,
    /// What it has read; nothing yet when it has only begun its epoch.
    pub(crate) image: Option<Image>,
}

/// What has gone wrong so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Faults {
    pub(crate) crashes: u8,
    pub(crate) losses: u8,
    pub(crate) rebuilds: u8,
    pub(crate) edits: u8,
    pub(crate) releases: u8,
}

/// Tickets that one gateway has seen admitted and has not answered, each with the
/// epochs (bits) that admitted it.
pub(crate) type Held = [u8; TICKETS];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) db: Database,
    /// The life of the gate's process.
    pub(crate) run: u8,
    pub(crate) gate: Memory,
    /// An older memory of the gate, whole in itself: a file, or a replica.
    pub(crate) copy: Option<Memory>,
    /// Whether the window is over.
    pub(crate) ended: bool,
    /// Kept sorted: the gateways are alike.
    pub(crate) held: [Held; GATEWAYS],
    /// Whom somebody told "pending".
    pub(crate) told_pending: [bool; TICKETS],
    /// Of whom a gate knew nothing when a poll asked it; the poll is about to write
    /// so.
    pub(crate) unknown: [bool; TICKETS],
    /// Whom somebody told "won".
    pub(crate) told_won: [bool; TICKETS],
    /// Kept sorted, and without doubles.
    pub(crate) loads: [Option<Load>; LOADS],
    pub(crate) faults: Faults,
}

impl State {
    /// A sale of `stock` units that is loaded, under the keys of `place`, and that
    /// nobody has heard of.
    pub(crate) fn of(stock: Units, place: usize) -> Self {
        let mut gate = Memory {
            open: Some(Open { epoch: 1, run: 1 }),
            ..Memory::default()
        };
        gate.keys[place] = Keys::from(Image {
            left: stock,
            buyers: Default::default(),
            tickets: Default::default(),
        });
        Self {
            db: Database {
                epoch: 1,
                total: stock,
                taken: 0,
                closed: false,
                shelf: SHELF,
                tickets: Default::default(),
                gives: Default::default(),
            },
            run: 1,
            gate,
            copy: None,
            ended: false,
            held: Default::default(),
            told_pending: Default::default(),
            unknown: Default::default(),
            told_won: Default::default(),
            loads: Default::default(),
            faults: Faults::default(),
        }
    }

    /// The epoch that the gate is at.
    pub(crate) fn at(&self) -> Option<Epoch> {
        self.gate.open.map(|open| open.epoch)
    }

    /// A gateway has a ticket to commit.
    pub(crate) fn hold(&mut self, gateway: usize, ticket: Ticket, epoch: Epoch) {
        self.held[gateway][ticket] |= 1 << epoch;
        self.held.sort_unstable();
    }

    pub(crate) fn let_go(&mut self, gateway: usize, ticket: Ticket, epoch: Epoch) {
        self.held[gateway][ticket] &= !(1 << epoch);
        self.held.sort_unstable();
    }

    /// All that gateways have to commit.
    pub(crate) fn admitted(&self) -> impl Iterator<Item = (usize, Ticket, Epoch)> {
        let held = self.held;
        let places = (0..GATEWAYS).flat_map(|gateway| (0..TICKETS).map(move |t| (gateway, t)));
        places.flat_map(move |(gateway, ticket)| {
            let epochs = (0..8).filter(move |epoch| held[gateway][ticket] & (1 << epoch) != 0);
            epochs.map(move |epoch| (gateway, ticket, epoch))
        })
    }

    pub(crate) fn begin_load(&mut self, load: Load) {
        if self.loads.contains(&Some(load)) {
            return;
        }
        let free = self.loads.iter_mut().find(|place| place.is_none());
        *free.expect("no more rebuilds than a scenario allows") = Some(load);
        self.loads.sort_unstable();
    }

    pub(crate) fn end_load(&mut self, load: Load) {
        for place in &mut self.loads {
            if *place == Some(load) {
                *place = None;
            }
        }
        self.loads.sort_unstable();
    }
}
