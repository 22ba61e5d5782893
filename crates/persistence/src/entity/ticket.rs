//! The outcome of a claim in a sale: an order, or a recorded refusal.

use sea_orm::entity::prelude::*;
use stampede_kernel::{OrderId, SaleId, Timestamp, UserId};

/// What became of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum TicketState {
    /// The claim won: it has an order.
    Ordered,
    /// The claim was refused: it never gets an order.
    Refused,
    /// The order of the claim has released its units.
    Released,
}

/// Why a ticket holds no units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(32))",
    rename_all = "snake_case"
)]
pub enum TicketReason {
    /// Refused: the address does not exist or belongs to another user.
    AddressNotFound,
    /// Refused: no address was given, and there is no default.
    AddressRequired,
    /// Refused: the process that admitted it is gone, and the gate does not know it.
    Lost,
    /// Refused: it was admitted by a gate that had lost its state.
    Guard,
    /// Released: the order was not paid in time.
    Unpaid,
    /// Released: the order was cancelled.
    Cancelled,
    /// Released: the order was refunded and its units returned.
    Refunded,
}

/// The outcome of a claim in a sale; a pending one has no row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket")]
pub struct Model {
    /// Computed from sale, user and idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The sale.
    pub sale_id: SaleId,
    /// The user.
    pub user_id: UserId,
    /// Number of units.
    pub units: i64,
    /// The address; 0 for the default address.
    pub address_id: i64,
    /// The version of the sale's terms at the claim.
    pub config_version: i64,
    /// Distinguishes two claims under one idempotency key.
    pub fingerprint: i64,
    /// The epoch under which it was committed.
    pub epoch: i64,
    /// The state.
    pub state: TicketState,
    /// Why it holds no units.
    pub reason: Option<TicketReason>,
    /// The order.
    pub order_id: Option<OrderId>,
    /// When it was committed.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
