//! Where the time of a batch goes: a histogram for each phase of its transaction, in seconds.
//! The type is the phase, so that none is measured twice or left out.

use std::time::Instant;

/// A batch that is being drafted.
pub(super) struct BatchClock(Instant);

/// A batch that waits for its transaction to begin: on SQLite, for the writer.
pub(super) struct Drafted(Instant);

/// A batch whose statements are being sent.
pub(super) struct Begun(Instant);

/// A batch that is being committed.
pub(super) struct Written(Instant);

impl BatchClock {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn drafted(self) -> Drafted {
        metrics::histogram!("stampede_sale_draft_seconds").record(self.0.elapsed());
        Drafted(Instant::now())
    }
}

impl Drafted {
    pub(super) fn begun(self) -> Begun {
        metrics::histogram!("stampede_sale_begin_wait_seconds").record(self.0.elapsed());
        Begun(Instant::now())
    }
}

impl Begun {
    pub(super) fn written(self) -> Written {
        metrics::histogram!("stampede_sale_write_seconds").record(self.0.elapsed());
        Written(Instant::now())
    }
}

impl Written {
    pub(super) fn committed(self) {
        metrics::histogram!("stampede_sale_commit_seconds").record(self.0.elapsed());
    }
}
