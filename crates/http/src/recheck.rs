//! A right is judged again before its effect: a body may take its time, and a ban comes meanwhile.

use actix_web::{HttpRequest, web};

use crate::problem::Problem;

/// Judges once more whether a request may go on. The application registers one as
/// `web::Data<dyn Recheck>`; extractors ask it after they have read a body.
pub trait Recheck: Send + Sync {
    /// Whether the caller may still do what the request asks for.
    ///
    /// # Errors
    ///
    /// What the client is told when the right is gone.
    fn recheck(&self, request: &HttpRequest) -> Result<(), Problem>;
}

/// Asks the application's [`Recheck`]; one that registers none lets everybody go on.
///
/// # Errors
///
/// As [`Recheck::recheck`].
pub fn recheck(request: &HttpRequest) -> Result<(), Problem> {
    match request.app_data::<web::Data<dyn Recheck>>() {
        Some(judge) => judge.recheck(request),
        None => Ok(()),
    }
}
