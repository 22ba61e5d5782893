//! The text format of a ticket in Redis: one line, from which any process can
//! commit the ticket.

use stampede_kernel::{AddressId, DeliveryMethodId, OrderId, UserId};
use uuid::Uuid;

use crate::gate::{Claim, Entry, EntryState, Fingerprint, TicketEnd, TicketRefusal, TicketRelease};

const REFUSALS: [(TicketRefusal, &str); 4] = [
    (TicketRefusal::AddressNotFound, "address_not_found"),
    (TicketRefusal::AddressRequired, "address_required"),
    (TicketRefusal::Lost, "lost"),
    (TicketRefusal::Guard, "guard"),
];

const RELEASES: [(TicketRelease, &str); 3] = [
    (TicketRelease::Unpaid, "unpaid"),
    (TicketRelease::Cancelled, "cancelled"),
    (TicketRelease::Refunded, "refunded"),
];

/// Formats a claim as `P|user|units|fingerprint|address|version`, with address 0
/// for the default, and `|method` behind it when a delivery method was asked for. A
/// release that knows no methods reads it without that.
pub(super) fn intent(claim: &Claim) -> String {
    let state = EntryState::Pending {
        address: claim.address,
        delivery: claim.delivery,
        config_version: claim.config_version,
    };
    written(&Entry {
        user: claim.user,
        units: claim.units,
        fingerprint: claim.fingerprint,
        state,
    })
}

/// Formats an entry as `P|…`, `C:order|…`, `R:reason|…` or `X:reason|…`.
pub(super) fn written(entry: &Entry) -> String {
    let Entry { user, units, .. } = entry;
    let fingerprint = u64::from_be_bytes(entry.fingerprint.0);
    let what = format!("{user}|{units}|{fingerprint:016x}");
    match entry.state {
        EntryState::Pending {
            address,
            delivery,
            config_version,
        } => {
            let address = address.map_or(0, |address| address.0);
            let method = delivery.map_or_else(String::new, |method| format!("|{method}"));
            format!("P|{what}|{address}|{config_version}{method}")
        }
        EntryState::Ordered(order) => format!("{}|{what}", ordered(order)),
        EntryState::Ended(end) => format!("{}|{what}", ended(end)),
    }
}

/// The prefix of a ticket with an order.
pub(super) fn ordered(order: OrderId) -> String {
    format!("C:{}", order.0.simple())
}

/// The prefix of a ticket without units.
pub(super) fn ended(end: TicketEnd) -> String {
    match end {
        TicketEnd::Refused(refusal) => format!("R:{}", word(&REFUSALS, refusal)),
        TicketEnd::Released(released) => format!("X:{}", word(&RELEASES, released)),
    }
}

/// Parses the output of [`written`]; `None` when the text has another format.
pub(super) fn read(line: &[u8]) -> Option<Entry> {
    let mut fields = std::str::from_utf8(line).ok()?.split('|');
    let tag = fields.next()?;
    let user = UserId(fields.next()?.parse().ok()?);
    let units = fields.next()?.parse().ok()?;
    let fingerprint = u64::from_str_radix(fields.next()?, 16).ok()?;
    let state = match tag.split_once(':') {
        None if tag == "P" => {
            let address = fields.next()?.parse().ok()?;
            EntryState::Pending {
                address: (address != 0).then_some(AddressId(address)),
                config_version: fields.next()?.parse().ok()?,
                delivery: match fields.next() {
                    Some(method) => Some(DeliveryMethodId(method.parse().ok()?)),
                    None => None,
                },
            }
        }
        Some(("C", order)) => EntryState::Ordered(OrderId(Uuid::try_parse(order).ok()?)),
        Some(("R", reason)) => EntryState::Ended(TicketEnd::Refused(meant(&REFUSALS, reason)?)),
        Some(("X", reason)) => EntryState::Ended(TicketEnd::Released(meant(&RELEASES, reason)?)),
        _ => return None,
    };
    Some(Entry {
        user,
        units,
        fingerprint: Fingerprint(fingerprint.to_be_bytes()),
        state,
    })
}

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], of: T) -> &'static str {
    let found = words.iter().find(|(meaning, _)| *meaning == of);
    found.map_or("", |(_, word)| word)
}

fn meant<T: Copy>(words: &[(T, &str)], by: &str) -> Option<T> {
    let found = words.iter().find(|(_, word)| *word == by);
    found.map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(state: EntryState) -> Entry {
        Entry {
            user: UserId(7),
            units: 2,
            fingerprint: Fingerprint([0, 1, 2, 3, 4, 5, 6, 255]),
            state,
        }
    }

    fn pending(address: Option<i64>) -> Entry {
        entry(EntryState::Pending {
            address: address.map(AddressId),
            delivery: None,
            config_version: 3,
        })
    }

    #[test]
    fn every_ticket_is_read_as_it_was_written() {
        let refused = REFUSALS.map(|(refusal, _)| EntryState::Ended(TicketEnd::Refused(refusal)));
        let released =
            RELEASES.map(|(released, _)| EntryState::Ended(TicketEnd::Released(released)));
        let named = entry(EntryState::Pending {
            address: None,
            delivery: Some(DeliveryMethodId(4)),
            config_version: 3,
        });
        let mut entries = vec![pending(None), pending(Some(9)), named];
        entries.push(entry(EntryState::Ordered(OrderId(Uuid::from_u128(5)))));
        entries.extend(refused.into_iter().chain(released).map(entry));

        for entry in entries {
            let line = written(&entry);
            assert_eq!(read(line.as_bytes()), Some(entry), "{line}");
        }
        assert_eq!(written(&pending(Some(9))), "P|7|2|00010203040506ff|9|3");
        assert_eq!(written(&named), "P|7|2|00010203040506ff|0|3|4");
    }

    #[test]
    fn what_nobody_here_wrote_is_not_read() {
        let lines = [
            "",
            "P|7",
            "P|7|x|0|0|1",
            "P|7|1|0|0|1|x",
            "Q:1|7|1|0",
            "C:1|7|1|0",
            "X:bored|7|1|0",
        ];

        for line in lines {
            assert_eq!(read(line.as_bytes()), None, "{line}");
        }
    }
}
