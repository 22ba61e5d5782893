//! The legal transitions of an order's status.

use stampede_persistence::entity::order::{CancelReason, OrderStatus};

/// A transition of an order's status; placing is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The buyer pays from the wallet.
    Pay,
    /// The order is cancelled before payment.
    Cancel(CancelReason),
    /// The order is shipped.
    Ship,
    /// The buyer confirms receipt.
    Receive,
    /// The order is refunded.
    Refund,
}

/// All legal transitions of the status, as `(from, to)`.
pub(crate) const LEGAL: [(OrderStatus, OrderStatus); 5] = [
    (OrderStatus::Unpaid, OrderStatus::Paid),
    (OrderStatus::Unpaid, OrderStatus::Cancelled),
    (OrderStatus::Paid, OrderStatus::Shipped),
    (OrderStatus::Shipped, OrderStatus::Completed),
    (OrderStatus::Paid, OrderStatus::Refunded),
];

impl Step {
    /// The status that the order must have, and the status afterwards.
    pub(crate) fn ends(self) -> (OrderStatus, OrderStatus) {
        let [pay, cancel, ship, receive, refund] = LEGAL;
        match self {
            Self::Pay => pay,
            Self::Cancel(_) => cancel,
            Self::Ship => ship,
            Self::Receive => receive,
            Self::Refund => refund,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    const STEPS: [Step; 5] = [
        Step::Pay,
        Step::Cancel(CancelReason::Buyer),
        Step::Ship,
        Step::Receive,
        Step::Refund,
    ];

    #[test]
    fn nothing_follows_the_end_of_an_order() {
        for end in [
            OrderStatus::Completed,
            OrderStatus::Cancelled,
            OrderStatus::Refunded,
        ] {
            assert!(LEGAL.iter().all(|(from, _)| *from != end), "{end:?}");
        }
    }

    #[test]
    fn every_status_but_the_first_is_reached_by_exactly_one_step() {
        for status in OrderStatus::iter().filter(|status| *status != OrderStatus::Unpaid) {
            let ways = STEPS.iter().filter(|step| step.ends().1 == status);
            assert_eq!(ways.count(), 1, "{status:?}");
        }
    }

    #[test]
    fn only_an_unpaid_order_is_cancelled_and_only_a_paid_one_refunded() {
        let cancel = Step::Cancel(CancelReason::Unpaid).ends();

        assert_eq!(cancel, (OrderStatus::Unpaid, OrderStatus::Cancelled));
        assert_eq!(
            Step::Refund.ends(),
            (OrderStatus::Paid, OrderStatus::Refunded)
        );
    }
}
