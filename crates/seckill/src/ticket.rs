//! Ticket ids. They are computed, so that a retry finds its ticket in any process,
//! and authenticated, so that a forged id is detected without a query.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use stampede_kernel::{SaleId, UserId};
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use uuid::Uuid;

use crate::gate::{
    Entry, EntryState, Fingerprint, TicketEnd, TicketId, TicketRefusal, TicketRelease,
};

/// The length of the tag in bytes: the first 48 bits of the UUID.
const TAG: usize = 6;

/// Issues and verifies ticket ids: UUIDs of version 8. 74 bits are derived from
/// sale, user and idempotency key; 48 bits are an HMAC tag over sale, user and
/// those 74 bits.
#[derive(Clone)]
pub struct TicketIds {
    keyed: Hmac<Sha256>,
}

impl TicketIds {
    /// Derives the key of ticket ids from the shop's secret (one block of
    /// HKDF-Expand, RFC 5869).
    pub fn new(secret: &SecretString) -> Self {
        let secret: Hmac<Sha256> = keyed(secret.expose_secret().as_bytes());
        let key = digest(&secret, &[b"ticket", &[1]]);
        Self { keyed: keyed(&key) }
    }

    /// Issues the ticket id of a claim. Without an idempotency key each call
    /// returns another id.
    ///
    /// # Errors
    ///
    /// When the operating system provides no random numbers.
    pub fn of(
        &self,
        sale: SaleId,
        user: UserId,
        key: Option<&str>,
    ) -> Result<TicketId, getrandom::Error> {
        let mut random = [0; 16];
        let (kind, key) = if let Some(key) = key {
            (b"key", key.as_bytes())
        } else {
            getrandom::fill(&mut random)?;
            (b"one", random.as_slice())
        };
        let seed = digest(&self.keyed, &[kind, &owner(sale, user), key]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&seed[..16]);
        // Version and variant are set before the tag is computed, which
        // covers them.
        let mut id = uuid::Builder::from_custom_bytes(bytes)
            .into_uuid()
            .into_bytes();
        let tag = self.tag(sale, user, &id).finalize().into_bytes();
        id[..TAG].copy_from_slice(&tag[..TAG]);
        Ok(TicketId(id))
    }

    /// Verifies in constant time that the id was issued for this user and sale.
    pub fn made(&self, sale: SaleId, user: UserId, id: TicketId) -> bool {
        let tag = self.tag(sale, user, &id.0);
        tag.verify_truncated_left(&id.0[..TAG]).is_ok()
    }

    /// The MAC whose first bytes are the tag.
    fn tag(&self, sale: SaleId, user: UserId, id: &[u8; 16]) -> Hmac<Sha256> {
        over(&self.keyed, &[b"tag", &owner(sale, user), &id[TAG..]])
    }
}

impl std::fmt::Debug for TicketIds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TicketIds").finish_non_exhaustive()
    }
}

fn owner(sale: SaleId, user: UserId) -> [u8; 16] {
    (u128::from(sale.0.cast_unsigned()) << 64 | u128::from(user.0.cast_unsigned())).to_be_bytes()
}

/// HMAC accepts keys of any length.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as KeyInit>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&[0; 64].into()))
}

/// Authenticates the concatenation of the parts. Only the last part has a variable
/// length, so that different parts never give the same input.
fn over(keyed: &Hmac<Sha256>, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    mac
}

fn digest(keyed: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    over(keyed, parts).finalize().into_bytes().into()
}

impl From<TicketId> for Uuid {
    fn from(id: TicketId) -> Self {
        Self::from_bytes(id.0)
    }
}

impl From<Uuid> for TicketId {
    fn from(id: Uuid) -> Self {
        Self(id.into_bytes())
    }
}

impl From<Fingerprint> for i64 {
    fn from(fingerprint: Fingerprint) -> Self {
        Self::from_be_bytes(fingerprint.0)
    }
}

/// Converts a row into a gate entry.
impl From<&ticket::Model> for Entry {
    fn from(row: &ticket::Model) -> Self {
        let state = match (row.state, row.order_id) {
            (TicketState::Ordered, Some(order)) => EntryState::Ordered(order),
            (TicketState::Released, _) => {
                EntryState::Ended(TicketEnd::Released(released(row.reason)))
            }
            _ => EntryState::Ended(TicketEnd::Refused(refusal(row.reason))),
        };
        Self {
            user: row.user_id,
            units: row.units,
            fingerprint: Fingerprint(row.fingerprint.to_be_bytes()),
            state,
        }
    }
}

pub(crate) fn refusal(reason: Option<TicketReason>) -> TicketRefusal {
    match reason {
        Some(TicketReason::AddressNotFound) => TicketRefusal::AddressNotFound,
        Some(TicketReason::AddressRequired) => TicketRefusal::AddressRequired,
        Some(TicketReason::Lost) => TicketRefusal::Lost,
        _ => TicketRefusal::Guard,
    }
}

fn released(reason: Option<TicketReason>) -> TicketRelease {
    match reason {
        Some(TicketReason::Cancelled) => TicketRelease::Cancelled,
        Some(TicketReason::Refunded) => TicketRelease::Refunded,
        _ => TicketRelease::Unpaid,
    }
}

impl From<TicketRefusal> for TicketReason {
    fn from(refusal: TicketRefusal) -> Self {
        match refusal {
            TicketRefusal::AddressNotFound => Self::AddressNotFound,
            TicketRefusal::AddressRequired => Self::AddressRequired,
            TicketRefusal::Lost => Self::Lost,
            TicketRefusal::Guard => Self::Guard,
        }
    }
}

impl From<TicketRelease> for TicketReason {
    fn from(released: TicketRelease) -> Self {
        match released {
            TicketRelease::Unpaid => Self::Unpaid,
            TicketRelease::Cancelled => Self::Cancelled,
            TicketRelease::Refunded => Self::Refunded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALE: SaleId = SaleId(42);
    const ANN: UserId = UserId(7);

    fn ids() -> TicketIds {
        TicketIds::new(&SecretString::from("a secret of thirty-two characters"))
    }

    #[test]
    fn the_same_claim_has_the_same_ticket_everywhere() {
        let one = ids().of(SALE, ANN, Some("k")).unwrap();
        let other = TicketIds::new(&SecretString::from("another secret of many characters"));

        assert_eq!(ids().of(SALE, ANN, Some("k")).unwrap(), one);
        assert_eq!(Uuid::from(one).get_version_num(), 8);
        for different in [
            ids().of(SALE, ANN, Some("l")).unwrap(),
            ids().of(SALE, UserId(8), Some("k")).unwrap(),
            ids().of(SaleId(43), ANN, Some("k")).unwrap(),
            ids().of(SALE, ANN, None).unwrap(),
            other.of(SALE, ANN, Some("k")).unwrap(),
        ] {
            assert_ne!(different, one);
        }
        assert_ne!(
            ids().of(SALE, ANN, None).unwrap(),
            ids().of(SALE, ANN, None).unwrap()
        );
    }

    #[test]
    fn a_ticket_is_its_owners_and_cannot_be_invented() {
        for key in [Some("k"), None] {
            let ticket = ids().of(SALE, ANN, key).unwrap();

            assert!(ids().made(SALE, ANN, ticket));
            assert!(!ids().made(SALE, UserId(8), ticket));
            assert!(!ids().made(SaleId(43), ANN, ticket));
            for byte in 0..16 {
                let mut forged = ticket;
                forged.0[byte] ^= 1;
                assert!(!ids().made(SALE, ANN, forged), "byte {byte}");
            }
        }
        assert!(!ids().made(SALE, ANN, TicketId::from(Uuid::now_v7())));
    }
}
