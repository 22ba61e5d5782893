//! Several gateways before one Redis, which forgets, dies, lies and stands still.

use std::fs::OpenOptions;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use stampede_kernel::*;
use stampede_seckill::*;
use stampede_test_support::{RedisServer, at_once, rounds};

use crate::crowd::*;
use crate::fixture::*;

const UNITS: i64 = 30;
const BUYERS: usize = 60;
/// So many have an answer when something happens.
const MIDST: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_gateways_sell_what_there_is_and_each_knows_the_others_orders() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    for _ in 0..rounds() {
        let sale = pair.fixture.sale(UNITS, 1).await;

        let orders = pair.crowd(sale, &buyers).orders().await;

        pair.all_sold(sale, &buyers, &orders).await;
        pair.fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_at_two_gateways_at_once_is_one_order() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let ann = pair.fixture.buyer().await;
    for _ in 0..rounds() {
        let sale = pair.fixture.sale(5, 2).await;
        let claims = pair.gateways.iter().cycle().take(8).map(|gateway| {
            let gateway = gateway.clone();
            async move { outcome(&gateway, &keyed(sale, ann)).await }
        });

        let answers = at_once(claims.collect()).await;

        let orders: std::collections::HashSet<_> =
            answers.into_iter().map(|one| won(one).0.id).collect();
        assert_eq!((orders.len(), pair.fixture.taken(sale).await), (1, 1));
        pair.at_rest(sale).await;
        pair.fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_is_emptied_in_the_middle_of_a_sale_is_filled_again() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    for command in [&["FLUSHALL"][..], &["SCRIPT", "FLUSH"]] {
        let sale = pair.fixture.sale(UNITS, 1).await;
        let crowd = pair.crowd(sale, &buyers);
        for times in 1..4 {
            crowd.answered(times * MIDST).await;
            server.cli(command);
        }

        let orders = crowd.orders().await;

        pair.all_sold(sale, &buyers, &orders).await;
        pair.fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_dies_in_the_middle_of_a_sale_is_found_again() {
    for settings in [&[][..], &["--appendonly", "yes"]] {
        let Some(mut server) = RedisServer::start(settings) else {
            return;
        };
        let pair = TwoGateways::of(&server.url()).await;
        let buyers = pair.fixture.buyers(BUYERS).await;
        let sale = pair.fixture.sale(UNITS, 1).await;
        let crowd = pair.crowd(sale, &buyers);
        for times in 1..3 {
            crowd.answered(times * MIDST).await;
            server.kill();
            server.revive();
        }

        let orders = crowd.orders().await;

        pair.all_sold(sale, &buyers, &orders).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_lost_the_end_of_its_log_is_not_believed() {
    for percent in [20, 50, 80, 95] {
        let Some(mut server) = RedisServer::start(&["--appendonly", "yes"]) else {
            return;
        };
        let pair = TwoGateways::of(&server.url()).await;
        let buyers = pair.fixture.buyers(BUYERS).await;
        let sale = pair.fixture.sale(UNITS, 1).await;
        let crowd = pair.crowd(sale, &buyers);
        crowd.answered(2 * MIDST).await;
        server.kill();
        cut_log(&server, percent);
        server.revive();

        let orders = crowd.orders().await;

        pair.all_sold(sale, &buyers, &orders).await;
    }
}

/// Leaves so much of what was logged since the start.
fn cut_log(server: &RedisServer, percent: u64) {
    let log = "appendonlydir/appendonly.aof.1.incr.aof";
    let log = OpenOptions::new()
        .write(true)
        .open(server.folder().join(log));
    let log = log.unwrap();
    let length = log.metadata().unwrap().len();
    log.set_len(length * percent / 100).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_was_restored_from_an_older_copy_is_not_believed() {
    let Some(mut server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    let sale = pair.fixture.sale(UNITS, 1).await;
    let crowd = pair.crowd(sale, &buyers);
    crowd.answered(MIDST).await;
    server.cli(&["SAVE"]);
    crowd.answered(2 * MIDST).await;
    server.kill();
    server.revive();
    let left: i64 = server
        .cli(&["EXISTS", &format!("sk:{{{sale}}}:m")])
        .trim()
        .parse()
        .unwrap();
    assert_eq!(left, 1, "the copy has the sale");

    let orders = crowd.orders().await;

    pair.all_sold(sale, &buyers, &orders).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_redis_stands_still_claims_are_told_so_and_afterwards_all_is_sold() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(BUYERS + 1).await;
    let (late, buyers) = buyers.split_first().unwrap();
    let sale = pair.fixture.sale(UNITS, 1).await;
    let crowd = pair.crowd(sale, buyers);
    crowd.answered(MIDST).await;

    server.stop();
    let told = pair.fixture.claim(sale, *late).await;
    assert_eq!(ending(&told), "busy");
    tokio::time::sleep(Duration::from_secs(3)).await;
    server.go_on();

    let orders = crowd.orders().await;
    pair.at_rest(sale).await;
    // What was asked before the standstill is done after it, though its buyer was
    // told to come again: such a ticket is committed like any other.
    let stock = pair.fixture.stock_row(sale).await;
    assert_eq!(stock.taken, stock.total);
    let told = i64::try_from(orders.iter().flatten().count()).unwrap();
    assert!((stock.total - 1..=stock.total).contains(&told), "{told}");
}

#[tokio::test]
async fn the_clock_of_redis_judges_the_window() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let ann = pair.fixture.buyer().await;
    let (from, until) = (Duration::from_hours(1), Duration::from_hours(3));
    let new = NewSale {
        starts_at: pair.fixture.clock.now().plus(from),
        ends_at: pair.fixture.clock.now().plus(until),
        ..pair.fixture.new_sale(5, 1)
    };
    let sale = pair.fixture.open.sales.create(ADMIN, new).await.unwrap().id;

    // The gateway's clock is ahead by two hours: for it, the sale is on.
    pair.fixture.clock.advance(Duration::from_hours(2));
    pair.fixture.open.sales.maintain().await;

    let told = outcome(&pair.fixture.open, &wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&told), "not started");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_is_emptied_in_the_middle_of_a_load_is_loaded_again() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    let sale = pair.fixture.sale(UNITS, 1).await;
    let crowd = pair.crowd(sale, &buyers);
    crowd.answered(MIDST).await;
    let gate = Arc::new(Emptied::once(server));
    let clumsy = pair.fixture.gateway(gate.clone(), several());
    let before = pair.fixture.stock_row(sale).await.epoch;

    let change = SaleChange {
        title: Some("Tea time, again".into()),
        ..SaleChange::default()
    };
    clumsy.sales.change(ADMIN, sale, change).await.unwrap();

    assert!(gate.done.load(Ordering::SeqCst), "it was emptied");
    let orders = crowd.orders().await;
    pair.all_sold(sale, &buyers, &orders).await;
    assert!(pair.fixture.stock_row(sale).await.epoch >= before + 2);
}

/// Empties its Redis under whoever loads it, once.
struct Emptied {
    gate: RedisGate,
    server: RedisServer,
    done: AtomicBool,
}

impl Emptied {
    fn once(server: RedisServer) -> Self {
        Self {
            gate: RedisGate::at(&server.url()).unwrap(),
            server,
            done: AtomicBool::new(false),
        }
    }
}

#[async_trait]
impl Gate for Emptied {
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        self.gate.take(sale, epoch, batch).await
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError> {
        self.gate.done(sale, epoch, batch, orders).await
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError> {
        self.gate.give(sale, epoch, tickets).await
    }

    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError> {
        self.gate.known(sale, epoch).await
    }

    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
        self.gate.open_batches(sale, epoch).await
    }

    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError> {
        self.gate.dump(sale, epoch).await
    }

    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError> {
        self.gate.now(sale).await
    }

    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError> {
        self.gate.run_id(sale).await
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, part: Chunk<'_>) -> Result<(), GateError> {
        if matches!(part, Chunk::Tickets(_)) && !self.done.swap(true, Ordering::SeqCst) {
            self.server.cli(&["FLUSHALL"]);
        }
        self.gate.load(sale, epoch, part).await
    }

    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError> {
        self.gate.loaded(sale, epoch).await
    }

    fn forget(&self, sale: SaleId) {
        self.gate.forget(sale);
    }

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        self.gate.flip(sale, flip).await
    }
}

/// Something that is not as a flip left it, by command; `{m}` and the like are keys.
fn garbled(sale: SaleId, epoch: i64) -> Vec<Vec<String>> {
    let key = |kind: char| match kind {
        'm' => format!("sk:{{{sale}}}:m"),
        kind => format!("sk:{{{sale}}}:{epoch}:{kind}"),
    };
    let mut faults: Vec<Vec<String>> = Vec::new();
    let mut add = |words: &[&str]| faults.push(words.iter().map(|word| (*word).into()).collect());
    for field in ["epoch", "rid", "state", "start", "end", "limit", "gen"] {
        add(&["HDEL", &key('m'), field]);
        add(&["HSET", &key('m'), field, "x"]);
        add(&["HSET", &key('m'), field, ""]);
    }
    add(&["HSET", &key('m'), "epoch", "99999999999999999999"]);
    for kind in ['m', 's', 'u', 't', 'w'] {
        add(&["DEL", &key(kind)]);
        add(&["SET", &key(kind), "x"]);
    }
    for kind in ['u', 't', 'w'] {
        add(&["HDEL", &key(kind), "0"]);
    }
    faults
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn half_a_state_is_a_lost_state_and_the_sale_goes_on() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(6).await;
    for fault in 0..garbled(SaleId(0), 0).len() {
        let sale = pair.fixture.sale(4, 1).await;
        let (first, rest) = buyers.split_at(2);
        let mut orders = pair.crowd(sale, first).orders().await;
        let epoch = pair.fixture.stock_row(sale).await.epoch;
        let words = &garbled(sale, epoch)[fault];
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        server.cli(&words);

        orders.extend(pair.crowd(sale, rest).orders().await);

        let sold = orders.iter().flatten().count();
        assert_eq!(sold, 4, "after {words:?}");
        pair.all_sold(sale, &buyers, &orders).await;
        pair.fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tickets_buyers_and_batches_that_nobody_can_read_are_loaded_anew() {
    let Some(server) = RedisServer::start(&[]) else {
        return;
    };
    let pair = TwoGateways::of(&server.url()).await;
    let buyers = pair.fixture.buyers(3).await;
    let ids = TicketIds::new(&SECRET.into());
    for kind in ['u', 't', 'w'] {
        let sale = pair.fixture.sale(2, 1).await;
        let orders = pair.crowd(sale, &buyers[..1]).orders().await;
        let epoch = pair.fixture.stock_row(sale).await.epoch;
        let key = format!("sk:{{{sale}}}:{epoch}:{kind}");
        match kind {
            'u' => server.cli(&["HSET", &key, &buyers[0].id.to_string(), "x"]),
            't' => {
                let own = buyers[0].id;
                let ticket = ids.of(sale, own, Some(&own.to_string())).unwrap();
                // Lua writes bytes by their decimal numbers.
                let byte = |byte: &u8| format!("\\{byte:03}");
                let field = ticket.0.iter().map(byte).collect::<Vec<_>>().concat();
                let script = format!("return redis.call('HSET', KEYS[1], '{field}', 'x')");
                server.cli(&["EVAL", &script, "1", &key])
            }
            _ => server.cli(&["HSET", &key, "batch", "not a batch"]),
        };

        // Whoever has it, and whoever sweeps, finds out.
        let again = pair.fixture.open.sales.claim(keyed(sale, buyers[0])).await;
        assert!(won(again).1);
        let late = pair.crowd(sale, &buyers[1..]).orders().await;
        let orders: Vec<_> = orders.into_iter().chain(late).collect();
        pair.all_sold(sale, &buyers, &orders).await;
        assert!(pair.fixture.stock_row(sale).await.epoch > epoch, "{kind}");
        pair.fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}
