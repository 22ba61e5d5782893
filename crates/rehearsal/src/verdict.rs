//! The verdict: the answers compared with the database.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;
use stampede_kernel::{OrderId, SaleId, UserId};
use stampede_persistence::entity::ticket::TicketState;
use stampede_persistence::entity::{order, ticket};

use crate::answer::{Answer, Kind};

/// Whether the sale was exact: everything but `sold` and `unresolved` must be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Units that orders have.
    pub sold: u64,
    /// Units sold beyond the stock.
    pub oversold: u64,
    /// Units left over although a user claimed them and was refused.
    pub undersold: u64,
    /// Orders that a buyer was promised and that do not exist, or belong to another user.
    pub lost: u64,
    /// Orders in the database that no answer promised.
    pub untold: u64,
    /// Users with more units than the limit.
    pub over_limit: u64,
    /// Claims without a final answer, of which nothing can be concluded.
    pub unresolved: u64,
}

impl Verdict {
    /// Number of faults.
    pub fn faults(&self) -> u64 {
        self.oversold + self.undersold + self.lost + self.untold + self.over_limit
    }
}

/// The terms of the sale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) stock: u64,
    pub(crate) limit: u64,
}

/// The state of a sale in the database.
#[derive(Debug, Default)]
pub(crate) struct DatabaseState {
    /// Order ids with their buyers.
    pub(crate) orders: HashMap<OrderId, UserId>,
    /// Units that were given, including those returned since.
    pub(crate) given: u64,
    /// Units that each buyer holds.
    pub(crate) held: HashMap<UserId, u64>,
}

impl DatabaseState {
    /// Reads the state.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub(crate) async fn read(db: &impl ConnectionTrait, sale: SaleId) -> Result<Self, DbErr> {
        let orders: Vec<(OrderId, UserId)> = order::Entity::find()
            .select_only()
            .columns([order::Column::Id, order::Column::UserId])
            .filter(order::Column::SeckillId.eq(sale))
            .into_tuple()
            .all(db)
            .await?;
        let tickets: Vec<(UserId, i64, TicketState)> = ticket::Entity::find()
            .select_only()
            .columns([
                ticket::Column::UserId,
                ticket::Column::Units,
                ticket::Column::State,
            ])
            .filter(ticket::Column::SaleId.eq(sale))
            .into_tuple()
            .all(db)
            .await?;
        let mut books = Self {
            orders: orders.into_iter().collect(),
            ..Self::default()
        };
        for (user, units, state) in tickets {
            let units = u64::try_from(units).unwrap_or(0);
            match state {
                TicketState::Ordered => *books.held.entry(user).or_default() += units,
                TicketState::Released => {}
                TicketState::Refused => continue,
            }
            books.given += units;
        }
        Ok(books)
    }

    /// Compares the state with the last answer to each claim and its user.
    pub(crate) fn judge(
        &self,
        heard: impl Iterator<Item = (Option<Answer>, UserId)>,
        terms: Terms,
    ) -> Verdict {
        let (mut lost, mut unresolved) = (0, 0);
        let mut told = std::collections::HashSet::new();
        let mut wanted = HashMap::<UserId, u64>::new();
        for (answer, user) in heard.filter_map(|(answer, user)| Some((answer?, user))) {
            *wanted.entry(user).or_default() += u64::from(answer.kind.speaks_of_units());
            match (answer.kind, answer.id.map(OrderId)) {
                (Kind::Won, Some(order)) => {
                    lost += u64::from(self.orders.get(&order) != Some(&user));
                    told.insert(order);
                }
                (kind, _) => unresolved += u64::from(!kind.is_final()),
            }
        }
        let untold = self.orders.keys().filter(|order| !told.contains(order));
        let over_limit = self.held.values().filter(|units| **units > terms.limit);
        let held: u64 = self.held.values().sum();
        let demand = wanted.values().map(|units| *units.min(&terms.limit)).sum();
        Verdict {
            sold: self.given,
            oversold: held.saturating_sub(terms.stock),
            undersold: terms.stock.min(demand).saturating_sub(self.given),
            lost,
            // Whoever did not hear at last may be who it belongs to.
            untold: count(untold).saturating_sub(unresolved),
            over_limit: count(over_limit),
            unresolved,
        }
    }
}

fn count(items: impl Iterator) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ANN: UserId = UserId(1);
    const BOB: UserId = UserId(2);
    const TERMS: Terms = Terms { stock: 2, limit: 1 };
    const EXACT: Verdict = Verdict {
        sold: 2,
        oversold: 0,
        undersold: 0,
        lost: 0,
        untold: 0,
        over_limit: 0,
        unresolved: 0,
    };

    fn order(nth: u128) -> OrderId {
        OrderId(Uuid::from_u128(nth))
    }

    fn won(nth: u128, user: UserId) -> (Option<Answer>, UserId) {
        let id = Some(Uuid::from_u128(nth));
        let kind = Kind::Won;
        (Some(Answer { kind, id }), user)
    }

    fn silent(user: UserId) -> (Option<Answer>, UserId) {
        let kind = Kind::Unanswered;
        (Some(Answer { kind, id: None }), user)
    }

    fn sold_out(user: UserId) -> (Option<Answer>, UserId) {
        let kind = Kind::SoldOut;
        (Some(Answer { kind, id: None }), user)
    }

    /// Ann has order 1 and Bob order 2.
    fn books() -> DatabaseState {
        DatabaseState {
            orders: [(order(1), ANN), (order(2), BOB)].into(),
            given: 2,
            held: [(ANN, 1), (BOB, 1)].into(),
        }
    }

    fn judge(books: &DatabaseState, heard: &[(Option<Answer>, UserId)]) -> Verdict {
        books.judge(heard.iter().copied(), TERMS)
    }

    #[test]
    fn what_was_told_and_what_is_there_agree() {
        let verdict = judge(&books(), &[won(1, ANN), won(2, BOB), (None, BOB)]);

        assert_eq!(verdict, EXACT);
        assert_eq!(verdict.faults(), 0);
    }

    #[test]
    fn an_order_that_is_not_there_or_is_somebody_elses_is_lost() {
        let verdict = judge(&books(), &[won(1, BOB), won(2, BOB), won(3, ANN)]);

        assert_eq!(verdict.lost, 2);
    }

    #[test]
    fn an_order_that_nobody_was_told_of_is_a_fault_unless_somebody_never_heard() {
        assert_eq!(judge(&books(), &[won(1, ANN)]).untold, 1);

        let verdict = judge(&books(), &[won(1, ANN), silent(BOB)]);
        assert_eq!((verdict.untold, verdict.unresolved), (0, 1));
    }

    #[test]
    fn too_many_too_few_and_too_much_for_one_are_counted() {
        let mut more = books();
        more.held.insert(ANN, 3);
        let verdict = judge(&more, &[won(1, ANN), won(2, BOB)]);
        assert_eq!((verdict.oversold, verdict.over_limit), (2, 1));

        let mut fewer = books();
        fewer.given = 1;
        assert_eq!(judge(&fewer, &[won(1, ANN), sold_out(BOB)]).undersold, 1);
        let nobody_else_came = judge(&fewer, &[won(1, ANN), sold_out(ANN), silent(BOB)]);
        assert_eq!(nobody_else_came.undersold, 0);
    }

    #[test]
    fn units_that_came_back_were_sold_all_the_same() {
        let mut expired = books();
        expired.held.clear();

        assert_eq!(judge(&expired, &[won(1, ANN), won(2, BOB)]), EXACT);
    }
}
