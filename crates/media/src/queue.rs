//! The decode queue: a bounded number of pictures is decoded at once, and a bounded
//! number waits.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, thread};

use stampede_kernel::UserId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError, oneshot};

use crate::decode::decode;
use crate::encode::{Encoded, encode};
use crate::{MediaError, MediaLimits};

type Work = Box<dyn FnOnce() + Send>;

/// The queue in front of the decoder threads.
///
/// The decoders have their own threads, because an allocator keeps for each thread the
/// memory of the largest picture it decoded, and the runtime has many threads (120 MiB
/// instead of 40 MiB after the demo's pictures).
#[derive(Debug)]
pub(crate) struct DecodeQueue {
    max_side: u32,
    admission: Arc<Semaphore>,
    /// Permits for avatars: fewer than there are in all, so that some are left for the
    /// shop's pictures.
    avatars: Arc<Semaphore>,
    /// Users with an avatar in the queue.
    users: Arc<Mutex<HashSet<UserId>>>,
    work: Sender<Work>,
}

/// A permit for a place in the queue, released when dropped.
#[derive(Debug)]
struct QueuePermit {
    _any: OwnedSemaphorePermit,
    _avatar: Option<(OwnedSemaphorePermit, UserSlot)>,
}

/// A user's slot: no user has two avatars in the queue.
#[derive(Debug)]
struct UserSlot {
    user: UserId,
    users: Arc<Mutex<HashSet<UserId>>>,
}

impl Drop for UserSlot {
    fn drop(&mut self) {
        unpoisoned(&self.users).remove(&self.user);
    }
}

impl DecodeQueue {
    /// Starts the decoders; they end when the queue is dropped.
    ///
    /// # Errors
    ///
    /// When the system gives no threads.
    pub(crate) fn new(limits: MediaLimits) -> io::Result<Self> {
        let decoders = limits.decoders.max(1);
        let (work, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..decoders {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name("decoder".to_owned())
                .spawn(move || run(&waiting))?;
        }
        Ok(Self {
            max_side: limits.max_pixels_side,
            admission: Arc::new(Semaphore::new(decoders + limits.waiting)),
            avatars: Arc::new(Semaphore::new((decoders + limits.waiting).div_ceil(2))),
            users: Arc::default(),
            work,
        })
    }

    /// Decodes and encodes on a decoder thread. The permit moves with the work: a
    /// client that hangs up does not let another picture in.
    ///
    /// `avatar_of` is the user when the picture is an avatar. Avatars take at most half
    /// of the places, and one for each user, so that customers cannot block the shop's
    /// own pictures.
    ///
    /// # Errors
    ///
    /// [`MediaError::Busy`] when the queue is full; [`MediaError::Unreadable`]
    /// also when a decoder panicked.
    pub(crate) async fn encode(
        &self,
        bytes: Vec<u8>,
        avatar_of: Option<UserId>,
    ) -> Result<Encoded, MediaError> {
        let permit = self.permit(avatar_of).ok_or(MediaError::Busy)?;
        let (done, encoded) = oneshot::channel();
        let max_side = self.max_side;
        let work: Work = Box::new(move || {
            let _permit = permit;
            // Who hung up does not need it.
            let _ = done.send(decode(&bytes, max_side).and_then(encode));
        });
        self.work.send(work).map_err(|_| MediaError::Busy)?;
        encoded.await.unwrap_or(Err(MediaError::Unreadable))
    }

    fn permit(&self, avatar_of: Option<UserId>) -> Option<QueuePermit> {
        let avatar = match avatar_of {
            Some(user) => Some((try_acquire(&self.avatars).ok()?, self.user_slot(user)?)),
            None => None,
        };
        Some(QueuePermit {
            _any: try_acquire(&self.admission).ok()?,
            _avatar: avatar,
        })
    }

    fn user_slot(&self, user: UserId) -> Option<UserSlot> {
        // The lock ends with this statement: a turn that is dropped takes it again.
        let first = unpoisoned(&self.users).insert(user);
        first.then(|| UserSlot {
            user,
            users: Arc::clone(&self.users),
        })
    }
}

fn try_acquire(permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
    Arc::clone(permits).try_acquire_owned()
}

fn unpoisoned(users: &Mutex<HashSet<UserId>>) -> MutexGuard<'_, HashSet<UserId>> {
    users.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The loop of one decoder thread. A panic fails only the picture that caused it.
fn run(waiting: &Mutex<Receiver<Work>>) {
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(work) = next else { return };
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            tracing::warn!("a picture made its decoder fail");
        }
    }
}
