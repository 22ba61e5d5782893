//! Routes of wallets: balance, statement, and top-up by an admin.

use actix_web::{HttpResponse, get, post, web};
use stampede_api::ShopLocale;
use stampede_api::wallet::{BalanceBody, PinBody, TopUpBody, TransferBody};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::UserId;
use stampede_payment::PaymentService;
use stampede_persistence::idempotency::Idempotency;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{Admin, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(balance).service(transfers).service(top_up);
}

/// Returns the balance of the caller's wallet.
#[utoipa::path(tag = "wallet", security(("bearer" = [])), request_body = PinBody, responses(
    (status = 200, body = BalanceBody),
    (status = 403, description = "bad_pin"),
))]
#[post("/money")]
async fn balance(
    caller: SignedIn,
    shop: web::Data<ShopLocale>,
    payments: web::Data<dyn PaymentService>,
    Json(body): Json<PinBody>,
) -> Result<HttpResponse, Problem> {
    let balance = payments.balance(caller.user, &body.key).await?;
    Ok(ok_private(&BalanceBody::new(balance, &shop.currency)))
}

/// Lists the transfers of the caller's wallet, newest first.
#[utoipa::path(tag = "wallet", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<TransferBody>),
))]
#[get("/wallet/transfers")]
async fn transfers(
    caller: SignedIn,
    Params(paging): Params<Paging>,
    shop: web::Data<ShopLocale>,
    payments: web::Data<dyn PaymentService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = payments.statement(caller.user, size, cursor).await?;
    let body = List::page(page, |transfer| TransferBody::new(transfer, &shop.currency));
    Ok(ok_private(&body))
}

/// Adds money to a user's wallet, at most once per `Idempotency-Key`.
#[utoipa::path(tag = "admin", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the user."), ("Idempotency-Key" = Option<String>, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = TopUpBody, responses(
        (status = 200, body = TransferBody),
        (status = 409, description = "idempotency_in_flight"),
    ))]
#[post("/admin/user/{id}/top_up")]
async fn top_up(
    admin: Admin,
    Id(user): Id<UserId>,
    key: IdempotencyKey,
    shop: web::Data<ShopLocale>,
    payments: web::Data<dyn PaymentService>,
    Json(body): Json<TopUpBody>,
) -> Result<HttpResponse, Problem> {
    let top_up = body.into_top_up(user)?;
    let scope = format!("POST /admin/user/{user}/top_up");
    let key = key
        .0
        .map(|key| Idempotency::of(admin.user, scope, key, &top_up));
    let (transfer, replayed) = payments.top_up(admin.user, top_up, key).await?;
    let answer = ok_private(&TransferBody::new(transfer, &shop.currency));
    Ok(replayable(answer, replayed))
}
