//! Two gateways before a Redis Cluster whose slots and masters change under a sale.

use stampede_test_support::RedisCluster;

use crate::crowd::*;

const UNITS: i64 = 30;
const BUYERS: usize = 60;
/// So many have an answer when something happens.
const MIDST: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sale_goes_on_while_its_slot_moves_to_another_master_and_back() {
    let Some(cluster) = RedisCluster::start() else {
        return;
    };
    let pair = TwoGateways::of(&cluster.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    let sale = pair.fixture.sale(UNITS, 1).await;
    let key = format!("sk:{{{sale}}}:m");
    let home = cluster.owner(&key);
    let away = cluster.master_beside(home);
    let crowd = pair.crowd(sale, &buyers);

    crowd.answered(MIDST).await;
    cluster.migrate(&key, away);
    crowd.answered(2 * MIDST).await;
    cluster.migrate(&key, home);

    let orders = crowd.orders().await;
    pair.all_sold(sale, &buyers, &orders).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_replica_takes_over_while_its_master_stands_still() {
    let Some(cluster) = RedisCluster::start() else {
        return;
    };
    let pair = TwoGateways::of(&cluster.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    let sale = pair.fixture.sale(UNITS, 1).await;
    let master = cluster.owner(&format!("sk:{{{sale}}}:m"));
    let replica = cluster.replica_of(master);
    let crowd = pair.crowd(sale, &buyers);

    crowd.answered(MIDST).await;
    master.stop();
    assert_eq!(
        replica.cli(&["CLUSTER", "FAILOVER", "TAKEOVER"]).trim(),
        "OK"
    );
    crowd.answered(2 * MIDST).await;
    // It wakes up, and for a moment believes that it is the master.
    master.go_on();

    let orders = crowd.orders().await;
    pair.at_rest(sale).await;
    let stock = pair.fixture.stock_row(sale).await;
    assert_eq!(stock.taken, stock.total);
    // The old master admitted some whom nobody knows any more, so that fewer may have
    // been told than there are orders; but what was told exists, everywhere.
    pair.told(sale, &buyers, &orders).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cluster_is_found_though_the_node_that_was_named_is_gone() {
    let Some(mut cluster) = RedisCluster::start() else {
        return;
    };
    let pair = TwoGateways::of(&cluster.url()).await;
    let buyers = pair.fixture.buyers(BUYERS).await;
    let sale = pair.fixture.sale(UNITS, 1).await;
    let crowd = pair.crowd(sale, &buyers);

    crowd.answered(MIDST).await;
    cluster.nodes[0].kill();

    let orders = crowd.orders().await;
    pair.all_sold(sale, &buyers, &orders).await;
}
