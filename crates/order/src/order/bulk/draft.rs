//! Drafting one order of a bulk creation: its lines and its steps.

use std::ops::Range;
use std::time::Duration;

use sea_orm::ActiveValue::Set;
use stampede_catalog::bulk::{SeedSku, SeededRandom, Sold};
use stampede_kernel::{Money, OrderId, TaxRate, Timestamp, UserId};
use stampede_payment::bulk::Paid;
use stampede_persistence::entity::order::{self, CancelReason};
use uuid::{Builder, Uuid};

use super::{BulkError, Market};
use crate::order::model::Step;
use crate::order::store::Initiator;
use crate::order::totals::{TaxedLine, Totals};
use crate::order::{Line, OrderStatus};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
/// The time span over which orders are placed, and the age of the newest finished
/// one.
const SPREAD: Duration = Duration::from_hours(24 * 360);
const SETTLED: Duration = Duration::from_hours(24 * 5);

const BUYERS: [(&str, &str, &str); 4] = [
    (
        "Ada Lovelace",
        "+44 20 7946 0018",
        "12 St James's Square, London",
    ),
    ("李清照", "+86 531 8888 0101", "济南市历下区趵突泉南路 1 号"),
    ("紫式部", "+81 75 000 0101", "京都市上京区寺町通 397"),
    (
        "Grace Hopper",
        "+1 212 555 0142",
        "51 Riverside Drive, New York",
    ),
];

/// A drafted order with its steps.
pub(super) struct Draft {
    pub(super) id: OrderId,
    pub(super) buyer: UserId,
    pub(super) placed: Timestamp,
    pub(super) row: order::ActiveModel,
    pub(super) lines: Vec<Line>,
    pub(super) steps: Vec<(Step, Initiator, Timestamp)>,
    restocked: bool,
    totals: Totals,
}

impl Market {
    /// Drafts the orders with the numbers `numbers` of `count`, oldest first.
    pub(super) fn drafts(&self, numbers: Range<u64>, count: u64) -> Result<Vec<Draft>, BulkError> {
        numbers.map(|number| self.draft(number, count)).collect()
    }

    fn draft(&self, number: u64, count: u64) -> Result<Draft, BulkError> {
        let seed = i64::try_from(number).unwrap_or(i64::MAX);
        let mut chance = SeededRandom::of(self.at.0.wrapping_add(seed));
        let unpaid = number >= count - count / 100;
        let placed = if unpaid {
            self.at
        } else {
            self.placed(number, count)
        };
        let buyer = *chance.pick(&self.buyers);
        let (steps, restocked) = if unpaid {
            (Vec::new(), false)
        } else {
            fate(&mut chance, buyer, placed)
        };
        let lines = self.lines(&mut chance)?;
        let mut draft = Draft {
            id: id_at(placed),
            buyer,
            placed,
            totals: Totals::of(lines.iter().map(TaxedLine::from), Money::ZERO)?,
            row: <order::ActiveModel as Default>::default(),
            lines,
            steps,
            restocked,
        };
        draft.row = draft.row(*chance.pick(&BUYERS), placed.plus(self.pay_within));
        Ok(draft)
    }

    fn placed(&self, number: u64, count: u64) -> Timestamp {
        let step = SPREAD / u32::try_from(count).unwrap_or(u32::MAX).max(1);
        let since = step.saturating_mul(u32::try_from(number).unwrap_or(u32::MAX));
        self.at.minus(SPREAD + SETTLED).plus(since)
    }

    /// Picks one to three lines; a twentieth of the products is picked most.
    fn lines(&self, chance: &mut SeededRandom) -> Result<Vec<Line>, BulkError> {
        let mut lines: Vec<Line> = Vec::new();
        for _ in 0..=chance.below(5) / 3 + chance.below(10) / 9 {
            let favourites = self.wares.len().div_ceil(20);
            let among = if chance.percent(40) {
                favourites
            } else {
                self.wares.len()
            };
            let ware = chance.pick(&self.wares[..among]);
            if lines.iter().all(|line| line.sku_id != ware.sku) {
                lines.push(line(ware, 1 + chance.below(3))?);
            }
        }
        lines.sort_by_key(|line| line.sku_id);
        Ok(lines)
    }
}

fn line(ware: &SeedSku, num: i64) -> Result<Line, BulkError> {
    Ok(Line {
        sku_id: ware.sku,
        product_id: ware.product,
        name: ware.name.clone(),
        options: ware.options.clone(),
        image: None,
        unit_price: ware.price,
        num,
        total: ware.price.times(num)?,
        discount: Money::ZERO,
        tax_rate: TaxRate::ZERO,
    })
}

/// An id with the timestamp `at`.
fn id_at(at: Timestamp) -> OrderId {
    let mut random = [0; 10];
    for (byte, from) in random.iter_mut().zip(Uuid::new_v4().into_bytes()) {
        *byte = from;
    }
    let millis = u64::try_from(at.0).unwrap_or(0);
    OrderId(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// Picks the steps of an order, and whether a refund returned its units.
fn fate(
    chance: &mut SeededRandom,
    buyer: UserId,
    placed: Timestamp,
) -> (Vec<(Step, Initiator, Timestamp)>, bool) {
    let buyer = Initiator::Buyer(buyer);
    let pay = (Step::Pay, buyer, MINUTE * 2);
    let ship = (Step::Ship, Initiator::Shop, DAY);
    let receive = (Step::Receive, buyer, DAY * 4);
    let refund = (Step::Refund, Initiator::Shop, DAY * 2);
    let change_of_mind = (Step::Cancel(CancelReason::Buyer), buyer, MINUTE * 5);
    let no_money = (
        Step::Cancel(CancelReason::Unpaid),
        Initiator::Shop,
        MINUTE * 15,
    );
    let (steps, restocked) = match chance.below(100) {
        0..65 => (vec![pay, ship, receive], false),
        65..73 => (vec![pay, ship], false),
        73..81 => (vec![pay], false),
        81..91 => (vec![no_money], false),
        91..95 => (vec![change_of_mind], false),
        number => (vec![pay, refund], number >= 98),
    };
    let steps = steps.into_iter();
    let steps = steps.map(|(step, by, after)| (step, by, placed.plus(after)));
    (steps.collect(), restocked)
}

impl Draft {
    fn row(
        &self,
        (name, phone, address): (&str, &str, &str),
        pay_by: Timestamp,
    ) -> order::ActiveModel {
        let at = |wanted: fn(Step) -> bool| {
            let step = self.steps.iter().find(|(step, ..)| wanted(*step));
            Set(step.map(|(_, _, at)| *at))
        };
        let cancelled = self.steps.iter().find_map(|(step, ..)| match step {
            Step::Cancel(reason) => Some(*reason),
            Step::Pay | Step::Ship | Step::Receive | Step::Refund => None,
        });
        order::ActiveModel {
            id: Set(self.id),
            user_id: Set(self.buyer),
            status: Set(self.status()),
            total: Set(self.totals.total),
            discount: Set(self.totals.discount),
            shipping: Set(self.totals.shipping),
            tax: Set(self.totals.tax),
            promotions: Set(None),
            address_name: Set(Some(name.to_owned())),
            address_phone: Set(Some(phone.to_owned())),
            address_text: Set(Some(address.to_owned())),
            address_postcode: Set(None),
            address_country: Set(None),
            delivery_method_id: Set(None),
            delivery_name: Set(None),
            delivery_price: Set(None),
            seckill_id: Set(None),
            language: Set("en".to_owned()),
            tracking: Set(None),
            cancel_reason: Set(cancelled),
            created_at: Set(self.placed),
            pay_by: Set(Some(pay_by)),
            paid_at: at(|step| step == Step::Pay),
            shipped_at: at(|step| step == Step::Ship),
            completed_at: at(|step| step == Step::Receive),
            cancelled_at: at(|step| matches!(step, Step::Cancel(_))),
            refunded_at: at(|step| step == Step::Refund),
            restocked: Set(self.restocked),
        }
    }

    fn status(&self) -> OrderStatus {
        let last = self.steps.last();
        last.map_or(OrderStatus::Unpaid, |(step, ..)| step.ends().1)
    }

    fn when(&self, wanted: Step) -> Option<Timestamp> {
        let step = self.steps.iter().find(|(step, ..)| *step == wanted);
        step.map(|(_, _, at)| *at)
    }

    pub(super) fn paid(&self) -> Option<Paid> {
        Some(Paid {
            order: self.id,
            buyer: self.buyer,
            amount: self.totals.total,
            at: self.when(Step::Pay)?,
            refunded_at: self.when(Step::Refund),
        })
    }

    pub(super) fn sold(&self) -> impl Iterator<Item = Sold> {
        let back = self.steps.iter().find_map(|(step, _, at)| match step {
            Step::Cancel(CancelReason::Unpaid) => Some(("expiry", *at)),
            Step::Cancel(_) => Some(("cancel", *at)),
            Step::Refund if self.restocked => Some(("refund", *at)),
            Step::Pay | Step::Ship | Step::Receive | Step::Refund => None,
        });
        self.lines.iter().map(move |line| Sold {
            sku: line.sku_id,
            units: line.num,
            reference: self.id.to_string(),
            at: self.placed,
            back,
        })
    }
}
