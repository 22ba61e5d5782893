//! `stampede openapi`

use super::{CommandError, say};
use crate::routes::Document;

pub(super) fn run() -> Result<(), CommandError> {
    say(&Document::new().json);
    Ok(())
}
