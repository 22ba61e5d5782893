//! `stampede openapi`

use stampede_gateway::routes::Document;

use super::say;

pub(super) fn run() {
    say(&Document::new().json);
}
