//! Few pictures are decoded at once, and few wait for it.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::decode::decode;
use crate::encode::{Encoded, encode};
use crate::{MediaError, MediaLimits};

/// The queue before the decoders.
#[derive(Debug)]
pub(crate) struct Queue {
    max_side: u32,
    admission: Arc<Semaphore>,
    decoders: Arc<Semaphore>,
}

impl Queue {
    pub(crate) fn new(limits: MediaLimits) -> Self {
        let decoders = limits.decoders.max(1);
        Self {
            max_side: limits.max_pixels_side,
            admission: Arc::new(Semaphore::new(decoders + limits.waiting)),
            decoders: Arc::new(Semaphore::new(decoders)),
        }
    }

    /// Decodes and encodes away from the async threads. Both permits go with the
    /// work: a client that hangs up does not let another picture in beside its own.
    ///
    /// # Errors
    ///
    /// [`MediaError::Busy`] when the queue is full; [`MediaError::Unreadable`]
    /// also when a decoder panicked.
    pub(crate) async fn encode(&self, bytes: Vec<u8>) -> Result<Encoded, MediaError> {
        let busy = |_| MediaError::Busy;
        let admitted = Arc::clone(&self.admission)
            .try_acquire_owned()
            .map_err(busy)?;
        let decoder = Arc::clone(&self.decoders)
            .acquire_owned()
            .await
            .map_err(|_| MediaError::Busy)?;
        let max_side = self.max_side;
        let work = tokio::task::spawn_blocking(move || {
            let _permits = (admitted, decoder);
            decode(&bytes, max_side).and_then(encode)
        });
        work.await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a picture made its decoder fail");
            Err(MediaError::Unreadable)
        })
    }
}
