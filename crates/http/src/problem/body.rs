//! A problem as it is written: `application/problem+json`.

use serde::Serialize;
use stampede_kernel::{FieldError, Refusal};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Code;

/// A problem as it is written: `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// A URN made of the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:stampede:problem:not_found")]
    kind: String,
    /// The same for every problem of this code.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What is wrong this time, in English.
    detail: &'a str,
    /// Stable; see docs/API.md.
    code: &'a str,
    /// As in `X-Request-Id`.
    request_id: &'a str,
    /// The fields or lines at fault, when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldErrorBody<'a>>,
    /// The caller's orders that hold units of the sale, when the code is `limit_reached`.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_ids: Option<Vec<Uuid>>,
}

/// One field that breaks its rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorBody<'a> {
    /// The field's name; a path such as `items[2].num` inside lists.
    field: &'a str,
    /// Stable, such as `too_long`.
    code: &'a str,
    /// In words.
    detail: &'a str,
    /// The SKU of the line at fault, when an order is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku_id: Option<i64>,
}

impl<'a> ProblemBody<'a> {
    pub(super) fn new(code: Code, refusal: &'a Refusal, request_id: &'a str) -> Self {
        let orders = refusal.orders.as_ref();
        Self {
            kind: format!("urn:stampede:problem:{}", code.name()),
            title: code.title(),
            status: code.status(),
            detail: &refusal.detail,
            code: code.name(),
            request_id,
            errors: refusal.fields.iter().map(FieldErrorBody::from).collect(),
            order_ids: orders.map(|orders| orders.iter().map(|order| order.0).collect()),
        }
    }
}

impl<'a> From<&'a FieldError> for FieldErrorBody<'a> {
    fn from(fault: &'a FieldError) -> Self {
        Self {
            field: &fault.field,
            code: fault.code,
            detail: &fault.detail,
            sku_id: fault.sku.map(|sku| sku.0),
        }
    }
}
