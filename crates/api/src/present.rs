//! Members of a request that may be absent, null or given.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use serde::{Deserialize, Deserializer};

/// Tells a null member, which becomes `Some(None)`, from an absent one.
pub(crate) fn present<'de, D, T>(value: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(value).map(Some)
}
