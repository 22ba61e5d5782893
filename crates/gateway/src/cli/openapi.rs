//! `stampede openapi`

use super::say;
use crate::routes::Document;

pub(super) fn run() {
    say(&Document::new().json);
}
