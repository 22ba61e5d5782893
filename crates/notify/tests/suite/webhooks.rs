//! Who hears of orders, and how surely.

use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ActiveValue::Set, EntityTrait};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;
use stampede_kernel::{
    Clock, DeliveryId, ManualClock, Money, PageSize, SaleId, SkuId, Timestamp, UserId, WebhookId,
};
use stampede_notify::{
    DbWebhooks, Deliverer, Delivery, DeliveryStatus, EgressPolicy, FanOut, NewWebhook, Registered,
    WebhookError, WebhookService,
};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::user::{Role, Status};
use stampede_persistence::entity::{audit_log, job as jobs, sale, user, webhook};
use stampede_persistence::job::{self, Payload, Workers};
use stampede_test_support::TestDb;

use crate::receiver::{Receiver, Reply};

const ADMIN: UserId = UserId(1);
const NOW: Timestamp = Timestamp(1_795_336_200_250);
const ORDER: &str = "01936b5e-0000-7000-8000-000000000001";
/// Longer than any pause between two attempts.
const AGES: Duration = Duration::from_hours(6);

/// What `order` pushes.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Event(Value);

impl Payload for Event {
    const KIND: &'static str = "webhook.event";
}

fn event(name: &str, order: &str) -> Event {
    Event(json!({
        "event": name,
        "order": {"id": order, "total": 4_200, "status": "paid"},
        "at": NOW,
        "actor": "a later release says more",
    }))
}

/// An order as receivers see it, in small.
#[derive(Serialize, Deserialize)]
struct Shown {
    id: String,
    total: i64,
    #[serde(default = "dollars")]
    currency: String,
}

fn dollars() -> String {
    "USD".to_owned()
}

/// The gateway's way of showing an order, in small.
fn present(order: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<Shown>(order)?)
}

struct Shop {
    db: TestDb,
    clock: Arc<ManualClock>,
    webhooks: DbWebhooks,
}

impl Shop {
    async fn open() -> Self {
        let db = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(NOW));
        let webhooks = DbWebhooks::new(db.db.clone(), clock.clone(), EgressPolicy::Any);
        Self {
            db,
            clock,
            webhooks,
        }
    }

    async fn register(&self, url: &str, events: &[&str]) -> Registered {
        let new = NewWebhook {
            url: url.to_owned(),
            events: events.iter().map(ToString::to_string).collect(),
        };
        self.webhooks.register(ADMIN, new).await.unwrap()
    }

    /// One process's workers.
    fn workers(&self, egress: EgressPolicy) -> Workers {
        self.patient_workers(egress, Duration::from_millis(700))
    }

    /// Workers that wait so long for a receiver.
    fn patient_workers(&self, egress: EgressPolicy, patience: Duration) -> Workers {
        let (db, clock) = (self.db.db.clone(), self.clock.clone());
        let deliverer = Deliverer::new(db.clone(), clock.clone(), egress, patience);
        let fan_out = FanOut::new(db.clone(), clock.clone(), Box::new(present));
        Workers::new(db, clock, vec![Arc::new(fan_out), Arc::new(deliverer)])
    }

    async fn happen(&self, events: &[Event]) {
        let tx = self.db.db.begin_write().await.unwrap();
        job::push_all(&tx, events, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Does what is due until nothing is.
    async fn run(&self, egress: EgressPolicy) {
        while self.workers(egress).run_due().await.unwrap() > 0 {}
    }

    async fn deliveries(&self, webhook: WebhookId) -> Vec<Delivery> {
        let size = PageSize::new(100).unwrap();
        let page = self.webhooks.deliveries(webhook, size, None).await;
        page.unwrap().items
    }

    /// The only delivery there is.
    async fn delivery(&self, webhook: WebhookId) -> Delivery {
        let deliveries = self.deliveries(webhook).await;
        assert_eq!(deliveries.len(), 1);
        deliveries[0].clone()
    }

    async fn acts(&self) -> Vec<audit_log::Model> {
        let db = self.db.db.reader();
        audit_log::Entity::find().all(db).await.unwrap()
    }
}

/// Registers, lets an order be paid, and runs the workers once.
async fn told(replies: impl IntoIterator<Item = Reply>) -> (Shop, Receiver, Registered) {
    let receiver = Receiver::open(replies).await;
    let shop = Shop::open().await;
    let registered = shop.register(&receiver.url(), &["order.paid"]).await;
    shop.happen(&[event("order.paid", ORDER)]).await;
    shop.run(EgressPolicy::Any).await;
    (shop, receiver, registered)
}

#[tokio::test]
async fn a_private_address_is_not_registered() {
    let shop = Shop::open().await;
    let (db, clock) = (shop.db.db.clone(), shop.clock.clone());
    let careful = DbWebhooks::new(db, clock, EgressPolicy::Public);
    let new = NewWebhook {
        url: "http://0x7f.1:8080/hook".to_owned(),
        events: vec!["order.paid".to_owned()],
    };

    let error = careful.register(ADMIN, new).await.unwrap_err();

    let WebhookError::Invalid(fault) = error else {
        panic!("{error}");
    };
    assert_eq!((&*fault.field, fault.code), ("url", "private_target"));
    assert!(shop.acts().await.is_empty());
    let page = careful.webhooks(PageSize::default(), None).await.unwrap();
    assert!(page.items.is_empty());
}

#[tokio::test]
async fn deliveries_that_ended_a_month_ago_go_and_those_that_wait_stay() {
    let (shop, _receiver, registered) = told([Reply::Status(200), Reply::Status(500)]).await;
    let webhook = registered.webhook.id;
    let sweep = async || {
        let swept = stampede_notify::sweep(&shop.db.db, shop.clock.now()).await;
        let left = shop.deliveries(webhook).await;
        (
            swept.unwrap(),
            left.iter().map(|left| left.status).collect(),
        )
    };
    let waits = event("order.paid", "01936b5e-0000-7000-8000-000000000002");
    shop.happen(&[waits]).await;
    shop.run(EgressPolicy::Any).await;
    let both = vec![DeliveryStatus::Pending, DeliveryStatus::Delivered];

    shop.clock.advance(Duration::from_hours(30 * 24));
    assert_eq!(sweep().await, (0, both), "neither is older than 30 days");
    shop.clock.advance(Duration::from_secs(1));

    assert_eq!(sweep().await, (1, vec![DeliveryStatus::Pending]));
}

#[tokio::test]
async fn a_name_that_leads_into_the_shops_network_is_not_followed() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let url = format!("http://localhost:{}/hook", receiver.port);
    let named = shop.register(&url, &["*"]).await.webhook.id;
    let literal = shop.register(&receiver.url(), &["*"]).await.webhook.id;
    shop.happen(&[event("order.paid", ORDER)]).await;

    shop.run(EgressPolicy::Public).await;

    assert!(receiver.raw().is_empty());
    for webhook in [named, literal] {
        let delivery = shop.delivery(webhook).await;
        assert_eq!(
            (delivery.status, delivery.attempts),
            (DeliveryStatus::Pending, 1)
        );
        let error = delivery.last_error.unwrap();
        assert_eq!(error, "the host leads into a private network");
    }
}

#[tokio::test]
async fn nobody_hears_of_what_a_rehearsal_ordered() {
    let receiver = Receiver::open([Reply::Status(200), Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let webhook = shop.register(&receiver.url(), &["*"]).await.webhook.id;
    for (id, rehearsal) in [(1, true), (2, false)] {
        let row = sale::ActiveModel {
            id: Set(SaleId(id)),
            sku_id: Set(SkuId(1)),
            title: Set("Tea time".to_owned()),
            price: Set(Money::new(99).unwrap()),
            per_user_limit: Set(1),
            starts_at: Set(NOW),
            ends_at: Set(NOW),
            state: Set(SaleState::Open),
            config_version: Set(1),
            rehearsal: Set(rehearsal),
            created_at: Set(NOW),
        };
        let tx = shop.db.db.begin_write().await.unwrap();
        sale::Entity::insert(row).exec(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }
    let of_sale = |sale: i64| {
        let order = format!("01936b5e-0000-7000-8000-00000000000{sale}");
        let mut event = event("order.placed", &order);
        event.0["order"]["sale"] = json!(sale);
        event
    };

    shop.happen(&[of_sale(1), of_sale(2)]).await;
    shop.run(EgressPolicy::Any).await;

    assert_eq!(receiver.heard().len(), 1);
    let told = shop.delivery(webhook).await;
    assert_eq!(told.status, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_not_followed() {
    let elsewhere = Receiver::open([Reply::Status(200)]).await;
    let redirect = Reply::Redirect(elsewhere.url());

    let (shop, receiver, registered) = told([redirect]).await;

    assert_eq!(receiver.heard().len(), 1);
    assert!(elsewhere.raw().is_empty());
    let delivery = shop.delivery(registered.webhook.id).await;
    assert_eq!(delivery.status, DeliveryStatus::Pending);
    assert_eq!(delivery.answer_status, Some(302));
    assert_eq!(delivery.last_error.as_deref(), Some("answered 302"));
}

#[tokio::test]
async fn a_receiver_without_tls_learns_nothing_over_https() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let url = format!("https://localhost:{}/hook", receiver.port);
    let webhook = shop.register(&url, &["*"]).await.webhook.id;
    shop.happen(&[event("order.paid", ORDER)]).await;

    shop.run(EgressPolicy::Any).await;

    let contains = |text: &str| {
        let raw = receiver.raw();
        raw.windows(text.len()).any(|part| part == text.as_bytes())
    };
    assert!(contains("localhost"), "TLS names the host");
    assert!(!contains("order.paid") && !contains("Stampede"));
    assert_eq!(shop.delivery(webhook).await.status, DeliveryStatus::Pending);
}

#[tokio::test]
async fn a_receiver_that_never_comes_to_an_end_is_left() {
    for reply in [Reply::Silence, Reply::Flood] {
        let (shop, receiver, registered) = told([reply]).await;

        assert_eq!(receiver.heard().len(), 1);
        let delivery = shop.delivery(registered.webhook.id).await;
        assert_eq!(delivery.status, DeliveryStatus::Pending);
        let error = delivery.last_error.unwrap();
        assert!(error.starts_with("no answer"), "{error}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_a_failure() {
    let shop = Shop::open().await;
    let closed = Receiver::open([]).await.url();
    let webhook = shop.register(&closed, &["*"]).await.webhook.id;
    let url = "http://no-such-host.invalid/";
    let nowhere = shop.register(url, &["*"]).await.webhook.id;
    shop.happen(&[event("order.paid", ORDER)]).await;

    shop.run(EgressPolicy::Any).await;

    let error = |delivery: Delivery| delivery.last_error.unwrap();
    assert!(error(shop.delivery(webhook).await).starts_with("no connection"));
    let unresolved = error(shop.delivery(nowhere).await);
    assert_eq!(unresolved, "the host name cannot be resolved");
}

#[tokio::test]
async fn what_is_not_there_cannot_be_deleted_or_replayed() {
    let (shop, _receiver, registered) = told([Reply::Status(200)]).await;
    let id = registered.webhook.id;
    let delivery = shop.delivery(id).await.id;
    let other = shop
        .register("http://127.0.0.1:1/", &["*"])
        .await
        .webhook
        .id;
    let webhooks = &shop.webhooks;
    let before = shop.acts().await.len();

    let gone = |error| matches!(error, WebhookError::NotFound);
    let lost = WebhookId(999);
    assert!(gone(webhooks.delete(ADMIN, lost).await.unwrap_err()));
    assert!(gone(
        webhooks.replay(ADMIN, lost, delivery).await.unwrap_err()
    ));
    assert!(gone(
        webhooks.replay(ADMIN, other, delivery).await.unwrap_err()
    ));
    let absent = DeliveryId(999);
    assert!(gone(webhooks.replay(ADMIN, id, absent).await.unwrap_err()));
    let size = PageSize::default();
    assert!(gone(
        webhooks.deliveries(lost, size, None).await.unwrap_err()
    ));

    assert_eq!(shop.acts().await.len(), before);
    assert_eq!(shop.delivery(id).await.status, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn a_delivery_is_signed_and_says_what_happened() {
    let (shop, receiver, registered) = told([Reply::Status(204)]).await;

    let heard = receiver.heard();
    assert_eq!(heard.len(), 1);
    let heard = &heard[0];
    assert_eq!(heard.line, "POST /hook?shop=1 HTTP/1.1");
    let body: Value = serde_json::from_str(&heard.body).unwrap();
    let expected = json!({
        "id": format!("order.paid:{ORDER}"),
        "event": "order.paid",
        "at": "2026-11-22T08:30:00.250Z",
        "data": {"id": ORDER, "total": 4_200, "currency": "USD"},
    });
    assert_eq!(body, expected);
    let delivery = shop.delivery(registered.webhook.id).await;
    let header = |name: &str| heard.headers[name].as_str();
    assert_eq!(header("host"), format!("127.0.0.1:{}", receiver.port));
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("stampede-event"), "order.paid");
    assert_eq!(header("stampede-delivery"), delivery.id.to_string());
    let signed = format!("{}.{}", NOW.0 / 1_000, heard.body);
    let signature = header("stampede-signature");
    let (time, code) = signature.split_once(",v1=").unwrap();
    assert_eq!(time, format!("t={}", NOW.0 / 1_000));
    let secret = registered.secret.expose_secret();
    assert!(is_signed(secret, &signed, code));
    assert_eq!(delivery.status, DeliveryStatus::Delivered);
    assert_eq!((delivery.attempts, delivery.answer_status), (1, Some(204)));
    assert_eq!(delivery.delivered_at, Some(NOW));
}

/// As a receiver would check it.
fn is_signed(secret: &str, signed: &str, code: &str) -> bool {
    let bytes: Vec<u8> = (0..code.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&code[at..at + 2], 16).unwrap())
        .collect();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    mac.verify_slice(&bytes).is_ok()
}

#[tokio::test]
async fn a_webhook_hears_what_it_listens_to() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let url = receiver.url();
    let both = shop.register(&url, &["order.placed", "order.paid"]).await;
    let every = shop.register(&url, &["*"]).await;
    let none = shop.register(&url, &["order.refunded"]).await;

    let events = ["order.placed", "order.paid", "order.completed"];
    shop.happen(&events.map(|name| event(name, ORDER))).await;
    shop.run(EgressPolicy::Any).await;

    assert_eq!(shop.deliveries(both.webhook.id).await.len(), 2);
    assert_eq!(shop.deliveries(every.webhook.id).await.len(), 3);
    assert!(shop.deliveries(none.webhook.id).await.is_empty());
    assert_eq!(receiver.heard().len(), 5);
}

#[tokio::test]
async fn a_failure_is_tried_again_after_a_growing_pause() {
    let (shop, receiver, registered) =
        told([Reply::Status(500), Reply::Status(429), Reply::Status(200)]).await;
    let id = registered.webhook.id;
    assert_eq!(shop.delivery(id).await.answer_status, Some(500));

    shop.clock.advance(Duration::from_millis(1_400));
    shop.run(EgressPolicy::Any).await;
    assert_eq!(receiver.heard().len(), 1, "not before 1.5 s");
    shop.clock.advance(Duration::from_millis(1_200));
    shop.run(EgressPolicy::Any).await;
    assert_eq!(receiver.heard().len(), 2, "within 2.5 s");
    shop.clock.advance(Duration::from_secs(4));
    shop.run(EgressPolicy::Any).await;
    assert_eq!(receiver.heard().len(), 2, "not before 4.5 s");
    shop.clock.advance(Duration::from_secs(4));
    shop.run(EgressPolicy::Any).await;

    let heard = receiver.heard();
    assert_eq!(heard.len(), 3);
    assert_eq!(heard[0].body, heard[2].body);
    let signature = |place: usize| heard[place].headers["stampede-signature"].clone();
    assert_ne!(signature(0), signature(2), "the time is signed anew");
    let delivery = shop.delivery(id).await;
    assert_eq!(delivery.status, DeliveryStatus::Delivered);
    assert_eq!((delivery.attempts, delivery.answer_status), (3, Some(200)));
    assert_eq!(delivery.last_error, None);
}

/// Lets every attempt fail until the delivery is parked.
async fn parked(reply: [Reply; 2]) -> (Shop, Receiver, Registered) {
    let [first, then] = reply;
    let replies = std::iter::repeat_n(first, 10).chain([then]);
    let (shop, receiver, registered) = told(replies).await;
    for _ in 0..12 {
        shop.clock.advance(AGES);
        shop.run(EgressPolicy::Any).await;
    }
    (shop, receiver, registered)
}

#[tokio::test]
async fn a_delivery_that_failed_ten_times_is_parked_and_can_be_replayed() {
    let (shop, receiver, registered) = parked([Reply::Status(503), Reply::Status(200)]).await;
    let id = registered.webhook.id;
    let delivery = shop.delivery(id).await;
    assert_eq!(
        (delivery.status, delivery.attempts),
        (DeliveryStatus::Parked, 10)
    );
    assert_eq!(delivery.last_error.as_deref(), Some("answered 503"));
    assert_eq!(receiver.heard().len(), 10);

    let replayed = shop.webhooks.replay(ADMIN, id, delivery.id).await.unwrap();
    assert_eq!(replayed.status, DeliveryStatus::Pending);
    shop.run(EgressPolicy::Any).await;

    let delivery = shop.delivery(id).await;
    assert_eq!(
        (delivery.status, delivery.attempts),
        (DeliveryStatus::Delivered, 11)
    );
    assert_eq!(receiver.heard().len(), 11);
    let db = shop.db.db.reader();
    let left = jobs::Entity::find().all(db).await.unwrap();
    assert!(left.iter().all(|job| job.done_at.is_some()));
}

#[tokio::test]
async fn a_replay_that_fails_has_its_own_ten_attempts() {
    let (shop, receiver, registered) = parked([Reply::Status(503), Reply::Status(404)]).await;
    let id = registered.webhook.id;
    let delivery = shop.delivery(id).await;

    shop.webhooks.replay(ADMIN, id, delivery.id).await.unwrap();
    for _ in 0..12 {
        shop.run(EgressPolicy::Any).await;
        shop.clock.advance(AGES);
    }

    let delivery = shop.delivery(id).await;
    assert_eq!(
        (delivery.status, delivery.attempts),
        (DeliveryStatus::Parked, 20)
    );
    assert_eq!(receiver.heard().len(), 20);
}

#[tokio::test]
async fn replays_at_once_are_one_delivery() {
    let (shop, receiver, registered) = told([Reply::Status(200)]).await;
    let id = registered.webhook.id;
    let delivery = shop.delivery(id).await.id;

    let replays = (0..8).map(|_| shop.webhooks.replay(ADMIN, id, delivery));
    for replayed in futures::future::join_all(replays).await {
        assert_eq!(replayed.unwrap().status, DeliveryStatus::Pending);
    }
    shop.run(EgressPolicy::Any).await;

    assert_eq!(receiver.heard().len(), 2);
    let replays = shop.acts().await;
    let replays = replays.iter().filter(|act| act.action == "webhook.replay");
    assert_eq!(replays.count(), 1);
}

#[tokio::test]
async fn an_event_that_is_told_twice_is_delivered_once() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let registered = shop.register(&receiver.url(), &["*"]).await;

    let twice = || event("order.paid", ORDER);
    shop.happen(&[twice(), twice(), twice()]).await;
    shop.run(EgressPolicy::Any).await;
    let later = shop.register(&receiver.url(), &["*"]).await;
    shop.happen(&[twice()]).await;
    shop.clock.advance(AGES);
    shop.run(EgressPolicy::Any).await;

    shop.delivery(registered.webhook.id).await;
    assert!(shop.deliveries(later.webhook.id).await.is_empty());
    assert_eq!(receiver.heard().len(), 1);
    let db = shop.db.db.reader();
    let left = jobs::Entity::find().all(db).await.unwrap();
    assert!(left.iter().all(|job| job.done_at.is_some()));
}

#[tokio::test]
async fn two_processes_deliver_everything_once() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    shop.register(&receiver.url(), &["*"]).await;
    let order = |number| format!("01936b5e-0000-7000-8000-0000000001{number:02}");
    let events: Vec<_> = (0..30)
        .map(|number| event("order.paid", &order(number)))
        .collect();
    shop.happen(&events).await;

    let (one, other) = (
        shop.workers(EgressPolicy::Any),
        shop.workers(EgressPolicy::Any),
    );
    for _ in 0..12 {
        let (one, other) = tokio::join!(one.run_due(), other.run_due());
        one.unwrap();
        other.unwrap();
    }

    let mut told: Vec<_> = receiver
        .heard()
        .iter()
        .map(|heard| heard.headers["stampede-delivery"].clone())
        .collect();
    assert_eq!(told.len(), 30);
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 30);
}

#[tokio::test]
async fn a_receiver_that_never_answers_holds_up_no_other() {
    let healthy = Receiver::open([Reply::Status(204)]).await;
    let dead = Receiver::open([Reply::Silence]).await;
    let shop = Shop::open().await;
    shop.register(&dead.url(), &["*"]).await;
    shop.register(&healthy.url(), &["*"]).await;
    let order = |number| format!("01936b5e-0000-7000-8000-0000000{number:05}");
    let events: Vec<_> = (0..300)
        .map(|number| event("order.paid", &order(number)))
        .collect();
    shop.happen(&events).await;

    // So patient that no place of the dead one comes free during the test.
    let workers = shop.patient_workers(EgressPolicy::Any, Duration::from_secs(50));
    let running = tokio::spawn(async move { workers.run().await });
    let begun = std::time::Instant::now();
    while healthy.heard().len() < 300 {
        assert!(
            begun.elapsed() < Duration::from_secs(45),
            "{}",
            healthy.heard().len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    running.abort();

    assert_eq!(
        dead.heard().len(),
        4,
        "the dead one has its own places only"
    );
}

/// Makes a user whose address is proven.
async fn user(shop: &Shop, name: &str, role: Role) -> UserId {
    let row = user::ActiveModel {
        user_name: Set(name.to_owned()),
        name_key: Set(name.to_owned()),
        nick_name: Set(name.to_owned()),
        password_hash: Set("none".to_owned()),
        email: Set(Some(format!("{name}@example.com"))),
        verified_email: Set(Some(format!("{name}@example.com"))),
        role: Set(role),
        status: Set(Status::Active),
        language: Set("en".to_owned()),
        rehearsal: Set(false),
        created_at: Set(NOW),
        updated_at: Set(NOW),
        ..Default::default()
    };
    let tx = shop.db.db.begin_write().await.unwrap();
    let inserted = user::Entity::insert(row).exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
    inserted.last_insert_id
}

/// Lets every attempt at what is due fail until nothing is left to try.
async fn exhaust(shop: &Shop) {
    for _ in 0..12 {
        shop.run(EgressPolicy::Any).await;
        shop.clock.advance(AGES);
    }
}

#[tokio::test]
async fn a_receiver_that_fails_for_days_is_switched_off_and_admins_are_told() {
    let receiver =
        Receiver::open(std::iter::repeat_n(Reply::Status(503), 20).chain([Reply::Status(200)]))
            .await;
    let shop = Shop::open().await;
    let admin = user(&shop, "ada", Role::Admin).await;
    user(&shop, "carl", Role::Customer).await;
    let id = shop.register(&receiver.url(), &["*"]).await.webhook.id;
    let seen = async || {
        let page = shop.webhooks.webhooks(PageSize::default(), None).await;
        page.unwrap().items[0].clone()
    };

    shop.happen(&[event("order.paid", ORDER)]).await;
    exhaust(&shop).await;
    let failing = seen().await;
    assert_eq!(failing.disabled_at, None, "three days are not over yet");
    assert_eq!(failing.failing_since, Some(NOW));

    shop.clock.advance(Duration::from_hours(24));
    shop.happen(&[event("order.shipped", ORDER)]).await;
    exhaust(&shop).await;

    assert!(seen().await.disabled_at.is_some());
    let acts = shop.acts().await;
    let act = acts.last().unwrap();
    assert_eq!(
        (act.actor_id, act.action.as_str()),
        (None, "webhook.switch_off")
    );
    let db = shop.db.db.reader();
    let letters = jobs::Entity::find().all(db).await.unwrap();
    let letters: Vec<Value> = letters
        .iter()
        .filter(|job| job.kind == "mail.webhook_off")
        .map(|job| serde_json::from_str(&job.payload).unwrap())
        .collect();
    assert_eq!(letters.len(), 1, "admins alone");
    assert_eq!(letters[0]["admin"], json!(admin));

    let told = receiver.heard().len();
    shop.happen(&[event("order.completed", ORDER)]).await;
    exhaust(&shop).await;
    assert_eq!(receiver.heard().len(), told, "it is off");

    let enabled = shop.webhooks.enable(ADMIN, id).await.unwrap();
    assert_eq!((enabled.disabled_at, enabled.failing_since), (None, None));
    shop.webhooks.enable(ADMIN, id).await.unwrap();
    let gone = shop.webhooks.enable(ADMIN, WebhookId(404)).await;
    assert!(matches!(gone.unwrap_err(), WebhookError::NotFound));
    let acts = shop.acts().await;
    let switched_on = acts.iter().filter(|act| act.action == "webhook.enable");
    assert_eq!(switched_on.count(), 1);
    shop.happen(&[event("order.refunded", ORDER)]).await;
    shop.run(EgressPolicy::Any).await;
    assert_eq!(receiver.heard().len(), told + 1);
    assert_eq!(seen().await.failing_since, None);
}

#[tokio::test]
async fn one_delivery_that_gets_through_begins_the_days_anew() {
    let replies = std::iter::repeat_n(Reply::Status(500), 10)
        .chain([Reply::Status(200)])
        .chain([Reply::Status(500)]);
    let receiver = Receiver::open(replies).await;
    let shop = Shop::open().await;
    shop.register(&receiver.url(), &["*"]).await;

    for name in ["order.placed", "order.paid", "order.shipped"] {
        shop.happen(&[event(name, ORDER)]).await;
        exhaust(&shop).await;
    }

    let page = shop
        .webhooks
        .webhooks(PageSize::default(), None)
        .await
        .unwrap();
    let webhook = &page.items[0];
    assert_eq!(webhook.disabled_at, None);
    assert!(webhook.failing_since > Some(NOW.plus(AGES)));
}

#[tokio::test]
async fn a_deleted_webhook_hears_nothing_more() {
    let (shop, receiver, registered) = told([Reply::Status(500)]).await;
    let id = registered.webhook.id;

    shop.webhooks.delete(ADMIN, id).await.unwrap();
    shop.happen(&[event("order.paid", "01936b5e-0000-7000-8000-000000000002")])
        .await;
    shop.clock.advance(AGES);
    shop.run(EgressPolicy::Any).await;

    assert_eq!(receiver.heard().len(), 1);
    let delivery = shop.delivery(id).await;
    assert_eq!(delivery.status, DeliveryStatus::Parked);
    assert_eq!(
        delivery.last_error.as_deref(),
        Some("the webhook was deleted")
    );
    let again = shop.webhooks.replay(ADMIN, id, delivery.id).await;
    assert!(matches!(again.unwrap_err(), WebhookError::NotFound));
    let twice = shop.webhooks.delete(ADMIN, id).await;
    assert!(matches!(twice.unwrap_err(), WebhookError::NotFound));
    let size = PageSize::default();
    let listed = shop.webhooks.webhooks(size, None).await.unwrap();
    assert!(listed.items.is_empty());
}

#[tokio::test]
async fn what_admins_do_is_in_the_audit_log_and_secrets_are_nowhere() {
    let (shop, _receiver, registered) = told([Reply::Status(200)]).await;
    let id = registered.webhook.id;
    let delivery = shop.delivery(id).await.id;
    shop.webhooks.replay(ADMIN, id, delivery).await.unwrap();
    shop.webhooks.delete(ADMIN, id).await.unwrap();

    let acts = shop.acts().await;
    let actions: Vec<_> = acts.iter().map(|act| act.action.as_str()).collect();
    assert_eq!(
        actions,
        ["webhook.create", "webhook.replay", "webhook.delete"]
    );
    let secret = registered.secret.expose_secret();
    assert_eq!(secret.len(), "whsec_".len() + 64);
    for act in &acts {
        assert_eq!(
            (act.actor_id, &act.target),
            (Some(ADMIN), &format!("webhook:{id}"))
        );
        assert!(!act.detail.contains(secret));
    }
    assert!(!format!("{registered:?}").contains(secret));
    let row = webhook::Entity::find().one(shop.db.db.reader()).await;
    assert_eq!(row.unwrap().unwrap().secret, secret);
}

#[tokio::test]
async fn lists_come_in_pages_newest_first() {
    let receiver = Receiver::open([Reply::Status(200)]).await;
    let shop = Shop::open().await;
    let first = shop.register(&receiver.url(), &["*"]).await.webhook;
    let second = shop
        .register(&receiver.url(), &["order.paid"])
        .await
        .webhook;
    let events = ["order.placed", "order.paid", "order.shipped"];
    for name in events {
        shop.happen(&[event(name, ORDER)]).await;
        shop.run(EgressPolicy::Any).await;
    }
    let one = PageSize::new(1).unwrap();
    let two = PageSize::new(2).unwrap();

    let page = shop.webhooks.webhooks(one, None).await.unwrap();
    assert_eq!(page.items, std::slice::from_ref(&second));
    let rest = shop.webhooks.webhooks(one, page.next).await.unwrap();
    assert_eq!((rest.items, rest.next), (vec![first.clone()], None));

    let page = shop.webhooks.deliveries(first.id, two, None).await.unwrap();
    let names = |items: &[Delivery]| {
        items
            .iter()
            .map(|item| item.event.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&page.items), ["order.shipped", "order.paid"]);
    let foreign = shop
        .webhooks
        .deliveries(second.id, two, page.next.clone())
        .await;
    assert!(matches!(foreign.unwrap_err(), WebhookError::Cursor(_)));
    let rest = shop
        .webhooks
        .deliveries(first.id, two, page.next)
        .await
        .unwrap();
    assert_eq!(
        (names(&rest.items), rest.next),
        (vec!["order.placed".to_owned()], None)
    );
}

#[tokio::test]
async fn deliveries_that_cannot_be_are_named_by_the_audit() {
    let (shop, _receiver, registered) = told([Reply::Status(200)]).await;
    let breaches = async || {
        let tx = shop.db.db.snapshot().await.unwrap();
        stampede_notify::audit(&tx).await.unwrap()
    };
    assert_eq!(breaches().await, []);
    let id = shop.delivery(registered.webhook.id).await.id;

    for sql in [
        "UPDATE webhook_delivery SET answer_status = NULL",
        "UPDATE webhook_delivery SET answer_status = 200, webhook_id = 404",
    ] {
        shop.db.by_hand(&[sql]).await;
        let named = breaches().await;
        assert_eq!(named.len(), 1, "{sql}: {named:?}");
        assert_eq!(named[0].subject, format!("delivery {id}"));
    }
}
