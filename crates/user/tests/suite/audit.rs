//! The audit names what was broken by hand, and nothing else.

use stampede_kernel::{ProofId, SessionId, UserId};
use stampede_persistence::audit::Breach;
use stampede_test_support::news;
use stampede_user::*;

use crate::shop::*;

/// Three users with proven addresses, postal addresses, sessions and open proofs.
struct Scene {
    shop: Shop,
    users: [UserId; 3],
}

impl Scene {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let mut users = [UserId(0); 3];
        for (n, id) in users.iter_mut().enumerate() {
            let name = format!("user-{n}");
            *id = shop
                .register_proven(&name, &format!("{name}@example.com"))
                .await
                .id;
            shop.log_in(&name).await;
            for _ in 0..3 {
                let home = NewAddress {
                    name: "Ada".into(),
                    phone: "+44 1234".into(),
                    address: "12 St James's Square".into(),
                    postcode: None,
                    country: None,
                    is_default: None,
                };
                shop.users.addresses.add(*id, home).await.unwrap();
            }
            let all = shop.users.addresses.list(*id).await.unwrap();
            shop.users.addresses.delete(*id, all[2].id).await.unwrap();
            shop.later(60_000);
            shop.send(*id, ProofRequest::Unbind).await.unwrap();
            shop.send(*id, ProofRequest::ChangePassword("another herd".into()))
                .await
                .unwrap();
            shop.later(60_000);
            shop.send(*id, ProofRequest::Unbind).await.unwrap();
        }
        let nobody =
            shop.users
                .emails
                .forgot("nobody@example.com", home(), stampede_kernel::Language::EN);
        nobody.await.unwrap();
        Self { shop, users }
    }

    async fn breaches(&self) -> Vec<Breach> {
        let tx = self.shop.test.db.snapshot().await.unwrap();
        audit(&tx).await.unwrap()
    }

    /// Breaks it and sees just that named.
    async fn breaks(&self, sql: &str, invariant: &str, subject: &str) {
        let before = self.breaches().await;
        self.shop.test.by_hand(&[sql]).await;
        let after = self.breaches().await;
        assert_eq!(news(&before, &after), [(invariant, subject)], "{sql}");
    }
}

/// A UUID as this database writes one in SQL.
fn literal(shop: &Shop, id: impl std::fmt::Display) -> String {
    match shop.test.db.backend() {
        sea_orm::DatabaseBackend::Postgres => format!("'{id}'"),
        _ => format!("X'{}'", id.to_string().replace('-', "")),
    }
}

fn proof(shop: &Shop, id: ProofId, user: i64, purpose: &str, hash: &str) -> String {
    let id = literal(shop, id);
    format!(
        "INSERT INTO email_proof (id, user_id, purpose, email, password_hash, created_at,
            expires_at) VALUES ({id}, {user}, '{purpose}', 'a@example.com', {hash}, 1, 2)"
    )
}

#[tokio::test]
async fn users_with_something_of_everything_are_sound() {
    assert_eq!(Scene::open().await.breaches().await, []);
}

#[tokio::test]
async fn proofs_that_are_open_twice_or_of_nobody_are_named() {
    let scene = Scene::open().await;
    let [ada, grace, _] = scene.users;
    let (empty, odd, lost) = (ProofId::new(), ProofId::new(), ProofId::new());
    let proof = |id, user: UserId, purpose, hash| proof(&scene.shop, id, user.0, purpose, hash);

    let sql = proof(ProofId::new(), ada, "unbind", "NULL");
    scene.breaks(&sql, "I12", &format!("user {ada}")).await;
    let sql = r"UPDATE email_proof SET spent_at = 1 WHERE purpose <> 'unbind'";
    scene.shop.test.by_hand(&[sql]).await;
    let sql = proof(empty, grace, "password", "NULL");
    scene.breaks(&sql, "I12", &format!("proof {empty}")).await;
    let sql = proof(odd, grace, "reset", "'hash'");
    scene.breaks(&sql, "I12", &format!("proof {odd}")).await;
    let sql = proof(lost, UserId(404), "bind", "NULL");
    scene.breaks(&sql, "I11", &format!("proof {lost}")).await;
}

#[tokio::test]
async fn an_address_that_two_have_proven_or_that_is_not_bound_is_named() {
    let scene = Scene::open().await;
    let [ada, grace, edith] = scene.users;
    scene
        .shop
        .test
        .drop_index("ux_user_verified_email", "user")
        .await;
    scene.shop.test.drop_index("ux_user_name_key", "user").await;

    let shared = "user-0@example.com";
    let sql = format!(
        r#"UPDATE "user" SET email = '{shared}', verified_email = '{shared}' WHERE id = {grace}"#
    );
    scene
        .breaks(&sql, "I12", &format!("e-mail address {shared}"))
        .await;
    let sql = format!(r#"UPDATE "user" SET email = NULL WHERE id = {edith}"#);
    scene.breaks(&sql, "I12", &format!("user {edith}")).await;
    let sql = format!(r#"UPDATE "user" SET name_key = 'user-0' WHERE id = {grace}"#);
    scene.breaks(&sql, "I11", &format!("user {ada}")).await;
}

#[tokio::test]
async fn what_belongs_to_nobody_is_named() {
    let scene = Scene::open().await;
    let [ada, ..] = scene.users;
    let session = SessionId::new();

    let sql = format!(r#"UPDATE "user" SET avatar_id = 404 WHERE id = {ada}"#);
    scene.breaks(&sql, "I11", &format!("user {ada}")).await;
    let sql = "INSERT INTO wallet (user_id, balance, created_at) VALUES (404, 0, 1)";
    scene.breaks(sql, "I11", "user 404").await;
    let sql = format!(
        "INSERT INTO session (id, user_id, token_hash, created_at, refreshed_at, expires_at)
            VALUES ({}, 404, '{:064}', 1, 1, 2)",
        literal(&scene.shop, session),
        0
    );
    scene
        .breaks(&sql, "I11", &format!("session {session}"))
        .await;
    let sql = "INSERT INTO address (id, user_id, name, phone, address, is_default, created_at)
        VALUES (505, 404, 'x', '1', 'x', TRUE, 1)";
    scene.breaks(sql, "I11", "address 505").await;
}

#[tokio::test]
async fn two_default_addresses_none_and_a_deleted_one_are_named() {
    let scene = Scene::open().await;

    for (id, set) in scene.users.iter().zip([
        "is_default = TRUE WHERE deleted_at IS NULL",
        "is_default = FALSE WHERE is_default",
        "is_default = TRUE WHERE deleted_at IS NOT NULL",
    ]) {
        let sql = format!("UPDATE address SET {set} AND user_id = {id}");
        scene.breaks(&sql, "I11", &format!("user {id}")).await;
    }
}
