//! Authentication: extractors that verify the access token of a request.
//!
//! A handler with [`SignedIn`] or [`Admin`] as its first argument cannot be reached without a
//! valid token.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use stampede_http::problem::Problem;
use stampede_http::recheck::Recheck;
use stampede_kernel::codes::FORBIDDEN;
use stampede_user::{AccessToken, AuthError, Caller, Role};

/// The caller, a user with a valid access token; anyone else gets 401.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn(pub Caller);

/// The caller, an admin with a valid access token; other users get 403.
#[derive(Debug, Clone, Copy)]
pub struct Admin(pub Caller);

/// The caller, if there is a valid access token: for public routes whose response depends on
/// the role.
#[derive(Debug, Clone, Copy)]
pub struct OptionalUser(pub Option<Caller>);

impl Deref for SignedIn {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(required(request).map(Self).map_err(Problem::from))
    }
}

impl FromRequest for Admin {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(required(request).map_err(Problem::from).and_then(admin))
    }
}

impl FromRequest for OptionalUser {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(caller(request).ok())))
    }
}

fn admin(caller: Caller) -> Result<Admin, Problem> {
    match caller.role {
        Role::Admin => Ok(Admin(caller)),
        Role::Customer => Err(Problem::new(FORBIDDEN)),
    }
}

/// Marks a request whose handler requires a caller.
struct Required;

fn required(request: &HttpRequest) -> Result<Caller, AuthError> {
    request.extensions_mut().insert(Required);
    caller(request)
}

/// Verifies the token again after the body of the request has arrived.
///
/// A ban, a demotion or a change of password may have come in between. Costs no query.
#[derive(Debug)]
pub(crate) struct TokenRecheck;

impl Recheck for TokenRecheck {
    fn recheck(&self, request: &HttpRequest) -> Result<(), Problem> {
        if !request.extensions().contains::<Required>() {
            return Ok(());
        }
        let caller = verify(request);
        request.extensions_mut().insert(caller);
        caller.map(|_| ()).map_err(Problem::from)
    }
}

/// Verifies the token once per request; the rate limit and the handler share the result.
pub(crate) fn caller(request: &HttpRequest) -> Result<Caller, AuthError> {
    if let Some(known) = request.extensions().get::<Result<Caller, AuthError>>() {
        return *known;
    }
    let caller = verify(request);
    request.extensions_mut().insert(caller);
    caller
}

fn verify(request: &HttpRequest) -> Result<Caller, AuthError> {
    let token = token(request).ok_or(AuthError::Invalid)?;
    let tokens = request
        .app_data::<web::Data<dyn AccessToken>>()
        .ok_or(AuthError::Unavailable)?;
    tokens.verify(token)
}

/// The token of `Authorization: Bearer <token>`, or of a bare `<token>`.
fn token(request: &HttpRequest) -> Option<&str> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some(_) => return None,
        None => value,
    };
    Some(token).filter(|token| !token.is_empty())
}
