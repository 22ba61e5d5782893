//! What the database itself refuses, whatever the code above it does.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait,
    IntoActiveModel,
};
use stampede_kernel::{Money, ProductId, SkuId, Timestamp, TransferId, UserId};
use stampede_persistence::Database;
use stampede_persistence::entity::{
    entry, marker, price_history, sku, stock_journal, transfer, wallet,
};
use stampede_test_support::TestDb;

const THEN: Timestamp = Timestamp(1);

async fn insert<A>(db: &Database, row: A) -> Result<(), DbErr>
where
    A: ActiveModelTrait,
{
    let tx = db.begin_write().await?;
    A::Entity::insert(row).exec_without_returning(&tx).await?;
    tx.commit().await
}

async fn execute(db: &Database, sql: &str) -> Result<(), DbErr> {
    let tx = db.begin_write().await?;
    tx.execute_unprepared(sql).await?;
    tx.commit().await
}

fn fact(name: &str, value: &str) -> marker::ActiveModel {
    marker::Model {
        name: name.to_owned(),
        value: value.to_owned(),
    }
    .into_active_model()
}

async fn one_row_of_each_journal(db: &Database) -> Result<(), DbErr> {
    let transfer = transfer::ActiveModel {
        id: Set(TransferId::new()),
        kind: Set("top_up".to_owned()),
        created_at: Set(THEN),
        ..Default::default()
    };
    let entry = entry::ActiveModel {
        transfer_id: Set(TransferId::new()),
        account_id: Set(1),
        amount: Set(Money::MAX),
        created_at: Set(THEN),
        ..Default::default()
    };
    let movement = stock_journal::ActiveModel {
        sku_id: Set(SkuId(1)),
        delta: Set(-1),
        reason: Set("sold".to_owned()),
        created_at: Set(THEN),
        ..Default::default()
    };
    let price = price_history::ActiveModel {
        sku_id: Set(SkuId(1)),
        price: Set(Money::MAX),
        since: Set(THEN),
        ..Default::default()
    };
    insert(db, transfer).await?;
    insert(db, entry).await?;
    insert(db, movement).await?;
    insert(db, price).await
}

#[tokio::test]
async fn journals_can_be_added_to_and_never_changed() {
    let shop = TestDb::open().await;
    one_row_of_each_journal(&shop.db).await.unwrap();

    for (table, time) in [
        ("transfer", "created_at"),
        ("entry", "created_at"),
        ("stock_journal", "created_at"),
        ("price_history", "since"),
    ] {
        for sql in [
            format!("UPDATE {table} SET {time} = 0"),
            format!("DELETE FROM {table}"),
        ] {
            let refusal = execute(&shop.db, &sql).await.unwrap_err().to_string();
            let why = format!("{table} is insert-only");
            assert!(refusal.contains(&why), "{sql}: {refusal}");
        }
    }

    let entry = entry::Entity::find().one(shop.db.reader()).await.unwrap();
    assert_eq!(entry.unwrap().created_at, THEN);
}

#[tokio::test]
async fn a_balance_below_zero_is_refused() {
    let shop = TestDb::open().await;
    let wallet = |balance: i64| wallet::ActiveModel {
        user_id: Set(UserId(1)),
        balance: Set(Money::new(balance).unwrap()),
        created_at: Set(THEN),
    };

    assert!(insert(&shop.db, wallet(-1)).await.is_err());
    insert(&shop.db, wallet(0)).await.unwrap();
    let overdraft = execute(&shop.db, "UPDATE wallet SET balance = balance - 1").await;
    assert!(overdraft.is_err());
}

#[tokio::test]
async fn stock_below_zero_and_goods_for_nothing_are_refused() {
    let shop = TestDb::open().await;
    let sku = |price: i64, num: i64| sku::ActiveModel {
        product_id: Set(ProductId(1)),
        options: Set("{}".to_owned()),
        price: Set(Money::new(price).unwrap()),
        num: Set(num),
        created_at: Set(THEN),
        ..Default::default()
    };

    assert!(insert(&shop.db, sku(100, -1)).await.is_err());
    assert!(insert(&shop.db, sku(0, 1)).await.is_err());
    insert(&shop.db, sku(1, 0)).await.unwrap();
    let oversold = execute(&shop.db, "UPDATE sku SET num = num - 1").await;
    assert!(oversold.is_err());
}

#[tokio::test]
async fn text_that_is_too_long_is_refused_and_not_cut() {
    let shop = TestDb::open().await;
    if shop.db.backend() == DatabaseBackend::Sqlite {
        return; // Keeps any length.
    }

    let refusal = insert(&shop.db, fact("long", &"x".repeat(256))).await;

    assert!(refusal.is_err());
}

#[tokio::test]
async fn keys_that_differ_in_a_letter_are_different_keys() {
    let shop = TestDb::open().await;

    for name in ["pear", "Pear", "péar", "ｐear", "梨", "🍐", "pea"] {
        insert(&shop.db, fact(name, name)).await.unwrap();
    }

    let pear = marker::Entity::find_by_id("🍐")
        .one(shop.db.reader())
        .await
        .unwrap();
    assert_eq!(pear.unwrap().value, "🍐");
}
