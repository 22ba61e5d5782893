//! Authorization is checked again after a body has arrived: a ban may have come meanwhile.

use actix_web::{HttpRequest, web};

use crate::problem::Problem;

/// Checks once more whether a request is authorized. The application registers one as
/// `web::Data<dyn Recheck>`; extractors call it after they have read a body.
pub trait Recheck: Send + Sync {
    /// Checks whether the caller is still authorized.
    ///
    /// # Errors
    ///
    /// The problem for the client when it is not.
    fn recheck(&self, request: &HttpRequest) -> Result<(), Problem>;
}

/// Calls the application's [`Recheck`]; without one, every request is authorized.
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
