use proptest::prelude::*;

use super::*;

fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

fn line(sku: i64, unit_price: i64, num: i64) -> CartLine {
    CartLine {
        sku: SkuId(sku),
        product: ProductId(sku),
        category: CategoryId(1 + sku % 2),
        unit_price: money(unit_price),
        num,
    }
}

fn rule(id: i64, kind: Kind) -> Rule {
    Rule {
        id: PromotionId(id),
        kind,
        categories: None,
        products: None,
        min_items: Money::ZERO,
        combinable: true,
    }
}

fn of_products(rule: Rule, products: &[i64]) -> Rule {
    Rule {
        products: Some(products.iter().copied().map(ProductId).collect()),
        ..rule
    }
}

fn minor(discounts: &Discounts) -> Vec<i64> {
    discounts.lines.iter().map(|line| line.minor()).collect()
}

fn applied(discounts: &Discounts) -> Vec<(i64, i64)> {
    let of = |one: &Applied| (one.id.0, one.discount.minor());
    discounts.applied.iter().map(of).collect()
}

fn run(cart: &[CartLine], rules: &[Rule]) -> Discounts {
    apply(cart, Money::ZERO, rules).unwrap().0
}

fn misfit(cart: &[CartLine], rules: &[Rule]) -> Vec<(PromotionId, Misfit)> {
    apply(cart, Money::ZERO, rules).unwrap().1
}

#[test]
fn what_does_not_fit_takes_nothing_and_says_why() {
    let cart = [line(1, 500, 1)];
    let dear = Rule {
        min_items: money(501),
        ..rule(1, Kind::Percent(1_000))
    };
    let elsewhere = of_products(rule(2, Kind::Percent(1_000)), &[9]);
    let too_little = rule(3, Kind::Percent(1));
    let undelivered = rule(4, Kind::FreeShipping);
    let too_few = rule(5, Kind::BuyXGetY { buy: 1, get: 1 });

    assert_eq!(
        misfit(&cart, &[dear, elsewhere, too_little, undelivered, too_few]),
        [
            (PromotionId(1), Misfit::BelowMinimum),
            (PromotionId(2), Misfit::NotInScope),
            (PromotionId(3), Misfit::NotInScope),
            (PromotionId(4), Misfit::NotInScope),
            (PromotionId(5), Misfit::NotInScope),
        ]
    );
}

#[test]
fn a_percentage_is_rounded_once_and_split_exactly() {
    let cart = [line(1, 333, 1), line(2, 333, 1), line(3, 333, 1)];

    let discounts = run(&cart, &[rule(1, Kind::Percent(1_000))]);

    assert_eq!(minor(&discounts), [34, 33, 33], "10 % of 999, half up");
    assert_eq!(applied(&discounts), [(1, 100)]);
}

#[test]
fn an_amount_is_off_what_is_in_scope_and_never_more() {
    let cart = [line(1, 500, 1), line(2, 300, 1)];
    let off = of_products(rule(1, Kind::Amount(money(1_000))), &[2]);

    assert_eq!(minor(&run(&cart, &[off])), [0, 300]);
}

#[test]
fn the_cheapest_of_a_bundle_are_free() {
    let cart = [line(1, 500, 2), line(2, 300, 3), line(3, 100, 1)];
    let two_and_one = rule(1, Kind::BuyXGetY { buy: 2, get: 1 });

    // Six units, two bundles: the one at 100 and one at 300.
    assert_eq!(minor(&run(&cart, &[two_and_one])), [0, 300, 100]);
}

#[test]
fn delivery_is_paid_by_a_promotion_or_by_the_buyer() {
    let cart = [line(1, 500, 1)];
    let rules = [rule(1, Kind::FreeShipping), rule(2, Kind::FreeShipping)];

    let (discounts, _) = apply(&cart, money(450), &rules).unwrap();

    assert_eq!(discounts.shipping, Money::ZERO);
    assert_eq!(applied(&discounts), [(1, 0), (2, 0)]);
}

#[test]
fn an_order_keeps_its_last_minor_unit() {
    let cart = [line(1, 500, 1), line(2, 900, 1)];
    let everything = rule(1, Kind::Percent(10_000));

    assert_eq!(
        minor(&run(&cart, std::slice::from_ref(&everything))),
        [500, 899]
    );
    let (delivered, _) = apply(&cart, money(450), &[everything]).unwrap();
    assert_eq!(
        minor(&delivered),
        [500, 900],
        "there is the delivery to pay"
    );
}

#[test]
fn what_is_not_combinable_applies_alone_when_it_is_worth_more() {
    let cart = [line(1, 1_000, 1)];
    let alone = |id, rate| Rule {
        combinable: false,
        ..rule(id, Kind::Percent(rate))
    };
    let pair = [rule(1, Kind::Percent(1_000)), rule(2, Kind::Percent(500))];

    let with = |other: Rule| {
        let rules = [pair[0].clone(), pair[1].clone(), other];
        let (discounts, misfits) = apply(&cart, Money::ZERO, &rules).unwrap();
        (applied(&discounts), misfits.len())
    };
    assert_eq!(with(alone(3, 2_000)), (vec![(3, 200)], 2));
    assert_eq!(with(alone(3, 1_400)), (vec![(1, 100), (2, 50)], 1));
    assert_eq!(with(alone(3, 1_500)), (vec![(1, 100), (2, 50)], 1), "equal");
    let rules = [alone(2, 2_000), alone(1, 2_000)];
    assert_eq!(
        applied(&run(&cart, &rules)),
        [(1, 200)],
        "the older of equals"
    );
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (1..=10_000_i64).prop_map(Kind::Percent),
        (1..100_000_i64).prop_map(|amount| Kind::Amount(money(amount))),
        Just(Kind::FreeShipping),
        (1..4_i64, 1..4_i64).prop_map(|(buy, get)| Kind::BuyXGetY { buy, get }),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let scope = prop::option::of(prop::collection::btree_set(1..6_i64, 1..4));
    let category = prop::option::of(1..3_i64);
    (kind(), scope, category, 0..50_000_i64, any::<bool>()).prop_map(
        |(kind, products, category, min_items, combinable)| Rule {
            products: products.map(|ids| ids.into_iter().map(ProductId).collect()),
            categories: category.map(|id| BTreeSet::from([CategoryId(id)])),
            min_items: money(min_items),
            combinable,
            ..rule(0, kind)
        },
    )
}

fn any_rules() -> impl Strategy<Value = Vec<Rule>> {
    prop::collection::vec(any_rule(), 0..6).prop_map(|rules| {
        let numbered = (1..).map(PromotionId).zip(rules);
        numbered.map(|(id, rule)| Rule { id, ..rule }).collect()
    })
}

fn any_cart() -> impl Strategy<Value = Vec<CartLine>> {
    prop::collection::vec((1..20_000_i64, 1..10_i64), 1..6).prop_map(|lines| {
        let numbered = (1..).zip(lines);
        numbered
            .map(|(sku, (price, num))| line(sku, price, num))
            .collect()
    })
}

proptest! {
    #[test]
    fn line_discounts_add_up_and_none_is_above_its_line(
        cart in any_cart(),
        rules in any_rules(),
        shipping in 0..1_000_i64,
    ) {
        let (discounts, misfits) = apply(&cart, money(shipping), &rules).unwrap();

        prop_assert_eq!(discounts.lines.len(), cart.len());
        for (line, discount) in cart.iter().zip(&discounts.lines) {
            prop_assert!((0..=line.total().unwrap()).contains(&discount.minor()));
        }
        let of_lines: i64 = minor(&discounts).iter().sum();
        let of_promotions: i64 = applied(&discounts).iter().map(|one| one.1).sum();
        prop_assert_eq!(of_lines, of_promotions);
        let items: i64 = cart.iter().map(|line| line.total().unwrap()).sum();
        prop_assert!(items - of_lines + discounts.shipping.minor() > 0);
        prop_assert_eq!(discounts.applied.len() + misfits.len(), rules.len());
    }

    #[test]
    fn no_order_of_the_promotions_gives_a_different_total(
        cart in any_cart(),
        (rules, shuffled) in any_rules()
            .prop_flat_map(|rules| (Just(rules.clone()), Just(rules).prop_shuffle())),
        shipping in 0..1_000_i64,
    ) {
        let (one, _) = apply(&cart, money(shipping), &rules).unwrap();
        let (other, _) = apply(&cart, money(shipping), &shuffled).unwrap();

        prop_assert_eq!(one, other);
    }

    #[test]
    fn another_promotion_never_makes_a_cart_dearer(
        cart in any_cart(),
        rules in any_rules(),
        shipping in 0..1_000_i64,
    ) {
        let pays = |rules: &[Rule]| {
            let (discounts, _) = apply(&cart, money(shipping), rules).unwrap();
            discounts.shipping.minor() - minor(&discounts).iter().sum::<i64>()
        };

        for few in 0..rules.len() {
            prop_assert!(pays(&rules) <= pays(&rules[..few]));
        }
    }
}
