//! A statement shows its owner every transfer once, newest first.

use stampede_kernel::{Cursor, PageSize};
use stampede_payment::*;

use crate::bank::*;

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let bank = Bank::open(100).await;
    for cursor in [Cursor("garbage!".into()), Cursor::new("audit_log", &1)] {
        let refused = bank
            .payments
            .statement(ALICE, PageSize::default(), Some(cursor))
            .await;
        assert!(matches!(refused, Err(PaymentError::Cursor(_))));
    }
}

#[tokio::test]
async fn who_has_no_wallet_has_an_empty_statement() {
    let bank = Bank::open(100).await;

    let page = bank
        .payments
        .statement(NOBODY, PageSize::default(), None)
        .await;

    let page = page.unwrap();
    assert_eq!((page.items, page.next), (vec![], None));
}

#[tokio::test]
async fn pages_follow_each_other_while_money_comes_in() {
    let bank = Bank::open(100).await;
    let (alice, bob) = (Account::User(ALICE), Account::User(BOB));
    for amount in 1..=4 {
        shift(bank.db(), alice, bob, money(amount)).await.unwrap();
    }
    let size = PageSize::new(2).unwrap();
    let mut amounts = Vec::new();
    let mut balances = Vec::new();
    let mut cursor = None;
    loop {
        let page = bank.payments.statement(ALICE, size, cursor).await.unwrap();
        for line in page.items {
            amounts.push(line.amount.minor());
            balances.push(line.balance_after.minor());
        }
        shift(bank.db(), bob, alice, money(5)).await.unwrap();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }

    assert_eq!(amounts, [-4, -3, -2, -1, 100]);
    assert_eq!(balances, [90, 94, 97, 99, 100]);
}

#[tokio::test]
async fn a_line_names_its_kind_and_its_order() {
    let bank = Bank::open(100).await;
    let order = stampede_kernel::OrderId::new();
    let tx = bank.db().begin_write().await.unwrap();
    let paid = bank.wallets.pay(&tx, order, ALICE, money(30), NOW).await;
    tx.commit().await.unwrap();

    let page = bank
        .payments
        .statement(ALICE, PageSize::new(1).unwrap(), None)
        .await;

    let [line] = page.unwrap().items.try_into().unwrap();
    assert_eq!(
        (line.kind.as_str(), line.order_id),
        ("payment", Some(order))
    );
    assert_eq!(line, paid.unwrap());
}
