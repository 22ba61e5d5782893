//! What clients may ask for next: mostly what makes sense, now and then what does not.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest_state_machine::ReferenceStateMachine;
use stampede_order::OrderStatus;

use super::model::{ABSENT, Ask, Good, Person, Wants, World};

const BUYERS: usize = 2;
const SKUS: usize = 3;
const PURSE: i64 = 200;
const PRICE: i64 = 40;

/// The model as proptest drives it.
pub(super) struct Model;

impl ReferenceStateMachine for Model {
    type State = World;
    type Transition = Ask;

    fn init_state() -> BoxedStrategy<World> {
        vec(0..12_i64, SKUS)
            .prop_map(|shelf| {
                let good = |num| Good {
                    price: PRICE,
                    num,
                    on_sale: true,
                };
                let person = Person {
                    balance: PURSE,
                    cart: std::collections::BTreeMap::new(),
                };
                World::new(vec![person; BUYERS], shelf.into_iter().map(good).collect())
            })
            .boxed()
    }

    fn transitions(world: &World) -> BoxedStrategy<Ask> {
        let again = match world.kept.values().map(|(ask, _)| ask.clone()).collect() {
            sent if Vec::is_empty(&sent) => Just(Ask::Expire).boxed(),
            mut sent => {
                // A map has no order of its own, and a seed must mean the same again.
                sent.sort_by_key(|ask| format!("{ask:?}"));
                select(sent).boxed()
            }
        };
        let (first, some) = if world.orders.is_empty() {
            (40, 1)
        } else {
            (8, 4)
        };
        prop_oneof![
            first => place(world),
            2 * some => pay(world),
            some => of_buyer(world, OrderStatus::Unpaid)
                .prop_map(|(buyer, order)| Ask::Cancel { buyer, order }),
            some => of_buyer(world, OrderStatus::Shipped)
                .prop_map(|(buyer, order)| Ask::Receive { buyer, order }),
            some => order(world, OrderStatus::Paid).prop_map(|order| Ask::Ship { order }),
            some => (order(world, OrderStatus::Paid), any::<bool>(), key_or_none())
                .prop_map(|(order, restock, key)| Ask::Refund { order, restock, key }),
            2 => (buyer(), 0..200_i64, key_or_none())
                .prop_map(|(buyer, amount, key)| Ask::TopUp { buyer, amount, key }),
            2 => (sku(), -4..6_i64, key_or_none())
                .prop_map(|(sku, delta, key)| Ask::MoveStock { sku, delta, key }),
            1 => (0..SKUS, 20..120_i64, prop::bool::weighted(0.8))
                .prop_map(|(sku, price, on_sale)| Ask::Offer { sku, price, on_sale }),
            3 => (buyer(), sku(), 0..4_i64)
                .prop_map(|(buyer, sku, num)| Ask::PutInCart { buyer, sku, num }),
            2 => (1..17_i64).prop_map(|minutes| Ask::Wait { minutes }),
            1 => Just(Ask::Expire),
            2 => again,
        ]
        .boxed()
    }

    fn apply(mut world: World, ask: &Ask) -> World {
        world.said = world.serve(ask);
        world
    }
}

fn place(world: &World) -> impl Strategy<Value = Ask> + use<> {
    let world = world.clone();
    let told = prop_oneof![6 => Just(None), 2 => Just(Some(0)), 1 => Just(Some(1))];
    let asked = (buyer(), prop::bool::weighted(0.05), wants(), told, key());
    asked.prop_map(move |(buyer, strange, wants, told, key)| Ask::Place {
        buyer,
        address: (buyer + usize::from(strange)) % BUYERS,
        expected: told.map(|off| world.price(buyer, &wants) + off),
        wants,
        key,
    })
}

fn wants() -> impl Strategy<Value = Wants> {
    let items = btree_map(sku(), 1..4_i64, 1..4).prop_map(Vec::from_iter);
    prop_oneof![
        2 => (sku(), 0..4_i64).prop_map(|(sku, num)| Wants::FirstSkuOf(sku, num)),
        2 => items.prop_shuffle().prop_map(Wants::Items),
        1 => Just(Wants::Cart),
    ]
}

fn pay(world: &World) -> impl Strategy<Value = Ask> + use<> {
    let order = of_buyer(world, OrderStatus::Unpaid);
    let asked = (order, prop::bool::weighted(0.95), key());
    asked.prop_map(|((buyer, order), pin, key)| Ask::Pay {
        buyer,
        order,
        pin,
        key,
    })
}

/// An order, mostly one that stands so, and mostly its own buyer.
fn of_buyer(world: &World, status: OrderStatus) -> impl Strategy<Value = (usize, usize)> + use<> {
    let owners: Vec<_> = world.orders.iter().map(|deal| deal.buyer).collect();
    (order(world, status), prop::bool::weighted(0.1)).prop_map(move |(order, strange)| {
        let owner = owners.get(order).copied().unwrap_or_default();
        ((owner + usize::from(strange)) % BUYERS, order)
    })
}

fn order(world: &World, status: OrderStatus) -> BoxedStrategy<usize> {
    let orders = 0..world.orders.len();
    let mut likely: Vec<_> = orders.clone().collect();
    likely.retain(|order| world.orders[*order].status == status);
    if likely.is_empty() {
        likely = orders.collect();
    }
    if likely.is_empty() {
        return Just(ABSENT).boxed();
    }
    prop_oneof![
        16 => select(likely),
        4 => 0..world.orders.len(),
        1 => Just(ABSENT),
    ]
    .boxed()
}

fn buyer() -> impl Strategy<Value = usize> {
    0..BUYERS
}

fn sku() -> impl Strategy<Value = usize> {
    prop_oneof![20 => 0..SKUS, 1 => Just(ABSENT)]
}

fn key() -> impl Strategy<Value = u8> {
    0..8_u8
}

fn key_or_none() -> impl Strategy<Value = Option<u8>> {
    option::of(key())
}
