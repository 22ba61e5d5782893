//! An admin adds a product.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use stampede_catalog::{NewProduct, NewSku, ProductService};
use stampede_kernel::{CategoryId, ImageId, Money};
use stampede_media::MediaStore;
use utoipa::ToSchema;

use crate::answer::done;
use crate::auth::Admin;
use crate::form::{Form, Shape, Texts};
use crate::problem::Problem;
use crate::routes::images;
use crate::show::{ProductBody, Reader, TextTranslations, texts};

const FORM: Shape = Shape {
    texts: &[
        "name",
        "category_id",
        "title",
        "info",
        "translations",
        "on_sale",
        "price",
        "discount_price",
        "num",
        "skus",
    ],
    files: images::MOST,
    file_bytes: images::FILE_BYTES,
};

/// A product and up to ten pictures: `price` and `num` of its only SKU, or `skus`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct ProductForm {
    /// JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    file: Option<Vec<Vec<u8>>>,
    name: String,
    category_id: i64,
    title: String,
    info: String,
    /// JSON, by language code: `{"zh": {"name", "title", "info"}}`.
    translations: Option<String>,
    /// On sale when absent.
    on_sale: Option<bool>,
    /// In minor units; not with `skus`.
    price: Option<i64>,
    /// What a buyer pays, at most `price`; not with `skus`.
    discount_price: Option<i64>,
    /// Opening stock; not with `skus`.
    num: Option<i64>,
    /// JSON: `[{"options", "price", "discount_price", "num"}]`.
    skus: Option<String>,
}

/// A SKU of `skus`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SkuForm {
    #[serde(default)]
    options: BTreeMap<String, String>,
    price: i64,
    #[serde(default)]
    discount_price: Option<i64>,
    num: i64,
}

/// Adds a product.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body(content = ProductForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ProductBody)))]
#[post("/product")]
pub(super) async fn create_product(
    admin: Admin,
    reader: Reader,
    request: HttpRequest,
    payload: web::Payload,
    media: web::Data<MediaStore>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload.into_inner(), FORM).await?;
    let (mut product, files) = decode(form)?;
    product.images = images::store(&media, files).await?;
    let detail = products.create(admin.user, product).await?;
    let location = format!("/product/{}", detail.product.id);
    Ok(reader.created(&location, &detail))
}

fn decode(form: Form) -> Result<(NewProduct, Vec<Vec<u8>>), Problem> {
    let (mut form, files): (Texts, _) = form.into();
    let translations = form.json::<TextTranslations>("translations");
    let skus = skus(&mut form);
    let product = NewProduct {
        name: form.required("name"),
        title: form.required("title"),
        info: form.required("info"),
        translations: texts(translations.unwrap_or_default())?,
        category_id: CategoryId(form.required_value("category_id")),
        on_sale: form.value("on_sale").unwrap_or(true),
        skus,
        images: Vec::<ImageId>::new(),
    };
    form.done()?;
    Ok((product, files))
}

/// Either `skus`, or one SKU from `price`, `discount_price` and `num`.
fn skus(form: &mut Texts) -> Vec<NewSku> {
    if !form.has("skus") {
        let only = SkuForm {
            options: BTreeMap::new(),
            price: form.required_value("price"),
            discount_price: form.value("discount_price"),
            num: form.required_value("num"),
        };
        return only.into_sku(form, "").into_iter().collect();
    }
    for name in ["price", "discount_price", "num"] {
        if form.has(name) {
            form.fault(name, "excluded", format!("`skus` excludes `{name}`"));
        }
    }
    let skus: Vec<SkuForm> = form.json("skus").unwrap_or_default();
    let each = |(place, sku): (usize, SkuForm)| sku.into_sku(form, &format!("skus[{place}]."));
    skus.into_iter().enumerate().filter_map(each).collect()
}

impl SkuForm {
    /// `None` and a fault for an amount that no JSON number holds.
    fn into_sku(self, form: &mut Texts, path: &str) -> Option<NewSku> {
        let mut money = |name: &str, minor: i64| match Money::new(minor) {
            Ok(money) => Some(money),
            Err(error) => {
                form.fault(&format!("{path}{name}"), "out_of_range", error);
                None
            }
        };
        Some(NewSku {
            price: money("price", self.price)?,
            discount_price: match self.discount_price {
                Some(minor) => Some(money("discount_price", minor)?),
                None => None,
            },
            options: self.options,
            num: self.num,
        })
    }
}
