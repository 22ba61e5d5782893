//! Parsing of script replies.

use std::collections::HashMap;

use deadpool_redis::redis::{FromRedisValue, Value};
use stampede_kernel::{Timestamp, UserId};

use super::entry;
use crate::gate::{
    Acknowledged, BatchId, Epoch, Flipped, GateDump, GateError, Given, RunId, Taken, TicketId,
    Verdict,
};

/// The first field of a reply of `take` and `look` that did nothing.
const FENCED: i64 = 8;
/// The first field of a reply of `done` and `give` that did nothing.
const OTHER_EPOCH: i64 = -1;
/// The field that tells an empty hash from a missing one.
const SENTINEL: &[u8] = b"0";

pub(super) fn taken(reply: Value) -> Result<Taken, GateError> {
    let reply: Vec<Value> = unfenced(reply, FENCED)?;
    let [_, now, generation, left, verdicts @ ..] = reply.as_slice() else {
        return Err(strange("take"));
    };
    Ok(Taken {
        now: Timestamp(read(now)?),
        generation: read(generation)?,
        left: read(left)?,
        verdicts: verdicts.iter().map(verdict).collect::<Result<_, _>>()?,
    })
}

fn verdict(reply: &Value) -> Result<Verdict, GateError> {
    match reply {
        Value::BulkString(line) => entry::read(line).map(Verdict::Known),
        Value::Int(0) => Some(Verdict::Admitted),
        Value::Int(1) => Some(Verdict::NotStarted),
        Value::Int(2) => Some(Verdict::Ended),
        Value::Int(3) => Some(Verdict::SoldOut),
        Value::Int(4) => Some(Verdict::OverLimit),
        Value::Int(7) => Some(Verdict::Paused),
        _ => None,
    }
    .ok_or_else(|| strange("take"))
}

pub(super) fn acknowledged(reply: Value) -> Result<Acknowledged, GateError> {
    match unfenced::<i64>(reply, OTHER_EPOCH)?.as_slice() {
        [tickets, closed] => Ok(Acknowledged {
            tickets: usize::try_from(*tickets).map_err(|_| strange("done"))?,
            closed: *closed == 1,
        }),
        _ => Err(strange("done")),
    }
}

pub(super) fn given(reply: Value) -> Result<Vec<Given>, GateError> {
    let given = unfenced::<i64>(reply, OTHER_EPOCH)?;
    let one = |code| match code {
        1 => Ok(Given::Now),
        0 => Ok(Given::Before),
        -2 => Ok(Given::Unknown),
        _ => Err(strange("give")),
    };
    given.into_iter().map(one).collect()
}

pub(super) fn flipped(reply: &Value) -> Result<Flipped, GateError> {
    match read::<(i64, i64)>(reply)? {
        (1, before) => Ok(Flipped::Done(Epoch(before))),
        (-1, at) => Ok(Flipped::Overtaken(Epoch(at))),
        (-2, _) => Ok(Flipped::Restarted),
        (-3, _) => Ok(Flipped::Short),
        _ => Err(strange("flip")),
    }
}

/// A negative number means that nothing is loaded.
pub(super) fn loaded(reply: &Value) -> Result<Option<u64>, GateError> {
    read::<i64>(reply).map(|count| u64::try_from(count).ok())
}

pub(super) fn run_id(reply: &Value) -> Result<RunId, GateError> {
    read(reply).map(RunId)
}

pub(super) fn time(reply: &Value) -> Result<Timestamp, GateError> {
    read(reply).map(Timestamp)
}

/// Parses a reply of `look` with the keys `s`, `u` and `t`.
pub(super) fn dump(reply: Value) -> Result<GateDump, GateError> {
    let reply: Vec<Value> = unfenced(reply, FENCED)?;
    let [_, left, buyers, tickets] = reply.as_slice() else {
        return Err(strange("look"));
    };
    let ticket = |(id, line): (Vec<u8>, Vec<u8>)| {
        let entry = entry::read(&line).ok_or_else(|| strange("look"))?;
        Ok((TicketId(id16(&id)?), entry))
    };
    Ok(GateDump {
        left: read(left)?,
        buyers: units(buyers)?,
        tickets: fields(tickets)?.map(ticket).collect::<Result<_, _>>()?,
    })
}

/// Parses a reply of `look` with the key `u`.
pub(super) fn known(reply: Value) -> Result<Vec<UserId>, GateError> {
    let reply: Vec<Value> = unfenced(reply, FENCED)?;
    let [_, buyers] = reply.as_slice() else {
        return Err(strange("look"));
    };
    Ok(units(buyers)?.into_iter().map(|(user, _)| user).collect())
}

/// Parses a reply of `look` with the key `w`.
pub(super) fn open_batches(reply: Value) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
    let reply: Vec<Value> = unfenced(reply, FENCED)?;
    let [_, batches] = reply.as_slice() else {
        return Err(strange("look"));
    };
    let batch = |(id, tickets): (Vec<u8>, Vec<u8>)| {
        let tickets = tickets.chunks(16).map(|id| id16(id).map(TicketId));
        Ok((BatchId(id16(&id)?), tickets.collect::<Result<_, _>>()?))
    };
    fields(batches)?.map(batch).collect()
}

/// Parses `INFO memory`: one text, or in a Cluster one text per master.
pub(super) fn evicts(reply: &Value) -> bool {
    match reply {
        Value::BulkString(text) => {
            let text = String::from_utf8_lossy(text);
            let mut policies =
                (text.lines()).filter_map(|line| line.trim_end().strip_prefix("maxmemory_policy:"));
            policies.any(|policy| policy != "noeviction")
        }
        Value::Map(nodes) => nodes.iter().any(|(_, reply)| evicts(reply)),
        _ => false,
    }
}

fn units(buyers: &Value) -> Result<Vec<(UserId, i64)>, GateError> {
    let number = |text: &[u8]| {
        let text = std::str::from_utf8(text).ok();
        let number = text.and_then(|text| text.parse().ok());
        number.ok_or_else(|| strange("look"))
    };
    let buyer = |(user, units): (Vec<u8>, Vec<u8>)| Ok((UserId(number(&user)?), number(&units)?));
    fields(buyers)?.map(buyer).collect()
}

fn fields(hash: &Value) -> Result<impl Iterator<Item = (Vec<u8>, Vec<u8>)>, GateError> {
    let fields: HashMap<Vec<u8>, Vec<u8>> = read(hash)?;
    Ok(fields.into_iter().filter(|(field, _)| field != SENTINEL))
}

fn id16(bytes: &[u8]) -> Result<[u8; 16], GateError> {
    bytes.try_into().map_err(|_| strange("look"))
}

/// Returns the reply, or [`GateError::Fenced`] when it begins with `mark`.
fn unfenced<T: FromRedisValue>(reply: Value, mark: i64) -> Result<Vec<T>, GateError> {
    if let Value::Array(parts) = &reply
        && let [Value::Int(first), Value::Int(at), ..] = parts.as_slice()
        && *first == mark
    {
        return Err(GateError::Fenced { at: Epoch(*at) });
    }
    Vec::from_redis_value(reply).map_err(|_| strange("a script"))
}

fn read<T: FromRedisValue>(reply: &Value) -> Result<T, GateError> {
    T::from_redis_value_ref(reply).map_err(|_| strange("a script"))
}

/// The error of a reply that no script of this release gives.
fn strange(script: &str) -> GateError {
    GateError::Unreachable(format!("Redis answers what {script} never says"))
}
