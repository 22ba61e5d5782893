//! The caller's orders, from placing to receiving.

mod admin;
mod place;

use actix_web::{HttpResponse, delete, get, post, web};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_http::answer::{List, personal, replayable};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_kernel::OrderId;
use stampede_order::{OrderFilter, OrderService, Payment};
use stampede_persistence::idempotency::Idempotency;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::SignedIn;
use crate::idiom::Idiom;
use crate::show::{OrderBody, StatusName, TransferBody};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(place::place)
        .service(list)
        .service(show)
        .service(cancel)
        .service(receive)
        .service(pay)
        .configure(admin::routes);
}

/// Which of the caller's orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OrdersQuery {
    status: Option<StatusName>,
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    cursor: Option<String>,
}

impl OrdersQuery {
    fn into_filter(self) -> Result<OrderFilter, Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let (size, cursor) = paging.read()?;
        Ok(OrderFilter {
            buyer: None,
            status: self.status.map(Into::into),
            size,
            cursor,
        })
    }
}

/// The caller's orders, newest first.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(OrdersQuery), responses(
    (status = 200, body = List<OrderBody>),
))]
#[get("/orders")]
async fn list(
    caller: SignedIn,
    Params(query): Params<OrdersQuery>,
    shop: web::Data<Idiom>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let filter = OrderFilter {
        buyer: Some(caller.user),
        ..query.into_filter()?
    };
    let page = orders.orders(filter).await?;
    let body = List::page(page, |order| OrderBody::new(order, &shop.currency));
    Ok(personal(&body))
}

/// One of the caller's orders, with its history.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = OrderBody),
))]
#[get("/order/{id}")]
async fn show(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<Idiom>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.order(caller.user, id).await?;
    Ok(personal(&OrderBody::whole(order, &shop.currency)))
}

/// Cancels an unpaid order; its units go back.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = OrderBody),
    (status = 409, description = "wrong_status"),
))]
#[delete("/order/{id}")]
async fn cancel(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<Idiom>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.cancel(caller.user, id).await?;
    Ok(personal(&OrderBody::new(order, &shop.currency)))
}

/// Completes a shipped order.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = OrderBody),
    (status = 409, description = "wrong_status"),
))]
#[post("/order/{id}/receive")]
async fn receive(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<Idiom>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.receive(caller.user, id).await?;
    Ok(personal(&OrderBody::new(order, &shop.currency)))
}

/// Which order, and the payment PIN.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PayBody {
    order_id: Uuid,
    /// The payment PIN.
    #[schema(value_type = String, format = Password)]
    key: SecretString,
}

/// What a payment gives.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
struct ReceiptBody {
    order: OrderBody,
    transfer: TransferBody,
    /// What is left in the wallet, in minor units.
    balance: i64,
    /// ISO 4217.
    currency: String,
}

/// Pays an order from the wallet, once per `Idempotency-Key` and once per order.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("Idempotency-Key" = String, Header)),
    request_body = PayBody, responses(
        (status = 200, body = ReceiptBody),
        (status = 402, description = "insufficient_balance"),
        (status = 403, description = "bad_pin"),
        (status = 404, description = "not_found"),
        (status = 409, description = "wrong_status, order_expired, idempotency_in_flight"),
    ))]
#[post("/paydown")]
async fn pay(
    caller: SignedIn,
    key: IdempotencyKey,
    shop: web::Data<Idiom>,
    orders: web::Data<dyn OrderService>,
    Json(body): Json<PayBody>,
) -> Result<HttpResponse, Problem> {
    let payment = Payment {
        buyer: caller.user,
        order: body.order_id.into(),
        pin: body.key,
    };
    let scope = "POST /paydown".to_owned();
    let key = Idempotency::of(caller.user, scope, key.required()?, &payment.order);
    let paid = orders.pay(payment, key).await?;
    let body = ReceiptBody {
        balance: paid.value.balance.minor(),
        transfer: TransferBody::new(paid.value.transfer, &shop.currency),
        order: OrderBody::new(paid.value.order, &shop.currency),
        currency: shop.currency.clone(),
    };
    Ok(replayable(personal(&body), paid.replayed))
}
