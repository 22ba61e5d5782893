//! A problem as it is written: `application/problem+json`.

use serde::Serialize;
use stampede_kernel::{FieldError, Refusal, RefusedCode};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Code;

/// An error response (`application/problem+json`, RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// A URN made of the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:stampede:problem:not_found")]
    kind: String,
    /// Title of the code, in English; the same for every problem of this code.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// Description of this occurrence, in English.
    detail: &'a str,
    /// Stable error code for programs; docs/API.md lists all.
    code: &'a str,
    /// Id of the request, as in the header `X-Request-Id`.
    request_id: &'a str,
    /// Fields or order lines at fault; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldErrorBody<'a>>,
    /// Ids of the caller's orders that hold units of the sale; only with the code
    /// `limit_reached`.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_ids: Option<Vec<Uuid>>,
    /// Codes of promotions that cannot be used, as they were sent; only with the code
    /// `promotion_rejected`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<RefusedCodeBody<'a>>,
}

/// A code of a promotion that cannot be used for the order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedCode)]
pub struct RefusedCodeBody<'a> {
    /// The code, as it was sent.
    code: &'a str,
    /// Stable name of the reason, such as `used_up`; as in the answer of a quote.
    reason: &'a str,
}

/// A field of the request that breaks its rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorBody<'a> {
    /// Name of the field, or its path inside a list, such as `items[2].num`.
    field: &'a str,
    /// Stable error code of the rule, such as `too_long`.
    code: &'a str,
    /// Description of the rule, in English.
    detail: &'a str,
    /// Id of the SKU of the order line at fault; only when an order is refused.
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
            codes: (refusal.codes.iter())
                .map(|RefusedCode { code, reason }| RefusedCodeBody { code, reason })
                .collect(),
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
