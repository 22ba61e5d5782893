//! Products as CSV over HTTP.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::server::{SignedIn, read};
use crate::shop_fixture::ShopFixture;

const IMPORT: &str = "/api/v1/admin/products/import";
const EXPORT: &str = "/api/v1/admin/products/export";

fn table(text: &str) -> Form {
    Form::new().part(
        "file",
        Part::bytes(text.as_bytes().to_vec()).file_name("goods.csv"),
    )
}

async fn import(admin: &SignedIn<'_>, form: Form) -> (u16, Value) {
    let request = admin.request(Method::POST, IMPORT).multipart(form);
    read(request.send().await.unwrap()).await
}

async fn export(admin: &SignedIn<'_>) -> String {
    admin.get(EXPORT).await.text().await.unwrap()
}

#[actix_web::test]
async fn what_is_no_table_is_refused_and_only_admins_send_one() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let ann = counter.shop.customer("ann").await;
    assert_eq!(import(&ann, table("name\n")).await.0, 403);
    assert_eq!(ann.get(EXPORT).await.status(), 403);
    let nobody = counter.shop.request(Method::GET, EXPORT).send().await;
    assert_eq!(nobody.unwrap().status(), 401);

    let large = vec![b'x'; 8 * 1024 * 1024 + 1];
    for (form, status, code) in [
        (Form::new().text("dry_run", "true"), 422, "missing_field"),
        (table("name\n").text("price", "1"), 422, "unknown_field"),
        (
            table("name\n").text("dry_run", "perhaps"),
            422,
            "wrong_type",
        ),
        (
            Form::new().part("file", Part::bytes(vec![0xFF, 0xFE, 0, 0])),
            422,
            "invalid_value",
        ),
        (
            Form::new().part("file", Part::bytes(large)),
            413,
            "payload_too_large",
        ),
    ] {
        let (told, problem) = import(&admin, form).await;
        let named = problem["errors"][0]["code"]
            .as_str()
            .or(problem["code"].as_str());
        assert_eq!((told, named), (status, Some(code)), "{problem}");
    }
    let json = admin.send(Method::POST, IMPORT, &json!({})).await;
    assert_eq!(json.status(), 415);
}

#[actix_web::test]
async fn a_table_with_faults_writes_nothing_and_tells_all_of_them() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let before = export(&admin).await;
    let faulty = "name,category,price,num\nMug,Home,500,1\nJug,Home,much,1\nCup,Home,5,-1\n";

    let (status, problem) = import(&admin, table(faulty)).await;
    let (checked, report) = import(&admin, table(faulty).text("dry_run", "true")).await;

    assert_eq!((status, &problem["code"]), (422, &json!("invalid_field")));
    let named = problem["errors"].as_array().unwrap().iter();
    let named: Vec<_> = named
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["lines[3].price", "lines[4].num"]);
    assert!(!problem.to_string().contains("much"), "{problem}");
    assert_eq!((checked, &report["dry_run"]), (200, &json!(true)));
    assert_eq!(
        (&report["created"], &report["fault_count"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(
        report["faults"][0],
        json!({"line": 3, "column": "price", "value": "much", "detail": "is not a whole number"})
    );
    assert_eq!(export(&admin).await, before);
}

#[actix_web::test]
async fn a_table_is_checked_then_written_and_seen_at_once() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let page = format!("/api/v1/product/{}", counter.product);
    let tea = async || {
        let answer = counter.shop.request(Method::GET, &page).send().await;
        read(answer.unwrap()).await.1
    };
    assert_eq!(tea().await["price"], 1_999);
    let rows = format!(
        "id,name,category,price,num\n{},Tea,Home,1500,12\n,Mug,Home/Kitchen,500,3\n",
        counter.product
    );

    let (_, checked) = import(&admin, table(&rows).text("dry_run", "1")).await;
    assert_eq!(tea().await["price"], 1_999);
    let (status, written) = import(&admin, table(&rows)).await;

    let figures = json!({
        "dry_run": false, "created": 1, "changed": 1, "unchanged": 0, "categories": 1,
        "faults": [], "fault_count": 0,
    });
    assert_eq!((status, &written), (200, &figures));
    assert_eq!(checked["created"], 1);
    let now = tea().await;
    assert_eq!((&now["price"], &now["num"]), (&json!(1_500), &json!(12)));
    let log = read(admin.get("/api/v1/admin/audit_log?page_size=1").await)
        .await
        .1;
    assert_eq!(log["items"][0]["action"], "product.import");
    assert_eq!(log["items"][0]["actor_id"], admin.id);
    let journal = format!("/api/v1/admin/sku/{}/journal", counter.sku);
    let journal = read(admin.get(&journal).await).await.1;
    assert_eq!(journal["items"][0]["reason"], "import");
    assert_eq!(journal["items"][0]["actor_id"], admin.id);
}

#[actix_web::test]
async fn an_export_comes_back_as_it_was() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;

    let answer = admin.get(&format!("{EXPORT}?bom=true")).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"products.csv\""
    );
    assert_eq!(header("cache-control"), "no-store");
    let bytes = answer.bytes().await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(
        text.starts_with('\u{feff}') && text.lines().count() == 2,
        "{text}"
    );
    assert_eq!(text.trim_start_matches('\u{feff}'), export(&admin).await);

    let (_, report) = import(&admin, table(&text)).await;
    assert_eq!(
        (&report["unchanged"], &report["changed"]),
        (&json!(1), &json!(0))
    );
}
