//! Access tokens: JWT, HS256, one issuer, one audience, one type.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use sea_orm::DbErr;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, SessionId, Timestamp, UserId};
use stampede_persistence::entity::user::Role;
use uuid::Uuid;

use super::revocation::Revocations;
use super::{AccessToken, AuthError, Caller, hs256};
use crate::AuthSettings;

/// The issuer of the tokens.
pub const ISSUER: &str = "stampede";
/// The audience of the tokens.
pub const AUDIENCE: &str = "stampede-api";
/// The type of the tokens (RFC 9068), which keeps other kinds of token apart.
const TYPE: &str = "at+jwt";
/// How far the clocks of two gateways may differ.
const LEEWAY: Duration = Duration::from_secs(5);

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    /// Expiry in seconds (RFC 7519).
    exp: i64,
    iat: i64,
    /// Not-before time; never written, but honoured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    /// A `UUIDv7` whose milliseconds are the issue time that revocations compare; see
    /// [`AccessTokens::sign`].
    jti: Uuid,
    sid: SessionId,
    role: Role,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rehearsal: bool,
}

/// The header of our tokens. A token with any other member, such as `crit`, is refused,
/// for its meaning is not implemented (RFC 7515, 4.1.11).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    typ: String,
    #[serde(rename = "alg")]
    _alg: String,
}

/// Signs access tokens and checks them against the revocations in memory.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    ttl: Duration,
    clock: Arc<dyn Clock>,
    revocations: Arc<Revocations>,
}

impl AccessTokens {
    pub(crate) fn new(
        settings: &AuthSettings,
        clock: Arc<dyn Clock>,
        revocations: Arc<Revocations>,
    ) -> Self {
        hs256::install();
        let secret = settings.jwt_secret.expose_secret().as_bytes();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // Judged by our own clock below.
        validation.validate_exp = false;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
            ttl: settings.access_ttl,
            clock,
            revocations,
        }
    }

    /// Signs a token for `caller` that is valid for [`AuthSettings::access_ttl`] from
    /// now on.
    ///
    /// `issued` is the time that revocations compare: later than every revocation of
    /// this user's tokens, whichever clock dated it. After a clock was set back it lies
    /// in the future, so `iat` and `exp` follow the present clock, or a new token could
    /// not be used.
    pub fn sign(&self, caller: &Caller, issued: Timestamp) -> Result<SecretString, DbErr> {
        let now = self.clock.now();
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.to_owned());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: caller.user.to_string(),
            exp: seconds(now.plus(self.ttl)),
            iat: seconds(now),
            nbf: None,
            jti: token_id(issued)?,
            sid: caller.session,
            role: caller.role,
            rehearsal: caller.rehearsal,
        };
        encode(&header, &claims, &self.encoding)
            .map(SecretString::from)
            .map_err(|error| DbErr::Custom(error.to_string()))
    }

    fn read(&self, token: &str) -> Option<(Caller, Timestamp)> {
        let header = header_of(token)?;
        let token = decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        let claims = token.claims;
        let now = self.clock.now();
        let fresh = Timestamp(claims.exp.checked_mul(1_000)?).plus(LEEWAY) > now
            && Timestamp(claims.iat.checked_mul(1_000)?) <= now.plus(LEEWAY)
            && Timestamp(claims.nbf.unwrap_or_default().checked_mul(1_000)?) <= now.plus(LEEWAY);
        if !fresh || header.typ != TYPE {
            return None;
        }
        let caller = Caller {
            user: UserId(claims.sub.parse().ok()?),
            session: claims.sid,
            role: claims.role,
            rehearsal: claims.rehearsal,
        };
        Some((caller, issued_at(claims.jti)?))
    }
}

impl AccessToken for AccessTokens {
    fn verify(&self, token: &str) -> Result<Caller, AuthError> {
        let (caller, issued) = self.read(token).ok_or(AuthError::Invalid)?;
        self.revocations
            .admit(caller.user, caller.session, issued)?;
        Ok(caller)
    }

    fn available(&self) -> Result<(), AuthError> {
        self.revocations.available()
    }
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokens").finish_non_exhaustive()
    }
}

fn header_of(token: &str) -> Option<StrictHeader> {
    let (header, _) = token.split_once('.')?;
    let header = URL_SAFE_NO_PAD.decode(header).ok()?;
    serde_json::from_slice(&header).ok()
}

fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000)
}

fn token_id(issued: Timestamp) -> Result<Uuid, DbErr> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| DbErr::Custom(error.to_string()))?;
    let millis = u64::try_from(issued.0).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

fn issued_at(token_id: Uuid) -> Option<Timestamp> {
    let (seconds, nanos) = token_id.get_timestamp()?.to_unix();
    let seconds = i64::try_from(seconds).ok()?;
    Some(Timestamp(
        seconds.checked_mul(1_000)? + i64::from(nanos / 1_000_000),
    ))
}
