//! A shop with something to sell, and buyers.

use reqwest::multipart::Form;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::server::{SignedIn, TestShop, read};

pub(crate) const PIN: &str = "246810";

/// A shop with one kind of tea at 19.99, of which there are ten.
pub(crate) struct ShopFixture {
    pub(crate) shop: TestShop,
    pub(crate) product: i64,
    pub(crate) sku: i64,
}

impl ShopFixture {
    pub(crate) async fn open() -> Self {
        Self::with(&[]).await
    }

    pub(crate) async fn with(environment: &[(&str, &str)]) -> Self {
        let shop = TestShop::with(environment).await;
        let admin = shop.admin().await;
        let home = json!({"name": "Home"});
        let (_, home) = read(admin.send(Method::POST, "/api/v1/categories", &home).await).await;
        let form = Form::new()
            .text("name", "Tea")
            .text("title", "First flush")
            .text("info", "")
            .text("category_id", home["id"].to_string())
            .text("price", "1999")
            .text("num", "10");
        let request = admin.request(Method::POST, "/api/v1/product");
        let (_, tea) = read(request.multipart(form).send().await.unwrap()).await;
        let id = |value: &Value| value.as_i64().unwrap();
        let (product, sku) = (id(&tea["id"]), id(&tea["skus"][0]["id"]));
        Self { shop, product, sku }
    }

    /// Somebody with an address and so much money.
    pub(crate) async fn buyer(&self, name: &str, money: i64) -> Buyer<'_> {
        let user = self.shop.customer(name).await;
        let address = json!({"name": name, "phone": "+1 555 0100", "address": "1 Clover Street"});
        let (_, address) = read(user.send(Method::POST, "/api/v1/address", &address).await).await;
        if money > 0 {
            let admin = self.shop.admin().await;
            let path = format!("/api/v1/admin/user/{}/top_up", user.id);
            let body = json!({"amount": money, "reason": "a gift"});
            assert_eq!(admin.send(Method::POST, &path, &body).await.status(), 200);
        }
        let address = address["id"].as_i64().unwrap();
        Buyer { user, address }
    }

    pub(crate) async fn units_left(&self) -> i64 {
        let path = format!("/api/v1/product/{}", self.product);
        let page = self.shop.request(Method::GET, &path).send().await.unwrap();
        read(page).await.1["num"].as_i64().unwrap()
    }
}

pub(crate) struct Buyer<'a> {
    pub(crate) user: SignedIn<'a>,
    pub(crate) address: i64,
}

impl Buyer<'_> {
    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Response {
        let request = self.user.request(Method::POST, path).json(body);
        let request = request.header("Idempotency-Key", key);
        request.send().await.unwrap()
    }

    pub(crate) async fn place(&self, counter: &ShopFixture, num: i64, key: &str) -> (u16, Value) {
        let body = json!({"address_id": self.address, "product_id": counter.product, "num": num});
        read(self.post("/api/v1/order", key, &body).await).await
    }

    pub(crate) async fn pay(&self, order: &Value, key: &str, pin: &str) -> Response {
        let body = json!({"order_id": order["id"], "key": pin});
        self.post("/api/v1/paydown", key, &body).await
    }

    pub(crate) async fn orders(&self) -> Vec<Value> {
        let (_, list) = read(self.user.get("/api/v1/orders").await).await;
        list["items"].as_array().unwrap().clone()
    }
}

pub(crate) fn path(order: &Value) -> String {
    format!("/api/v1/order/{}", order["id"].as_str().unwrap())
}
