//! The audit names what was broken by hand, and nothing else.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter,
};
use stampede_kernel::{OrderId, TransferId, UserId};
use stampede_payment::*;
use stampede_persistence::entity::{entry, payment, transfer, user, wallet};
use stampede_persistence::idempotency::Idempotency;

use crate::bank::*;

/// Alice and Bob with opening credit, a transfer between them and a payment.
struct Scene {
    bank: Bank,
    transfer: TransferId,
    order: OrderId,
    paid: TransferId,
}

impl Scene {
    async fn open() -> Self {
        let bank = Bank::open(100).await;
        let (alice, bob) = (Account::User(ALICE), Account::User(BOB));
        let transfer = shift(bank.db(), alice, bob, money(10)).await.unwrap();
        let order = OrderId::new();
        let tx = bank.db().begin_write().await.unwrap();
        let paid = bank.wallets.pay(&tx, order, BOB, money(30), NOW).await;
        tx.commit().await.unwrap();
        bank.sound().await;
        Self {
            paid: paid.unwrap().id,
            bank,
            transfer,
            order,
        }
    }

    /// With what keeps entries, transfers and balances whole taken away.
    async fn unguarded() -> Self {
        let scene = Self::open().await;
        let backend = scene.bank.db().backend();
        for table in ["entry", "transfer"] {
            match backend {
                DatabaseBackend::Postgres => {
                    scene
                        .run(&format!("DROP TRIGGER {table}_insert_only ON {table}"))
                        .await;
                }
                _ => {
                    for verb in ["update", "delete"] {
                        scene.run(&format!("DROP TRIGGER {table}_no_{verb}")).await;
                    }
                }
            }
        }
        scene
    }

    async fn run(&self, sql: &str) {
        let tx = self.bank.db().begin_write().await.unwrap();
        tx.execute_unprepared(sql).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn insert<E: EntityTrait>(&self, row: impl sea_orm::ActiveModelTrait<Entity = E>) {
        let tx = self.bank.db().begin_write().await.unwrap();
        E::insert(row).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Sets one column of an entry of `transfer`.
    async fn set(
        &self,
        transfer: TransferId,
        account: Account,
        column: entry::Column,
        to: impl Into<SimpleExpr>,
    ) {
        let tx = self.bank.db().begin_write().await.unwrap();
        let update = entry::Entity::update_many()
            .col_expr(column, to.into())
            .filter(entry::Column::TransferId.eq(transfer))
            .filter(entry::Column::AccountId.eq(account.id()));
        assert_eq!(update.exec(&tx).await.unwrap().rows_affected, 1);
        tx.commit().await.unwrap();
    }

    /// Every breach: its invariant and where.
    async fn broken(&self) -> Vec<(&'static str, String)> {
        let breaches = self.bank.breaches().await;
        breaches
            .into_iter()
            .map(|breach| (breach.invariant, breach.subject))
            .collect()
    }
}

fn at(invariant: &'static str, subject: impl Into<String>) -> (&'static str, String) {
    (invariant, subject.into())
}

#[tokio::test]
async fn a_transfer_that_makes_money_is_named() {
    let scene = Scene::unguarded().await;
    let bob = Account::User(BOB);

    scene
        .set(scene.transfer, bob, entry::Column::Amount, Expr::value(11))
        .await;

    let expected = [
        at("I1", format!("transfer {}", scene.transfer)),
        at("I1", "ledger as a whole"),
        at("I2", "wallet 2"),
        at("I2", "wallet 2"),
    ];
    assert_eq!(scene.broken().await, expected);
}

#[tokio::test]
async fn a_transfer_without_entries_and_entries_without_one_are_named() {
    let scene = Scene::unguarded().await;
    let empty = TransferId::new();
    scene
        .insert(transfer::ActiveModel {
            id: Set(empty),
            kind: Set("top_up".into()),
            order_id: Set(None),
            reason: Set(None),
            actor_id: Set(None),
            created_at: Set(NOW),
        })
        .await;
    let tx = scene.bank.db().begin_write().await.unwrap();
    let gone = transfer::Entity::delete_by_id(scene.transfer).exec(&tx);
    assert_eq!(gone.await.unwrap().rows_affected, 1);
    tx.commit().await.unwrap();

    let expected = [
        at("I1", format!("transfer {empty}")),
        at("I1", format!("transfer {}", scene.transfer)),
    ];
    assert_eq!(scene.broken().await, expected);
}

#[tokio::test]
async fn a_balance_that_was_changed_is_named() {
    let scene = Scene::open().await;

    scene
        .run("UPDATE wallet SET balance = balance + 1 WHERE user_id = 1")
        .await;

    let expected = [
        at("I2", "wallet 1"),
        at("I2", "wallet 1"),
        at("I3", "ledger as a whole"),
    ];
    assert_eq!(scene.broken().await, expected);
}

#[tokio::test]
async fn a_balance_below_zero_is_named_although_its_entries_agree() {
    let scene = Scene::open().await;
    let unchecked = match scene.bank.db().backend() {
        DatabaseBackend::Sqlite => "PRAGMA ignore_check_constraints = ON",
        DatabaseBackend::Postgres => "ALTER TABLE wallet DROP CONSTRAINT wallet_balance_check",
        _ => "SET SESSION check_constraint_checks = OFF",
    };
    let tx = scene.bank.db().begin_write().await.unwrap();
    tx.execute_unprepared(unchecked).await.unwrap();
    let update = wallet::Entity::update_many()
        .col_expr(wallet::Column::Balance, Expr::value(-10))
        .filter(wallet::Column::UserId.eq(ALICE));
    update.exec(&tx).await.unwrap();
    let id = TransferId::new();
    transfer::Entity::insert(transfer::ActiveModel {
        id: Set(id),
        kind: Set("top_up".into()),
        created_at: Set(NOW),
        ..Default::default()
    })
    .exec_without_returning(&tx)
    .await
    .unwrap();
    let side = |account: Account, amount, after| entry::ActiveModel {
        transfer_id: Set(id),
        account_id: Set(account.id()),
        amount: Set(money(amount)),
        balance_after: Set(after),
        created_at: Set(NOW),
        ..Default::default()
    };
    let sides = [
        side(Account::User(ALICE), -100, Some(money(-10))),
        side(Account::TopUp, 100, None),
    ];
    let written = entry::Entity::insert_many(sides).exec_without_returning(&tx);
    written.await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(scene.broken().await, [at("I2", "wallet 1")]);
}

#[tokio::test]
async fn a_line_that_shows_a_wrong_balance_is_named() {
    let scene = Scene::unguarded().await;
    let (alice, bob) = (Account::User(ALICE), Account::User(BOB));
    let after = entry::Column::BalanceAfter;

    // Bob's is in the middle of his statement, Alice's is her last one.
    scene
        .set(scene.transfer, bob, after, Expr::value(111))
        .await;
    scene
        .set(scene.transfer, alice, after, Expr::value(None::<i64>))
        .await;

    let mut broken = scene.broken().await;
    broken.sort();
    let expected = [
        at("I2", "wallet 1"),
        at("I2", "wallet 1"),
        at("I2", "wallet 2"),
    ];
    assert_eq!(broken, expected);
}

#[tokio::test]
async fn a_payment_whose_money_went_elsewhere_is_named() {
    let order = |scene: &Scene| at("I5", format!("order {}", scene.order));
    let amount = Scene::open().await;
    amount.run("UPDATE payment SET amount = amount + 1").await;
    let payer = Scene::open().await;
    payer.run("UPDATE payment SET user_id = 1").await;
    let kind = Scene::unguarded().await;
    kind.run("UPDATE transfer SET kind = 'top_up' WHERE kind = 'payment'")
        .await;
    let receiver = Scene::unguarded().await;
    receiver
        .set(
            receiver.paid,
            Account::Revenue,
            entry::Column::AccountId,
            Expr::value(Account::TopUp.id()),
        )
        .await;

    for scene in [amount, payer, kind, receiver] {
        assert_eq!(scene.broken().await, [order(&scene)]);
    }
}

#[tokio::test]
async fn a_payment_row_that_nothing_paid_is_named() {
    let scene = Scene::open().await;
    let order = OrderId::new();

    scene
        .insert(payment::ActiveModel {
            order_id: Set(order),
            transfer_id: Set(TransferId::new()),
            user_id: Set(ALICE),
            amount: Set(money(1)),
            created_at: Set(NOW),
        })
        .await;

    assert_eq!(scene.broken().await, [at("I5", format!("order {order}"))]);
}

#[tokio::test]
async fn a_payment_that_no_order_has_is_named() {
    let scene = Scene::open().await;

    scene.run("DELETE FROM payment").await;

    let expected = at("I5", format!("transfer {}", scene.paid));
    assert_eq!(scene.broken().await, [expected]);
}

#[tokio::test]
async fn a_refund_that_is_less_than_the_payment_or_comes_twice_is_named() {
    let scene = Scene::open().await;
    let refund = |order, amount: i64| {
        let bank = &scene.bank;
        async move {
            let tx = bank.db().begin_write().await.unwrap();
            let transfer = NewTransfer {
                order: Some(order),
                ..NewTransfer::plain(TransferKind::Refund)
            };
            let posting = |account, amount| Posting {
                account,
                amount: money(amount),
            };
            let postings = [
                posting(Account::Revenue, -amount),
                posting(Account::User(BOB), amount),
            ];
            let posted = post(&tx, transfer, &postings, NOW).await.unwrap();
            tx.commit().await.unwrap();
            posted.id()
        }
    };

    refund(scene.order, 30).await;
    assert_eq!(scene.broken().await, []);
    refund(scene.order, 30).await;
    let twice = at("I5", format!("order {}", scene.order));
    assert_eq!(scene.broken().await, std::slice::from_ref(&twice));
    let unpaid = refund(OrderId::new(), 30).await;
    let unpaid = at("I5", format!("transfer {unpaid}"));
    assert_eq!(scene.broken().await, [unpaid, twice]);

    let short = Scene::open().await;
    let tx = short.bank.db().begin_write().await.unwrap();
    let wallets = &short.bank.wallets;
    let refunded = wallets.refund(&tx, short.order, ADMIN, None, NOW).await;
    let refunded = refunded.unwrap().id;
    tx.commit().await.unwrap();
    short
        .bank
        .test
        .by_hand(&["UPDATE payment SET amount = 31"])
        .await;
    let expected = [
        at("I5", format!("order {}", short.order)),
        at("I5", format!("transfer {refunded}")),
    ];
    assert_eq!(short.broken().await, expected);
}

#[tokio::test]
async fn entries_of_nobody_are_named() {
    let scene = Scene::unguarded().await;

    scene
        .set(
            scene.paid,
            Account::Revenue,
            entry::Column::AccountId,
            Expr::value(-4),
        )
        .await;

    let expected = [
        at("I5", format!("order {}", scene.order)),
        at("I11", "account -4"),
    ];
    assert_eq!(scene.broken().await, expected);
}

#[tokio::test]
async fn an_answer_of_a_top_up_that_was_none_of_its_key_or_of_two_is_named() {
    let scene = Scene::open().await;
    let top_up = TopUp {
        user: ALICE,
        amount: money(5),
        reason: "a gift".into(),
    };
    let key = |user: UserId, key: &str| {
        let scope = format!("POST /admin/user/{user}/top_up");
        Idempotency::of(ADMIN, scope, key.to_owned(), &"a top-up")
    };
    let payments = &scene.bank.payments;
    let gift = payments.top_up(ADMIN, top_up, Some(key(ALICE, "k1"))).await;
    let (gift, _) = gift.unwrap();
    assert_eq!(scene.broken().await, []);
    let answer = async |user: UserId, name: &str, transfer: TransferId| {
        let tx = scene.bank.db().begin_write().await.unwrap();
        let key = key(user, name);
        assert!(key.begin::<Transfer>(&tx, NOW).await.unwrap().is_none());
        let answer = Transfer {
            id: transfer,
            ..gift.clone()
        };
        key.finish(&tx, &answer).await.unwrap();
        tx.commit().await.unwrap();
    };

    answer(ALICE, "k2", TransferId::new()).await;
    let mut expected = vec![at("I6", "answer to k2 of user 9")];
    assert_eq!(scene.broken().await, expected, "of no transfer");
    answer(ALICE, "k3", scene.paid).await;
    expected.push(at("I6", "answer to k3 of user 9"));
    assert_eq!(scene.broken().await, expected, "of a payment");
    answer(BOB, "k4", gift.id).await;
    expected.push(at("I6", "answer to k4 of user 9"));
    expected.push(at("I6", format!("transfer {}", gift.id)));
    assert_eq!(
        scene.broken().await,
        expected,
        "of another user's top-up, and twice"
    );
}

#[tokio::test]
async fn a_user_without_a_wallet_is_named() {
    let scene = Scene::open().await;
    scene
        .insert(user::ActiveModel {
            id: Set(NOBODY),
            user_name: Set("nobody".into()),
            name_key: Set("nobody".into()),
            nick_name: Set("nobody".into()),
            password_hash: Set(String::new()),
            role: Set(user::Role::Customer),
            status: Set(user::Status::Active),
            language: Set("en".into()),
            created_at: Set(NOW),
            updated_at: Set(NOW),
            ..Default::default()
        })
        .await;

    assert_eq!(scene.broken().await, [at("I11", "user 404")]);
}
