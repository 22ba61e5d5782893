//! Every act of an admin can be read back, newest first.

use stampede_kernel::{Cursor, PageSize, Timestamp, UserId};
use stampede_persistence::audit_log::{self, AuditEntry, AuditLogError};
use stampede_test_support::TestDb;

fn ban(user: i64) -> AuditEntry {
    AuditEntry {
        actor: Some(UserId(1)),
        action: "user.ban",
        target: format!("user:{user}"),
        detail: r#"{"why":"résumé 🐎"}"#.to_owned(),
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let shop = TestDb::open().await;
    let foreign = Cursor::new("orders", &1_i64);

    let page = audit_log::read(&shop.db, PageSize::default(), Some(&foreign)).await;

    assert!(matches!(page, Err(AuditLogError::Cursor(_))));
}

#[tokio::test]
async fn the_log_is_read_in_pages_newest_first() {
    let shop = TestDb::open().await;
    let tx = shop.db.begin_write().await.unwrap();
    for user in 1..=5 {
        audit_log::write(&tx, ban(user), Timestamp(user))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();

    let size = PageSize::new(2).unwrap();
    let (mut targets, mut cursor) = (Vec::new(), None);
    loop {
        let page = audit_log::read(&shop.db, size, cursor.as_ref())
            .await
            .unwrap();
        assert!(page.items.len() <= 2);
        targets.extend(page.items.into_iter().map(|act| act.target));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }

    assert_eq!(targets, ["user:5", "user:4", "user:3", "user:2", "user:1"]);
}

#[tokio::test]
async fn an_act_is_kept_word_for_word() {
    let shop = TestDb::open().await;
    let tx = shop.db.begin_write().await.unwrap();
    audit_log::write(&tx, ban(9), Timestamp(42)).await.unwrap();
    tx.commit().await.unwrap();

    let page = audit_log::read(&shop.db, PageSize::default(), None)
        .await
        .unwrap();

    let act = &page.items[0];
    assert_eq!(act.actor_id, Some(UserId(1)));
    assert_eq!(
        (act.action.as_str(), act.detail.as_str()),
        ("user.ban", ban(9).detail.as_str())
    );
    assert_eq!(act.created_at, Timestamp(42));
}
