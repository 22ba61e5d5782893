//! Classification of the answers to claims.

use hyper::StatusCode;
use hyper::header::{self, HeaderMap};
use serde::Deserialize;
use uuid::Uuid;

use crate::client::{NoResponse, Reply};

/// The kind of an answer to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// 201: an order.
    Won,
    /// 202: a ticket, which will be won or refused.
    Pending,
    /// 410: sold out.
    SoldOut,
    /// 409: the user has as many units as the limit allows.
    LimitReached,
    /// Any other refusal that a retry would get again.
    Refused,
    /// 425: the sale has not begun.
    TooEarly,
    /// 429: too many requests of one user.
    RateLimited,
    /// 503: the sale is busy or paused.
    Busy,
    /// 5xx otherwise.
    Failed,
    /// No connection: nothing was sent.
    Unreachable,
    /// No response: the claim was sent and may have taken effect.
    Unanswered,
}

impl Kind {
    /// All kinds.
    pub(crate) const ALL: [Self; 11] = [
        Self::Won,
        Self::Pending,
        Self::SoldOut,
        Self::LimitReached,
        Self::Refused,
        Self::TooEarly,
        Self::RateLimited,
        Self::Busy,
        Self::Failed,
        Self::Unreachable,
        Self::Unanswered,
    ];

    /// The name in the JSON report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Pending => "pending",
            Self::SoldOut => "sold_out",
            Self::LimitReached => "limit_reached",
            Self::Refused => "refused",
            Self::TooEarly => "too_early",
            Self::RateLimited => "rate_limited",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::Unreachable => "unreachable",
            Self::Unanswered => "unanswered",
        }
    }

    /// The index in [`Kind::ALL`].
    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }

    /// The class of the answer.
    pub(crate) fn side(self) -> Side {
        match self {
            Self::Won | Self::Pending => Side::Accepted,
            Self::SoldOut
            | Self::LimitReached
            | Self::Refused
            | Self::TooEarly
            | Self::RateLimited
            | Self::Busy => Side::TurnedAway,
            Self::Failed | Self::Unreachable | Self::Unanswered => Side::Error,
        }
    }

    /// Whether the answer is final; any other claim is retried under its key.
    pub(crate) fn is_final(self) -> bool {
        matches!(
            self,
            Self::Won | Self::SoldOut | Self::LimitReached | Self::Refused
        )
    }

    /// Whether the answer depends on the units that are left or that the user has.
    pub(crate) fn speaks_of_units(self) -> bool {
        matches!(self, Self::Won | Self::SoldOut | Self::LimitReached)
    }
}

/// The class of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The claim was admitted.
    Accepted,
    /// The claim was refused in an orderly way.
    TurnedAway,
    /// The claim failed.
    Error,
}

/// An answer to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The kind of the answer.
    pub(crate) kind: Kind,
    /// The order id of a won claim, the ticket id of a pending one.
    pub(crate) id: Option<Uuid>,
}

impl Answer {
    fn of(kind: Kind) -> Self {
        Self { kind, id: None }
    }

    /// The answer to `POST /seckill/:id`.
    pub(crate) fn to_claim(reply: &Result<Reply, NoResponse>) -> Self {
        let reply = match reply {
            Ok(reply) => reply,
            Err(silence) => return Self::of(silence.kind()),
        };
        let id = last_of_location(&reply.headers);
        match (reply.status, id) {
            (StatusCode::CREATED, Some(_)) => Self {
                kind: Kind::Won,
                id,
            },
            (StatusCode::ACCEPTED, Some(_)) => Self {
                kind: Kind::Pending,
                id,
            },
            (status, _) => Self::of(kind_of(status, &reply.body)),
        }
    }

    /// The answer to `GET /seckill/:id/ticket/:ticket`; without a response the ticket stays
    /// pending.
    pub(crate) fn to_poll(ticket: Uuid, reply: &Result<Reply, NoResponse>) -> Self {
        let body = reply
            .as_ref()
            .ok()
            .filter(|reply| reply.status == StatusCode::OK);
        let polled = body.and_then(|reply| serde_json::from_slice::<Polled>(&reply.body).ok());
        match polled {
            Some(Polled {
                order_id: id @ Some(_),
                ..
            }) => Self {
                kind: Kind::Won,
                id,
            },
            Some(Polled { state, .. }) if state == "refused" => Self::of(Kind::Refused),
            _ => Self {
                kind: Kind::Pending,
                id: Some(ticket),
            },
        }
    }
}

/// The members of a ticket that matter here.
#[derive(Deserialize)]
struct Polled {
    state: String,
    order_id: Option<Uuid>,
}

/// The members of a problem that matter here.
#[derive(Deserialize)]
struct Told<'a> {
    code: &'a str,
}

fn kind_of(status: StatusCode, body: &[u8]) -> Kind {
    let told = serde_json::from_slice::<Told<'_>>(body);
    match (status.as_u16(), told.map(|told| told.code)) {
        (410, Ok("sold_out")) => Kind::SoldOut,
        (409, Ok("limit_reached")) => Kind::LimitReached,
        (425, _) => Kind::TooEarly,
        (429, _) => Kind::RateLimited,
        (503, _) => Kind::Busy,
        (400..500, _) => Kind::Refused,
        _ => Kind::Failed,
    }
}

fn last_of_location(headers: &HeaderMap) -> Option<Uuid> {
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    location.rsplit('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use hyper::body::Bytes;

    use super::*;

    const ID: &str = "0198a3f0-6e5c-7d43-a1b2-c3d4e5f60718";

    fn reply(status: u16, location: &str, body: &'static str) -> Reply {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, location.parse().unwrap());
        Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: Bytes::from_static(body.as_bytes()),
        }
    }

    fn kind(status: u16, body: &'static str) -> Kind {
        Answer::to_claim(&Ok(reply(status, "", body))).kind
    }

    #[test]
    fn an_order_is_won_and_a_ticket_is_pending() {
        let won = Answer::to_claim(&Ok(reply(201, &format!("/api/v1/order/{ID}"), "")));
        let ticket = format!("/api/v1/seckill/7/ticket/{ID}");
        let pending = Answer::to_claim(&Ok(reply(202, &ticket, "")));

        assert_eq!((won.kind, won.id), (Kind::Won, ID.parse().ok()));
        assert_eq!((pending.kind, pending.id), (Kind::Pending, ID.parse().ok()));
        assert_eq!(kind(201, ""), Kind::Failed, "an order that nobody names");
    }

    #[test]
    fn refusals_are_told_apart_by_their_code() {
        for (status, code, expected) in [
            (410, "sold_out", Kind::SoldOut),
            (410, "sale_ended", Kind::Refused),
            (409, "limit_reached", Kind::LimitReached),
            (409, "ticket_lost", Kind::Refused),
            (425, "sale_not_started", Kind::TooEarly),
            (429, "rate_limited", Kind::RateLimited),
            (503, "sale_busy", Kind::Busy),
            (401, "bad_token", Kind::Refused),
            (500, "internal", Kind::Failed),
        ] {
            let body = format!(r#"{{"status":{status},"code":"{code}"}}"#);
            assert_eq!(kind(status, body.leak()), expected, "{status} {code}");
        }
    }

    #[test]
    fn what_may_have_won_is_asked_again() {
        let silent = |silence| Answer::to_claim(&Err(silence)).kind;

        assert_eq!(silent(NoResponse::Unanswered), Kind::Unanswered);
        assert_eq!(silent(NoResponse::Unreachable), Kind::Unreachable);
        let again = Kind::ALL.into_iter().filter(|kind| !kind.is_final());
        let names: Vec<_> = again.map(Kind::name).collect();
        assert_eq!(
            names,
            [
                "pending",
                "too_early",
                "rate_limited",
                "busy",
                "failed",
                "unreachable",
                "unanswered"
            ]
        );
    }

    #[test]
    fn a_ticket_ends_won_or_refused_and_silence_does_not_end_it() {
        let ticket = Uuid::nil();
        let poll = |body| Answer::to_poll(ticket, &Ok(reply(200, "", body))).kind;

        let won = r#"{"state":"won","order_id":"0198a3f0-6e5c-7d43-a1b2-c3d4e5f60718"}"#;
        assert_eq!(poll(won), Kind::Won);
        assert_eq!(
            poll(r#"{"state":"refused","order_id":null}"#),
            Kind::Refused
        );
        assert_eq!(
            poll(r#"{"state":"pending","order_id":null}"#),
            Kind::Pending
        );
        let silent = Answer::to_poll(ticket, &Err(NoResponse::Unanswered));
        assert_eq!((silent.kind, silent.id), (Kind::Pending, Some(ticket)));
    }
}
