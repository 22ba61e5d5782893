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
    /// It has an order.
    Ordered,
    /// It never will have one.
    Refused,
    /// It had an order that gave its units back.
    Released,
}

/// Why a ticket has no units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(32))",
    rename_all = "snake_case"
)]
pub enum TicketReason {
    /// Refused: the address is absent or somebody else's.
    AddressNotFound,
    /// Refused: none was named, and there is no default.
    AddressRequired,
    /// Refused: whoever admitted it is gone, and nobody else knows of it.
    Lost,
    /// Refused: it was admitted by a gate that had lost its memory.
    Guard,
    /// Released: nobody paid.
    Unpaid,
    /// Released: somebody cancelled.
    Cancelled,
    /// Released: the money went back, and the units with it.
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
    /// Which sale.
    pub sale_id: SaleId,
    /// Whose.
    pub user_id: UserId,
    /// How many.
    pub units: i64,
    /// Where to; 0 for the default address.
    pub address_id: i64,
    /// Of the sale's terms that were in force at the claim.
    pub config_version: i64,
    /// Tells two claims under one key apart.
    pub fingerprint: i64,
    /// Under which it was committed.
    pub epoch: i64,
    /// What became of it.
    pub state: TicketState,
    /// Why it has no units.
    pub reason: Option<TicketReason>,
    /// Its order.
    pub order_id: Option<OrderId>,
    /// When it was committed.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
